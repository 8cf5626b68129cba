"""The audit trail of a version of a document, for those who may read the document: page, PDF, JSON."""

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.web.middleware.headers import PRIVATE
from cxc.web.pdf_pages import pdf_made_now
from exchanges.presenters.audit_trail import audit_trail, audit_trail_json, audit_trail_pdf
from exchanges.queries.documents import version_open_to


@signed_in
@require_GET
def page(request: PortalRequest, pk: int) -> HttpResponse:
    """As a table."""
    version = version_open_to(request.actor, pk)
    context = {"version": version, "exchange": version.exchange, "entries": audit_trail(version)}
    return render(request, "exchanges/audit_trail.html", context)


@signed_in
@rate_limited("render")
@require_GET
def as_pdf(request: PortalRequest, pk: int) -> HttpResponseBase:
    """As a document, made on demand."""
    version = version_open_to(request.actor, pk)
    name = f"{version.reference}-v{version.number}-audit-trail.pdf"
    return pdf_made_now(request, lambda: audit_trail_pdf(version), name=name, thing=version.exchange)


@signed_in
@require_GET
def as_json(request: PortalRequest, pk: int) -> HttpResponse:
    """For programs."""
    answer = JsonResponse(audit_trail_json(version_open_to(request.actor, pk)))
    answer["Cache-Control"] = PRIVATE
    return answer
