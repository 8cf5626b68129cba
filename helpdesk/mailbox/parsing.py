"""A mail as the mail server hands it over (RFC 5322), reduced to what a question needs."""

import hashlib
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses
from html import unescape

from cxc.ground.texts import storable
from helpdesk.mailbox.quotes import without_quotes

_RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_BREAKS = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6])\b[^>]*>", re.IGNORECASE)
_QUOTES = re.compile(r"<blockquote\b.*", re.IGNORECASE | re.DOTALL)
_UNSEEN = re.compile(r"<(script|style|head|title)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
# Characters of a mail that are looked at, of which a fraction is kept: patterns take long over more.
_MOST_READ = 200_000


@dataclass(frozen=True)
class Received:
    """One mail. `text` is what is new in it; `attachments` are counted, not read."""

    message_id: str
    sender: str
    recipients: tuple[str, ...]
    text: str
    attachments: int
    is_automatic: bool


def parse(raw: bytes) -> Received:
    """Read a mail; a damaged one is read as far as it can be."""
    mail = message_from_bytes(raw, policy=policy.default)
    senders = _addresses(mail, "From")
    return Received(
        message_id=_message_id(mail, raw),
        sender=senders[0] if len(senders) == 1 else "",
        recipients=tuple(address for name in _RECIPIENTS for address in _addresses(mail, name)),
        text=without_quotes(_text(mail)),
        attachments=sum(1 for _part in mail.iter_attachments()) if mail.is_multipart() else 0,
        is_automatic=_is_automatic(mail),
    )


def _addresses(mail: EmailMessage, name: str) -> list[str]:
    found = getaddresses(_headers(mail, name))
    return [address.strip().lower() for _name, address in found if "@" in address]


def _headers(mail: EmailMessage, name: str) -> list[str]:
    """The values of a header; none of one over which Python's reader stumbles."""
    try:
        return [storable(str(value)) for value in mail.get_all(name, [])]
    except Exception:  # Python's reader of headers stumbles in several ways
        return []


def _header(mail: EmailMessage, name: str) -> str:
    return next(iter(_headers(mail, name)), "").strip()


def _message_id(mail: EmailMessage, raw: bytes) -> str:
    """The Message-ID; for a mail without one, or with a very long one, a name made of its content."""
    given = _header(mail, "Message-ID")
    if given and len(given) <= 250:
        return given
    return f"sha256:{hashlib.sha256(given.encode() or raw).hexdigest()}"


def _is_automatic(mail: EmailMessage) -> bool:
    """Out-of-office answers, bounces, lists: nobody wrote them. RFC 3834."""
    submitted = _header(mail, "Auto-Submitted").lower() or "no"
    precedence = _header(mail, "Precedence").lower()
    bounced = _header(mail, "Return-Path") == "<>" or mail.get_content_type() == "multipart/report"
    replied = any(_header(mail, name) for name in ("X-Autoreply", "X-Autorespond", "List-Id"))
    return not submitted.startswith("no") or precedence in {"bulk", "junk", "list", "auto_reply"} or bounced or replied


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    content = storable(_content(part))[:_MOST_READ]
    return _from_html(content) if part.get_content_type() == "text/html" else content


def _content(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError, ValueError):  # a character set that nobody knows
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _from_html(html: str) -> str:
    """Words of an HTML mail; it is shown as plain text, so nothing else needs to be taken out."""
    html = _QUOTES.sub("", _UNSEEN.sub("", html))
    return unescape(_TAGS.sub("", _BREAKS.sub("\n", re.sub(r"\s*\n\s*", " ", html))))
