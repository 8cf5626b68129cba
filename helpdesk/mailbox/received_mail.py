"""A mail as the mail server hands it over (RFC 5322), reduced to what a question needs."""

import hashlib
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses

from cxc.core.email_addresses import clean_address
from cxc.core.sanitise import storable
from helpdesk.mailbox.automatic import is_automatic
from helpdesk.mailbox.html_text import text_of_html

_RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
# Parts that mail programs add by themselves: seals, keys.
_SIGNATURE_TYPES = frozenset(
    {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "application/pgp-keys",
    }
)
# Bytes of a picture within the text up to which it is a logo of a signature.
_MAX_LOGO_BYTES = 100_000
# Characters of a mail that are read, of which a fraction is stored: the patterns take long over more.
_MAX_CHARACTERS = 200_000


@dataclass(frozen=True)
class ReceivedMail:
    """One mail. `text` is all of it, quotations too; `attachments` are counted, not read."""

    message_id: str
    sender: str
    recipients: tuple[str, ...]
    text: str
    attachments: int
    is_automatic: bool


def parse(raw: bytes) -> ReceivedMail:
    """Read a mail; a damaged one is read as far as it can be."""
    mail = message_from_bytes(raw, policy=policy.default)
    senders = _addresses(mail, "From")
    return ReceivedMail(
        message_id=_message_id(mail, raw),
        sender=senders[0] if len(senders) == 1 else "",
        recipients=tuple(address for name in _RECIPIENTS for address in _addresses(mail, name)),
        text=_text(mail),
        attachments=sum(_is_file(part) for part in mail.walk()) if mail.is_multipart() else 0,
        is_automatic=is_automatic(
            lambda name: _header(mail, name), content_type=mail.get_content_type(), sender="".join(senders[:1])
        ),
    )


def _addresses(mail: EmailMessage, name: str) -> list[str]:
    found = getaddresses(_headers(mail, name))
    return [clean_address(address) for _name, address in found if "@" in address]


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


def _is_file(part: Message) -> bool:
    """Whether somebody attached this part: no text of the mail, no seal, no logo within the text."""
    kind = part.get_content_type()
    if part.is_multipart() or kind in _SIGNATURE_TYPES or str(part.get_filename() or "").lower() == "smime.p7s":
        return False
    is_within = bool(part.get("Content-ID")) and part.get_content_disposition() != "attachment"
    if is_within and part.get_content_maintype() == "image":
        return len(str(part.get_payload())) > _MAX_LOGO_BYTES
    return part.get_content_maintype() != "text" or part.get_content_disposition() == "attachment"


def _text(mail: EmailMessage) -> str:
    """The mail's plain text, where it has one, else that of its HTML; all pieces that stand between pictures."""
    text = "\n".join(_pieces(mail, "plain"))
    if not text.strip():
        text = "\n".join(text_of_html(piece[:_MAX_CHARACTERS]) for piece in _pieces(mail, "html"))
    return storable(text)[:_MAX_CHARACTERS]


def _pieces(mail: EmailMessage, kind: str) -> list[str]:
    parts = (part for part in mail.walk() if part.get_content_type() == f"text/{kind}")
    return [_content(part) for part in parts if part.get_content_disposition() != "attachment"]


def _content(part: Message) -> str:
    try:
        return str(part.get_content())  # type: ignore[attr-defined]
    except (LookupError, UnicodeError, ValueError):  # a character set that nobody knows
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
