"""The figures of an exchange: plan, agreed and actual stay, and the payable amount."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.core.amounts import in_eur
from cxc.workflow import perform
from exchanges.forms.payments import PayableForm
from exchanges.forms.stay import ActualForm, AgreedForm, PlanForm
from exchanges.models import Exchange
from exchanges.presenters.exchange_page import payout_table
from exchanges.views.form_page import form_page, post_data, require_available


@signed_in
@require_http_methods(["GET", "POST"])
def plan(request: PortalRequest, pk: int) -> HttpResponse:
    """Change type and planned dates."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    available = require_available(exchange, request.actor, "edit_planned", "edit_planned_in_preparation")
    form = PlanForm(post_data(request), initial=PlanForm.initial_of(exchange))

    def save(data: dict[str, Any]) -> str:
        perform(exchange, available.transition.name, by=request.actor, **data)
        return _("Planned: %(days)s working days.") % {"days": exchange.planned_working_days}

    back = f"{exchange.get_absolute_url()}#planned"
    return form_page(request, form, save, title=_("Change the plan"), back=back, thing=exchange, available=available)


@signed_in
@require_http_methods(["GET", "POST"])
def agreed(request: PortalRequest, pk: int) -> HttpResponse:
    """Set sector and agreed figures; ceiling and pay-out rule stand beside the form."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    available = require_available(exchange, request.actor, "set_agreed")
    form = AgreedForm(post_data(request), initial=AgreedForm.initial_of(exchange), exchange=exchange)

    def save(data: dict[str, Any]) -> str:
        perform(exchange, "set_agreed", by=request.actor, **data)
        return _("Agreed: %(days)s working days.") % {"days": exchange.agreed_working_days}

    context = {"thing": exchange, "available": available, "exchange": exchange, "payout": payout_table(exchange)}
    context["button"] = _("Save the figures")
    back = f"{exchange.get_absolute_url()}#agreed"
    template = "exchanges/money_form.html"
    return form_page(request, form, save, title=_("Agreed figures"), back=back, template=template, **context)


MONEY_FORM = "exchanges/money_form.html"


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def actual(request: PortalRequest, pk: int) -> HttpResponse:
    """Correct the actual figures: dates, and days not worked with the reason of each."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    available = require_available(exchange, request.actor, "correct_actual")
    initial = ActualForm.initial_of(exchange)
    form = ActualForm(post_data(request), initial=initial, exchange=exchange)

    def save(data: dict[str, Any]) -> str:
        facts = {"start": data["start"], "end": data["end"], "days_off": form.days_off()}
        perform(exchange, "correct_actual", by=request.actor, reason=data["reason"], **facts)
        return _("Actual: %(days)s working days.") % {"days": exchange.actual_working_days}

    back = f"{exchange.get_absolute_url()}#actual"
    return form_page(
        request, form, save, title=_("Correct the actual figures"), back=back, thing=exchange, available=available
    )


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def payable(request: PortalRequest, pk: int) -> HttpResponse:
    """Accept what is payable: by the rule, or another amount with the reason."""
    exchange = Exchange.objects.with_display_relations().get_for(request.actor, pk=pk)
    available = require_available(exchange, request.actor, "accept_payable")
    form = PayableForm(post_data(request), exchange=exchange)

    def save(data: dict[str, Any]) -> str:
        perform(exchange, "accept_payable", by=request.actor, amount=data["amount"], why=data["why"])
        return _("Payable: %(amount)s.") % {"amount": in_eur(exchange.payable)}

    context: dict[str, Any] = {
        "thing": exchange,
        "available": available,
        "exchange": exchange,
        "payout": payout_table(exchange),
    }
    context |= {"by_rule": exchange.payable_by_rule(), "template": MONEY_FORM}
    context["button"] = _("Accept the amount")
    back = f"{exchange.get_absolute_url()}#payable"
    return form_page(request, form, save, title=_("Payable amount"), back=back, **context)
