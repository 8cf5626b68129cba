"""The Final Activity Report: writing it, and submitting it for the visitor."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.ground.models import StoredFile
from cxc.ground.moves import perform
from cxc.ground.views import PortalRequest, signed_in
from exchanges.forms.finishing import ReportForm, SubmitForForm
from exchanges.models import FinalActivityReport
from exchanges.views.pages import form_page, offered, posted, typed, version_read


@signed_in
@require_http_methods(["GET", "POST"])
def write(request: PortalRequest, pk: int) -> HttpResponse:
    """Write the report; the agenda that it reports on stands beside it."""
    report = _report(request, pk)
    offer = offered(report, request.actor, "edit")
    form = ReportForm(posted(request), instance=report)

    def save(fields: dict[str, Any]) -> None:
        perform(report, "edit", by=request.actor, version_read=version_read(request.POST), fields=fields)

    context: dict[str, Any] = {
        "thing": report.exchange,
        "offer": offer,
        "version": report.row_version,
        "comments": report.comments,
    }
    context |= {"agenda": report.exchange.visit.agenda_items.all(), "template": "exchanges/report_form.html"}
    context["button"] = _("Save the report")
    return form_page(request, form, save, title=_("Final Activity Report"), back=report.get_absolute_url(), **context)


@signed_in
@require_http_methods(["GET", "POST"])
def submit_for(request: PortalRequest, pk: int) -> HttpResponse:
    """Submit the report for the visitor, with the reason and the paper it comes from."""
    report = _report(request, pk)
    offered(report, request.actor, "submit_for_visitor")
    form = SubmitForForm(*typed(request))

    def save(data: dict[str, Any]) -> str:
        stored = StoredFile.keep_upload(data["file"], by=request.user)
        perform(report, "submit_for_visitor", by=request.actor, reason=data["reason"], file=stored)
        return _("The report is submitted.")

    title = _("Submit the report for the visitor")
    return form_page(request, form, save, title=title, back=report.get_absolute_url(), thing=report.exchange)


def _report(request: PortalRequest, pk: int) -> FinalActivityReport:
    reports = FinalActivityReport.objects.select_related("exchange__visit__host_profile__organisation")
    return reports.get_for(request.actor, exchange=pk)
