"""A PDF that is made while somebody waits for it, or a page that says why it is not there; pages of files as pictures.

Rule: docs/documents.md.
"""

import logging
from collections.abc import Callable

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from cxc.core.models import StoredFile
from cxc.documents import pages, pdf
from cxc.web.middleware.headers import PRIVATE

logger = logging.getLogger(__name__)


def pdf_made_now(request: HttpRequest, make: Callable[[], bytes], *, name: str, thing: Model) -> HttpResponseBase:
    """The PDF that `make` renders, never stored; where PDFs are off or this one fails, a page with the reason.

    name   of the file
    thing  what the document is about; the page leads back to it
    """
    try:
        with pdf.interactive_time_limit():
            content = make()
    except (pdf.PdfUnavailableError, pdf.DocumentError) as error:
        return pending_page(request, thing, _why_not(error), status=503)
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def pending_page(request: HttpRequest, thing: Model, why: str, *, status: int) -> HttpResponse:
    """The page shown in place of a document that is not there."""
    return render(request, "document_pending.html", {"thing": thing, "why": why}, status=status)


def _why_not(error: Exception) -> str:
    if isinstance(error, pdf.PdfUnavailableError):
        return pdf.missing_sentence()
    if isinstance(error, pdf.TooSlowError):
        return _("This document took too long to make. Try again in a minute. If it happens again, shorten it.")
    logger.error("A document could not be made: %s", error)
    return _("This document can't be made. The Support Office can help: ask it with “Help”.")


def page_picture(stored: StoredFile, number: int, *, width: int) -> HttpResponse:
    """Page `number` of a PDF, or the picture that the file is, as JPEG. Ask the record's rule before."""
    try:
        with stored.file.open("rb") as file:
            shown = pages.picture(file.read(), content_type=stored.content_type, number=number, width=width)
    except (FileNotFoundError, pages.PagesError) as error:
        raise Http404(str(error)) from error
    return HttpResponse(shown, content_type="image/jpeg", headers={"Cache-Control": PRIVATE})
