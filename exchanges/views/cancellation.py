"""Cancelling an exchange, and taking back a yes that was given outside the portal."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import sides_of
from cxc.workflow import NotAllowed
from exchanges.forms.cancellation import CancelForm, TakeBackForm
from exchanges.models import Exchange
from exchanges.presenters.exchange_page import yes_given_outside
from exchanges.services.cancellation import cancel_exchange, take_back_yes
from exchanges.views.form_page import SaveResult, form_page, post_data, require_available
from matching.enums import MatchState


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def cancel(request: PortalRequest, pk: int) -> HttpResponse:
    """Cancel the exchange, and its match too where that is wanted."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    available = require_available(exchange, request.actor, "cancel", "cancel_ongoing")
    form = CancelForm(post_data(request))

    def save(data: dict[str, Any]) -> str:
        too = data["with_match"]
        cancel_exchange(exchange, by=request.actor, reason=data["reason"], match_too=too)
        if too:
            return _("Cancelled, and the match too: the place and the visitor are free.")
        return _("Cancelled. The match stays confirmed.")

    back = f"{exchange.get_absolute_url()}#state"
    return form_page(
        request, form, save, title=_("Cancel the exchange"), back=back, thing=exchange, available=available
    )


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def take_back(request: PortalRequest, pk: int) -> HttpResponse:
    """Take back a yes that was given outside for one's own side."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    if not (request.actor.may_write and yes_given_outside(exchange, sides_of(request.actor, exchange))):
        raise NotAllowed(_("No yes was given for you outside the portal."))
    available = require_available(exchange.match, request.actor, "take_back_yes_by_request", "take_back_yes_confirmed")
    form = TakeBackForm(post_data(request))

    def save(_data: dict[str, Any]) -> SaveResult:
        match = take_back_yes(exchange.match, by=request.actor)
        if match.state == MatchState.CONFIRMED:
            return SaveResult(
                _("A Partnership answers your request to cancel."), f"{exchange.get_absolute_url()}#cancel"
            )
        return SaveResult(_("Taken back: the match is cancelled."), match.get_absolute_url())

    back = f"{exchange.get_absolute_url()}#match"
    return form_page(
        request, form, save, title=_("Take back the yes given for us"), back=back, thing=exchange, available=available
    )
