"""The Final Activity Report: writing it, and submitting it for the visitor."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.core.models import StoredFile
from cxc.workflow import perform
from exchanges.forms.report import ReportForm, SubmitForForm
from exchanges.models import FinalActivityReport
from exchanges.views.form_page import document_form_page, form_page, post_data_and_files, require_available


@signed_in
@require_http_methods(["GET", "POST"])
def write(request: PortalRequest, pk: int) -> HttpResponse:
    """Write the report; the agenda that it reports on stands beside it."""
    report = _report(request, pk)
    context: dict[str, Any] = {"thing": report.exchange, "agenda": report.exchange.visit.agenda_items.all()}
    context |= {"button": _("Save the report"), "template": "exchanges/report_form.html"}
    return document_form_page(request, report, ReportForm, title=_("Final Activity Report"), **context)


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def submit_for(request: PortalRequest, pk: int) -> HttpResponse:
    """Submit the report for the visitor, with the reason and the document it comes from."""
    report = _report(request, pk)
    require_available(report, request.actor, "submit_for_visitor")
    form = SubmitForForm(*post_data_and_files(request))

    def save(data: dict[str, Any]) -> str:
        stored = StoredFile.store_upload(data["file"], by=request.user)
        perform(report, "submit_for_visitor", by=request.actor, reason=data["reason"], file=stored)
        return _("The report is submitted.")

    title = _("Submit the report for the visitor")
    return form_page(request, form, save, title=title, back=report.get_absolute_url(), thing=report.exchange)


def _report(request: PortalRequest, pk: int) -> FinalActivityReport:
    reports = FinalActivityReport.objects.select_related("exchange__visit__host_profile__organisation")
    return reports.get_for(request.actor, exchange=pk)
