"""Building an exchange: its plan and the agreed figures."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.workflow import perform
from exchanges.forms.building import AgreedForm, PlanForm
from exchanges.models import Exchange
from exchanges.views.pages import form_page, offered, posted
from exchanges.views.sections import payout_table

WRITING = ("GET", "POST")


@signed_in
@require_http_methods(WRITING)
def plan(request: PortalRequest, pk: int) -> HttpResponse:
    """Change type and planned dates."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    offer = offered(exchange, request.actor, "edit_planned", "edit_planned_in_preparation")
    form = PlanForm(posted(request), initial=PlanForm.initial_of(exchange))

    def save(data: dict[str, Any]) -> str:
        perform(exchange, offer.transition.name, by=request.actor, **data)
        return _("Planned: %(days)s working days.") % {"days": exchange.planned_working_days}

    back = f"{exchange.get_absolute_url()}#planned"
    return form_page(request, form, save, title=_("Change the plan"), back=back, thing=exchange, offer=offer)


@signed_in
@require_http_methods(WRITING)
def agreed(request: PortalRequest, pk: int) -> HttpResponse:
    """Set sector and agreed figures; ceiling and pay-out rule stand beside the form."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    offer = offered(exchange, request.actor, "set_agreed")
    form = AgreedForm(posted(request), initial=AgreedForm.initial_of(exchange), exchange=exchange)

    def save(data: dict[str, Any]) -> str:
        perform(exchange, "set_agreed", by=request.actor, **data)
        return _("Agreed: %(days)s working days.") % {"days": exchange.agreed_working_days}

    context = {"thing": exchange, "offer": offer, "exchange": exchange, "payout": payout_table(exchange)}
    context["button"] = _("Save the figures")
    back = f"{exchange.get_absolute_url()}#agreed"
    template = "exchanges/money_form.html"
    return form_page(request, form, save, title=_("Agreed figures"), back=back, template=template, **context)
