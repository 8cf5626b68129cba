"""Addresses to answer to: help+12-signature@…, each good for one person and one question."""

import base64
import hmac
import re

from django.conf import settings
from django.utils.crypto import salted_hmac

from cxc.core.email_addresses import clean_address

_SALT = "helpdesk.mailbox"
_TAG = re.compile(r"(?P<pk>\d{1,18})-(?P<signature>[a-z2-7]{24})", re.ASCII)


def reply_address(request_id: int, email: str) -> str:
    """Where this person answers to this question; '' where no mailbox is set up."""
    local, _at, domain = settings.HELP_MAILBOX.partition("@")
    if not domain:
        return ""
    return f"{local}+{request_id}-{signature(request_id, email)}@{domain}"


def read_address(address: str) -> tuple[int, str] | None:
    """Question and signature of an address of ours; None for any other."""
    local, _at, domain = clean_address(settings.HELP_MAILBOX).partition("@")
    name, _at, host = clean_address(address).rpartition("@")
    if not domain or host != domain or not name.startswith(f"{local}+"):
        return None
    found = _TAG.fullmatch(name.removeprefix(f"{local}+"))
    return (int(found["pk"]), found["signature"]) if found else None


def signature(request_id: int, email: str) -> str:
    """120 bits over question and person, in letters that survive any mail server."""
    digest = salted_hmac(_SALT, f"{request_id}/{clean_address(email)}", algorithm="sha256").digest()
    return base64.b32encode(digest[:15]).decode().lower()


def is_signed_for(request_id: int, given: str, email: str) -> bool:
    """Whether the signature is that of this person on this question."""
    return hmac.compare_digest(given, signature(request_id, email))
