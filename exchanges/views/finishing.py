"""An exchange under way and after: actual figures, what is payable, evidence, cancelling, feedback."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.scoped import sides_of
from cxc.core.amounts import in_eur
from cxc.ground.models import StoredFile
from cxc.workflow import NotAllowed, perform
from exchanges.forms import finishing as forms
from exchanges.models import Evidence, Exchange
from exchanges.services.cancelling import cancel_exchange, take_back_yes
from exchanges.services.finishing import hand_in
from exchanges.views.pages import Done, begun_by, form_page, offered, posted, typed
from exchanges.views.sections import outside_yes_of, payout_table
from matching.enums import MatchState

WRITING = ("GET", "POST")
MONEY_FORM = "exchanges/money_form.html"


@signed_in
@require_http_methods(WRITING)
def actual(request: PortalRequest, pk: int) -> HttpResponse:
    """Correct the actual figures: dates, and days not worked with the reason of each."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    offer = offered(exchange, request.actor, "correct_actual")
    initial = forms.ActualForm.initial_of(exchange)
    form = forms.ActualForm(posted(request), initial=initial, exchange=exchange)

    def save(data: dict[str, Any]) -> str:
        facts = {"start": data["start"], "end": data["end"], "days_off": form.days_off()}
        perform(exchange, "correct_actual", by=request.actor, reason=data["reason"], **facts)
        return _("Actual: %(days)s working days.") % {"days": exchange.actual_working_days}

    back = f"{exchange.get_absolute_url()}#actual"
    return form_page(request, form, save, title=_("Correct the actual figures"), back=back, thing=exchange, offer=offer)


@signed_in
@require_http_methods(WRITING)
def payable(request: PortalRequest, pk: int) -> HttpResponse:
    """Accept what is payable: by the rule, or another amount with the reason."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    offer = offered(exchange, request.actor, "accept_payable")
    form = forms.PayableForm(posted(request), exchange=exchange)

    def save(data: dict[str, Any]) -> str:
        perform(exchange, "accept_payable", by=request.actor, amount=data["amount"], why=data["why"])
        return _("Payable: %(amount)s.") % {"amount": in_eur(exchange.payable)}

    context: dict[str, Any] = {
        "thing": exchange,
        "offer": offer,
        "exchange": exchange,
        "payout": payout_table(exchange),
    }
    context |= {"by_rule": exchange.payable_by_rule(), "template": MONEY_FORM}
    context["button"] = _("Accept the amount")
    back = f"{exchange.get_absolute_url()}#payable"
    return form_page(request, form, save, title=_("Payable amount"), back=back, **context)


@signed_in
@require_http_methods(WRITING)
def evidence(request: PortalRequest, pk: int) -> HttpResponse:
    """Hand in a piece of evidence."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    begun_by(Evidence(exchange=exchange), request.actor, "upload")
    form = forms.EvidenceForm(*typed(request), exchange=exchange, actor=request.actor)

    @transaction.atomic
    def save(data: dict[str, Any]) -> str:
        stored = StoredFile.store_upload(data["file"], by=request.user)
        piece = hand_in(exchange, kind=data["kind"], note=data["note"], file=stored, by=request.actor)
        return _("Handed in: %(piece)s.") % {"piece": piece.get_kind_display()}

    back = f"{exchange.get_absolute_url()}#evidence"
    return form_page(request, form, save, title=_("Hand in evidence"), back=back, thing=exchange)


@signed_in
@require_http_methods(WRITING)
def cancel(request: PortalRequest, pk: int) -> HttpResponse:
    """Cancel the exchange, and its match too where that is wanted."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    offer = offered(exchange, request.actor, "cancel", "cancel_ongoing")
    form = forms.CancelForm(posted(request))

    def save(data: dict[str, Any]) -> str:
        too = data["with_match"]
        cancel_exchange(exchange, by=request.actor, reason=data["reason"], match_too=too)
        if too:
            return _("Cancelled, and the match too: the place and the visitor are free.")
        return _("Cancelled. The match stays confirmed.")

    back = f"{exchange.get_absolute_url()}#state"
    return form_page(request, form, save, title=_("Cancel the exchange"), back=back, thing=exchange, offer=offer)


@signed_in
@require_http_methods(WRITING)
def take_back(request: PortalRequest, pk: int) -> HttpResponse:
    """Take back a yes that was given outside for one's own side."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    if not (request.actor.may_write and outside_yes_of(exchange, sides_of(request.actor, exchange))):
        raise NotAllowed(_("No yes was given for you outside the portal."))
    offer = offered(exchange.match, request.actor, "take_back_yes_by_request", "take_back_yes_confirmed")
    form = forms.TakeBackForm(posted(request))

    def save(_data: dict[str, Any]) -> Done:
        match = take_back_yes(exchange.match, by=request.actor)
        if match.state == MatchState.CONFIRMED:
            return Done(_("A Partnership answers your request to cancel."), f"{exchange.get_absolute_url()}#cancel")
        return Done(_("Taken back: the match is cancelled."), match.get_absolute_url())

    back = f"{exchange.get_absolute_url()}#match"
    return form_page(
        request, form, save, title=_("Take back the yes given for us"), back=back, thing=exchange, offer=offer
    )
