"""From template and plain values to the bytes of a PDF."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.template.loader import render_to_string

from cxc.core import languages
from cxc.core.printable import made_printable
from cxc.documents.pdf import engine
from cxc.documents.pdf.plain import plain
from cxc.documents.pdf.process import maker

Mark = Literal["", "draft", "cancelled"]
"""Printed across every page: nothing, DRAFT or CANCELLED."""

# As document.css writes it.
_NAME_IN_HEAD = '"ClusterXchange · "'


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file within a document, byte for byte; `description` in English, `dated` the day it was made."""

    name: str
    description: str
    content: bytes
    dated: date


def sha256(content: bytes) -> str:
    """The hexadecimal SHA-256 that a signature names."""
    return hashlib.sha256(content).hexdigest()


def render(template_name: str, context: Mapping[str, object], *, attachments: Sequence[Attachment] = ()) -> bytes:
    """The document as PDF/UA-1: tagged, English, titled, fonts embedded. About 0.5 s: call it in a task.

    `context` holds plain values only (TypeError otherwise), so that the same values give the same
    bytes: there is no clock in it, its date comes from the context, its identifier from its text.
    It is made in a process of its own (`cxc.documents.pdf.process`). `PdfUnavailableError` without Pango,
    `TooSlowError` when it takes too long, `DocumentError` when it asks for a foreign file.
    """
    engine.require()
    plain(context)
    return _pdf(_html(template_name, context), attachments)


def _html(template_name: str, context: Mapping[str, object]) -> str:
    with languages.english():
        return made_printable(render_to_string(template_name, dict(context)))


def _css() -> str:
    """The style sheet, with the scheme's name in the running head."""
    return _stylesheet().read_text(encoding="utf-8").replace(_NAME_IN_HEAD, f'"{_quoted(settings.SCHEME_NAME)} · "')


def _quoted(text: str) -> str:
    """The text as it may stand between the quotation marks of a style sheet."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _stylesheet() -> Path:
    return Path(settings.BASE_DIR) / "templates" / "documents" / "document.css"


def _pdf(html: str, attachments: Sequence[Attachment] = ()) -> bytes:
    # The identifier comes from the text, so that the same text has the same one.
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32]
    return maker().make(
        html=html, css=_css(), identifier=identifier, attachments=[_as_json(one) for one in attachments]
    )


def _as_json(attachment: Attachment) -> dict[str, str]:
    return {
        "name": attachment.name,
        "description": attachment.description,
        "content": base64.b64encode(attachment.content).decode(),
        "dated": attachment.dated.isoformat(),
    }
