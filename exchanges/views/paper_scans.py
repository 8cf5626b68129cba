"""Signatures on paper for a whole visit: a scan is uploaded, its pages are told apart, each document is recorded."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Actor, sides_of
from cxc.web.pdf_pages import page_picture
from cxc.web.uploads import send_file
from cxc.workflow import NotAllowed
from exchanges.enums import Party
from exchanges.forms.paper_scans import PaperScanForm, ScannedPagesForm
from exchanges.models import PaperScan, Visit
from exchanges.queries.visits import VISITING_PROFILES
from exchanges.services.documents_to_sign import (
    DocumentToSign,
    documents_not_validated,
    documents_to_sign,
    may_sign_on_paper,
)
from exchanges.services.paper_scans import record_signatures, upload_scan
from exchanges.views.form_page import SaveResult, form_page, post_data, post_data_and_files

WRITING = ("GET", "POST")
PAGE_WIDTH = 500


@signed_in
@require_http_methods(WRITING)
def sign(request: PortalRequest, pk: int) -> HttpResponse:
    """Upload a scan of documents of the visit that were signed on paper."""
    visit = _visit(request, pk)
    documents = documents_to_sign(visit, request.actor)
    parties = _parties(documents)
    own = {party for party in Party if party.value in sides_of(request.actor, visit)}
    form = PaperScanForm(*post_data_and_files(request), parties=parties, own=own)

    def save(data: dict[str, Any]) -> SaveResult:
        scan = upload_scan(visit, data["scan"], parties=data["parties"], by=request.actor)
        return SaveResult(next_url=scan.get_absolute_url())

    context: dict[str, Any] = {"thing": visit, "documents": documents, "template": "exchanges/sign_visit.html"}
    context |= {"not_validated": documents_not_validated(visit, request.actor), "button": _("Upload the scan")}
    context |= {"scans": _scans(visit, request.actor)}
    return form_page(request, form, save, title=_("Sign on paper"), back=_back(visit), **context)


def _visit(request: PortalRequest, pk: int) -> Visit:
    """The visit, for those who may hand in a signature on it."""
    visits = Visit.objects.select_related("lead", "host_profile__organisation__country", "host_profile__partnership")
    visit: Visit = visits.prefetch_related(VISITING_PROFILES).get_for(request.actor, pk=pk)
    if not may_sign_on_paper(visit, request.actor):
        raise NotAllowed(_("Only the parties, their Partnerships and the Support Office hand in signatures."))
    return visit


def _parties(documents: list[DocumentToSign]) -> list[Party]:
    lacking = {party for document in documents for body in document.bodies for party in body.parties}
    return [party for party in Party if party in lacking]


def _scans(visit: Visit, actor: Actor) -> list[PaperScan]:
    seen = PaperScan.objects.visible_to(actor).filter(visit=visit)
    return list(seen.select_related("file", "uploaded_by").prefetch_related("documents"))


def _back(visit: Visit) -> str:
    return f"{visit.get_absolute_url()}#exchanges"


def _scan(request: PortalRequest, pk: int) -> PaperScan:
    """The scan, while its visit is the reader's to see too."""
    scan: PaperScan = PaperScan.objects.select_related("file").get_for(request.actor, pk=pk)
    scan.visit = _visit(request, scan.visit_id)
    return scan


@signed_in
@rate_limited("mail")
@require_http_methods(WRITING)
def scan(request: PortalRequest, pk: int) -> HttpResponse:
    """Tell the pages apart and say who signed; each document is recorded by itself."""
    found = _scan(request, pk)
    documents = _documents(request, found)
    result = reverse("paper_scan_result", args=[pk])
    if not documents:
        return redirect(result)
    form = ScannedPagesForm(post_data(request), scan=found, documents=documents)

    def save(_data: dict[str, Any]) -> SaveResult:
        record_signatures(found, form.pages_of(), form.signed_by(), by=request.actor)
        return SaveResult(next_url=result)

    context: dict[str, Any] = {"scan": found, "thing": found.visit, "button": _("Record these signatures")}
    context["template"] = "exchanges/paper_scan.html"
    back = reverse("visit_sign", args=[found.visit_id])
    return form_page(request, form, save, title=_("Pages of the scan"), back=back, **context)


def _documents(request: PortalRequest, scan: PaperScan) -> list[DocumentToSign]:
    """Those that lack signatures; of a form that was sent, all that it held: what is signed since is refused."""
    if request.method == "GET":
        return documents_to_sign(scan.visit, request.actor, scan.parties)
    every = documents_to_sign(scan.visit, request.actor, scan.parties, signed_too=True)
    return [document for document in every if f"pages-{document.key}" in request.POST]


@signed_in
@require_GET
def result(request: PortalRequest, pk: int) -> HttpResponse:
    """What was recorded of each document, and what was not."""
    found = _scan(request, pk)
    rows = found.documents.select_related("version__exchange", "file").defer("version__content")
    left = documents_to_sign(found.visit, request.actor, found.parties)
    context = {"scan": found, "visit": found.visit, "rows": list(rows), "left": left}
    return render(request, "exchanges/paper_scan_result.html", context)


@signed_in
@require_GET
def file(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The whole scan."""
    return send_file(_scan(request, pk).file)


@signed_in
@rate_limited("picture")
@require_GET
def page(request: PortalRequest, pk: int, number: int) -> HttpResponse:
    """One page of the scan as a picture."""
    found = _scan(request, pk)
    if number not in found.page_numbers:
        raise Http404
    return page_picture(found.file, number, width=PAGE_WIDTH)
