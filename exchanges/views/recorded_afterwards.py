"""Recording afterwards: the Support Office enters, a Partnership hands in for the Support Office to accept."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.scoped import Principal
from cxc.core.sanitise import one_full_stop
from cxc.workflow import perform
from exchanges.forms.recorded_exchange import RecordedExchangeForm, rows_of
from exchanges.models import RecordedSubmission
from exchanges.presenters.actions import actions_of
from exchanges.services.recorded_submissions import hand_in, record_complete_exchange
from exchanges.views.form_page import SaveResult, form_page, post_data, require_available
from exchanges.views.lists import ROWS
from profiles.models import Partnership

WRITERS = frozenset({Principal.SUPPORT_OFFICE, Principal.PARTNERSHIP})


@signed_in
@require_http_methods(["GET", "POST"])
def record(request: PortalRequest) -> HttpResponse:
    """Enter an exchange that took place. A Partnership's waits until the Support Office accepts it."""
    if request.actor.principal not in WRITERS or not request.actor.may_write:
        raise PermissionDenied
    form = RecordedExchangeForm(post_data(request), actor=request.actor)

    def save(_data: dict[str, Any]) -> SaveResult:
        return _hand_in(request, form) if request.actor.principal is Principal.PARTNERSHIP else _record(request, form)

    return form_page(request, form, save, title=_("Record afterwards"), back=reverse("exchanges"))


def _record(request: PortalRequest, form: RecordedExchangeForm) -> SaveResult:
    """Match, visit, exchange and payment: all or nothing."""
    vop, source = form.cleaned_data["partnership"], form.cleaned_data["source"]
    made = record_complete_exchange(form.recorded_exchange(), vop, by=request.actor, source=source)
    return SaveResult(one_full_stop(_("Recorded: %(exchange)s.") % {"exchange": made}), made.get_absolute_url())


def _hand_in(request: PortalRequest, form: RecordedExchangeForm) -> SaveResult:
    vop = Partnership.objects.get_for(request.actor, pk=request.actor.principal_id)
    submission = hand_in(vop, form.recorded_exchange(), source=form.cleaned_data["source"], by=request.actor)
    return SaveResult(_("Handed in: the Support Office looks at it."), submission.get_absolute_url())


@signed_in
@require_GET
def submissions(request: PortalRequest) -> HttpResponse:
    """What was handed in, and what became of it."""
    mine = RecordedSubmission.objects.visible_to(request.actor).select_related("partnership", "exchange")
    page = Paginator(mine, ROWS).get_page(request.GET.get("page"))
    return render(request, "exchanges/recorded_submissions.html", {"page": page})


@signed_in
@require_GET
def submission(request: PortalRequest, pk: int) -> HttpResponse:
    """One entry: what it says, and what can be done with it."""
    found = RecordedSubmission.objects.select_related("partnership").get_for(request.actor, pk=pk)
    context = {"submission": found, "rows": rows_of(found, request.actor), "actions": actions_of(found, request.actor)}
    return render(request, "exchanges/recorded_submission.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def again(request: PortalRequest, pk: int) -> HttpResponse:
    """Mend a returned entry and hand it in again."""
    found = RecordedSubmission.objects.select_related("partnership").get_for(request.actor, pk=pk)
    require_available(found, request.actor, "submit_again")
    form = RecordedExchangeForm(post_data(request), actor=request.actor, initial=RecordedExchangeForm.initial_of(found))

    def save(data: dict[str, Any]) -> str:
        payload = form.recorded_exchange().to_payload()
        perform(found, "submit_again", by=request.actor, payload=payload, source=data["source"])
        return _("Handed in: the Support Office looks at it.")

    context: dict[str, Any] = {"thing": found, "comments": found.comments}
    return form_page(request, form, save, title=_("Hand in again"), back=found.get_absolute_url(), **context)
