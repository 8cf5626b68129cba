"""Documents for reading: stored PDFs, drafts with their mark, scans, evidence. Each follows its record's rule."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.web.pdf_pages import page_picture, pdf_made_now, pending_page
from cxc.web.uploads import send_file
from exchanges.documents import printed, render_document
from exchanges.documents.kinds import declared, document_of
from exchanges.enums import ReadingKind
from exchanges.models import DocumentVersion, Evidence, Exchange, Signature
from exchanges.presenters.seals import sealed_after_text
from exchanges.queries.documents import evidence_seen_by, signed_file_open_to, version_open_to
from exchanges.services import document_pdfs, document_seals
from exchanges.services.document_openings import evidence_was_opened
from exchanges.services.document_readings import version_was_read

PAGE_WIDTH = 1100


@signed_in
@require_GET
def stored(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The stored PDF of one version of a document, or a page that says that it is being made."""
    version = version_open_to(request.actor, pk)
    if version.pdf is not None:
        version_was_read(version, ReadingKind.DOWNLOADED, request.actor)
        return send_file(version.pdf)
    return pending_page(request, version.exchange, document_pdfs.progress([version]).why, status=202)


@signed_in
@require_GET
def sealed(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The sealed file of a version that all have signed, or a page that says that it is being made."""
    version = version_open_to(request.actor, pk)
    if version.sealed_file is None and not version.waits_for_seal:
        raise Http404
    if version.sealed_file is not None:
        version_was_read(version, ReadingKind.DOWNLOADED_SEALED, request.actor)
        return send_file(version.sealed_file)
    return pending_page(request, version.exchange, _why_not_sealed(version), status=202)


def _why_not_sealed(version: DocumentVersion) -> str:
    if until := version.sealed_after:
        return sealed_after_text(until, version.exchange.visit.time_zone)
    return document_seals.obstacle() or _("All have signed. The sealed document is being made.")


@signed_in
@rate_limited("render")
@require_GET
def reading_copy(request: PortalRequest, pk: int) -> HttpResponseBase:
    """One version with its signatures filled in, marked as the exchange stands; never stored."""
    version = version_open_to(request.actor, pk)
    version_was_read(version, ReadingKind.OPENED, request.actor)
    copy, name = lambda: document_pdfs.reading_copy(version), version.file_name
    return pdf_made_now(request, copy, name=name, thing=version.exchange)


@signed_in
@rate_limited("render")
@require_GET
def draft(request: PortalRequest, kind: str, pk: int) -> HttpResponseBase:
    """A document of an exchange as it is written now, DRAFT on every page; where a version is in force, that one."""
    document = declared().get(kind)
    if document is None:
        raise Http404
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, document.permission, pk=pk)
    version = document.version_in_force(exchange)
    if version is not None:
        return redirect("document_reading", version.pk)
    content = printed.draft(kind, exchange)
    if content is None:
        raise Http404
    name = f"{document.prefix}-{exchange.reference}-draft.pdf"
    return pdf_made_now(request, lambda: render_document(content), name=name, thing=exchange)


@signed_in
@require_GET
def signed_file(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The scan, or the file signed elsewhere, for those who may see all that it holds signatures for."""
    signatures = Signature.objects.select_related("file", "version").defer("version__content")
    signature = get_object_or_404(signatures, pk=pk)
    version = signature.version
    Exchange.objects.get_for(request.actor, document_of(version.kind).permission, pk=version.exchange_id)
    if signature.file is None:
        raise Http404
    if not signed_file_open_to(request.actor, signature):
        raise PermissionDenied
    return send_file(signature.file)


@signed_in
@require_GET
def evidence(request: PortalRequest, pk: int) -> HttpResponseBase:
    """A piece of evidence; a host opens the letters it handed in."""
    found = _evidence(request, pk)
    evidence_was_opened(found, request.actor)
    return send_file(found.file)


@signed_in
@rate_limited("picture")
@require_GET
def evidence_page(request: PortalRequest, pk: int, number: int) -> HttpResponse:
    """One page of a piece of evidence as a picture."""
    found = _evidence(request, pk)
    shown = page_picture(found.file, number, width=PAGE_WIDTH)
    evidence_was_opened(found, request.actor)
    return shown


def _evidence(request: PortalRequest, pk: int) -> Evidence:
    piece = get_object_or_404(Evidence.objects.select_related("exchange"), pk=pk)
    exchange = Exchange.objects.get_for(request.actor, pk=piece.exchange_id)
    found = evidence_seen_by(request.actor, exchange).filter(pk=pk).first()
    if found is None:
        raise PermissionDenied
    return found


@signed_in
@require_GET
def report_source_file(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The document or mail behind a report that was submitted for the visitor."""
    exchange = Exchange.objects.get_for(request.actor, "far", pk=pk)
    found = exchange.report_or_none
    if found is None or found.handed_in_file is None:
        raise Http404
    return send_file(found.handed_in_file)
