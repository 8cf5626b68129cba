"""From template and plain values to the bytes of a PDF."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from cxc.ground.pdf import engine
from cxc.ground.pdf.plain import plain

Mark = Literal["", "draft", "cancelled"]
"""Printed across every page: nothing, DRAFT or CANCELLED."""

_DOCUMENT_LANGUAGE = "en"


class DocumentError(RuntimeError):
    """A document could not be made: it asks for something it may not load."""


def sha256(content: bytes) -> str:
    """The hexadecimal SHA-256 that a signature names."""
    return hashlib.sha256(content).hexdigest()


def render(template_name: str, context: Mapping[str, object]) -> bytes:
    """The document as PDF/UA-1: tagged, English, titled, fonts embedded. About 0.5 s: call it in a task.

    `context` holds plain values only (TypeError otherwise), so that the same values give the same
    bytes: there is no clock in it, its date comes from the context, its identifier from its text.
    `PdfUnavailableError` without Pango, `DocumentError` when it asks for a foreign file.
    """
    engine.require()
    plain(context)
    return _pdf(_html(template_name, context))


def _html(template_name: str, context: Mapping[str, object]) -> str:
    with translation.override(_DOCUMENT_LANGUAGE):
        return render_to_string(template_name, dict(context))


def _stylesheet() -> Path:
    return Path(settings.BASE_DIR) / "templates" / "documents" / "document.css"


def _pdf(html: str) -> bytes:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError

    from cxc.ground.pdf.fetcher import OwnFilesOnly

    fetcher, fonts = OwnFilesOnly(), FontConfiguration()
    try:
        styles = CSS(string=_stylesheet().read_text(encoding="utf-8"), font_config=fonts, url_fetcher=fetcher)
        content = HTML(string=html, base_url="project:", url_fetcher=fetcher).write_pdf(
            stylesheets=[styles],
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            # From the text, so that the same text has the same identifier.
            pdf_identifier=hashlib.sha256(html.encode()).hexdigest()[:32],
        )
    except FatalURLFetchingError as error:
        raise DocumentError(str(error)) from error
    return bytes(content)
