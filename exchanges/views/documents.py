"""Documents for reading: stored PDFs, drafts with their mark, scans, evidence. Each follows its record's rule."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from cxc.access.guards import PortalRequest, signed_in
from cxc.web.pdf_pages import page_picture, pdf_made_now, pending_page
from cxc.web.uploads import send_file
from exchanges.models import CtqVersion, Evidence, Exchange, FaVersion, Signature
from exchanges.queries.documents import evidence_seen_by, exchange_signed, scan_open_to
from exchanges.services import document_pdfs
from exchanges.services.document_openings import evidence_was_opened

PAGE_WIDTH = 1100


@signed_in
@require_GET
def ctq(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The PDF of one version of a CTQ."""
    version = get_object_or_404(CtqVersion.objects.select_related("pdf"), pk=pk)
    exchange = Exchange.objects.get_for(request.actor, "ctq", pk=version.exchange_id)
    return _stored(request, version, exchange)


@signed_in
@require_GET
def agreement(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The PDF of one version of a Financial Agreement."""
    version = get_object_or_404(FaVersion.objects.select_related("pdf", "agreement"), pk=pk)
    exchange = Exchange.objects.get_for(request.actor, "fa", pk=version.agreement.exchange_id)
    return _stored(request, version, exchange)


@signed_in
@require_GET
def ctq_reading(request: PortalRequest, pk: int) -> HttpResponseBase:
    """One version of a CTQ with its signatures filled in, marked as the exchange stands."""
    version = get_object_or_404(CtqVersion, pk=pk)
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, "ctq", pk=version.exchange_id)
    return _made_now(request, exchange, lambda: document_pdfs.reading_copy(version), f"CTQ-v{version.number}")


@signed_in
@require_GET
def agreement_reading(request: PortalRequest, pk: int) -> HttpResponseBase:
    """One version of a Financial Agreement with its signatures filled in, marked as the exchange stands."""
    version = get_object_or_404(FaVersion.objects.select_related("agreement"), pk=pk)
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, "fa", pk=version.agreement.exchange_id)
    return _made_now(request, exchange, lambda: document_pdfs.reading_copy(version), f"FA-v{version.number}")


@signed_in
@require_GET
def report(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The PDF of the accepted Final Activity Report; before that, and marked where it is cancelled, a preview."""
    exchange = Exchange.objects.get_for(request.actor, "far", pk=pk)
    found = exchange.report_or_none
    if found is None:
        raise Http404
    if found.state == "accepted" and (exchange.state != "cancelled" or "original" in request.GET):
        return _stored(request, found, exchange)
    return _made_now(request, exchange, lambda: document_pdfs.draft_report(found), "FAR-draft")


@signed_in
@require_GET
def ctq_draft(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The CTQ as it is written now, DRAFT on every page; where it stands, the version that does."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, "ctq", pk=pk)
    own = exchange.own_part_or_none
    if own is not None and not document_pdfs.is_being_written(own) and own.current_version is not None:
        return redirect("ctq_reading", own.current_version.pk)
    return _made_now(request, exchange, lambda: document_pdfs.draft_ctq(exchange), "CTQ-draft")


@signed_in
@require_GET
def agreement_draft(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The Financial Agreement as it is written now, DRAFT on every page; where it stands, the version that does."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, "fa", pk=pk)
    found = exchange.agreement_or_none
    if found is None:
        raise Http404
    if not document_pdfs.is_being_written(found) and found.current_version is not None:
        return redirect("agreement_reading", found.current_version.pk)
    return _made_now(request, exchange, lambda: document_pdfs.draft_agreement(found), "FA-draft")


@signed_in
@require_GET
def scan(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The scan of a signed document, for those who may see all that it holds signatures for."""
    signature = get_object_or_404(Signature.objects.select_related("scan"), pk=pk)
    act = "fa" if signature.fa_version_id else "ctq"
    Exchange.objects.get_for(request.actor, act, pk=exchange_signed(signature).pk)
    if not scan_open_to(request.actor, signature):
        raise PermissionDenied
    return send_file(signature.scan)


@signed_in
@require_GET
def evidence(request: PortalRequest, pk: int) -> HttpResponseBase:
    """A piece of evidence; a host opens the letters it handed in."""
    found = _evidence(request, pk)
    evidence_was_opened(found, request.actor)
    return send_file(found.file)


@signed_in
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


def _stored(request: PortalRequest, document: document_pdfs.StoredDocument, exchange: Exchange) -> HttpResponseBase:
    """The stored file, or a page that says that it is being made."""
    if document.pdf is not None:
        return send_file(document.pdf)
    return pending_page(request, exchange, document_pdfs.progress([document]).why, status=202)


def _made_now(request: PortalRequest, exchange: Exchange, make: Callable[[], bytes], kind: str) -> HttpResponseBase:
    """A preview, never stored."""
    prefix, _dash, which = kind.partition("-")
    return pdf_made_now(request, make, name=f"{prefix}-{exchange.reference}-{which}.pdf", thing=exchange)
