"""Addresses with a secret in them, which open something to whoever knows it: their secrets stay out of the logs.

Rule: docs/security.md, Logs.
"""

import logging
import re

MASK = "…"
# What stands before a secret: invitations, calendars, mails that somebody stops, questions, confirmed addresses and new
# passwords.
_SECRET = re.compile(
    r"(/(?:invitations|calendar|me/weekly-mail/stop|catalogue/searches/stop|help/mine|account/confirm-email"
    r"|account/password/reset/key)/)([\w:%-]{6,})"
)


def masked(text: str) -> str:
    """The text with a sign in place of each secret."""
    return _SECRET.sub(rf"\1{MASK}", text)


class SecretsFilter(logging.Filter):
    """Masks the secrets of addresses in a line of the log, which Django writes for each answer that went wrong."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = masked(str(record.msg))
        if isinstance(record.args, tuple):
            record.args = tuple(masked(value) if isinstance(value, str) else value for value in record.args)
        return True
