"""Mails into a folder, a file for each: what a desk has in place of a mail server."""

from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends import filebased


class EmailBackend(filebased.EmailBackend):
    """Django's own writes all mails of one connection into one file."""

    def open(self) -> bool:
        """There is nothing to connect to."""
        return False

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            Path(self._get_filename()).write_bytes(message.message().as_bytes() + b"\n")
        return len(email_messages)

    def _get_filename(self) -> str:
        self._fname = None
        named: str = super()._get_filename()  # type: ignore[misc]
        return named.removesuffix(".log") + f"-{uuid4().hex[:8]}.log"
