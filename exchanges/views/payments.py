"""A payment: confirmed in full or in instalments, one of which the Support Office may take back."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.core.amounts import in_eur
from cxc.workflow import perform
from exchanges.forms.payments import PayForm, TakeBackInstalmentForm
from exchanges.models import Payment
from exchanges.queries.payees import payee_of
from exchanges.views.form_page import form_page, post_data, require_available

WRITING = ("GET", "POST")
FACES = ("exchange__organisation__country", "exchange__match__visiting_profile__partnership__seat")


@signed_in
@rate_limited("mail")
@require_http_methods(WRITING)
def pay(request: PortalRequest, pk: int) -> HttpResponse:
    """Confirm a payment, in full or in part, with its date, amount and reference; says to whom it goes."""
    payment = Payment.objects.select_related(*FACES).get_for(request.actor, exchange=pk)
    available = require_available(payment, request.actor, "pay")
    form = PayForm(post_data(request), payment=payment)

    def save(data: dict[str, Any]) -> str:
        perform(payment, "pay", by=request.actor, **data)
        values = {"amount": in_eur(data["amount"]), "rest": in_eur(payment.amount_due)}
        return (
            _("%(amount)s paid, %(rest)s still due.") if payment.amount_due else _("%(amount)s paid in full.")
        ) % values

    context: dict[str, Any] = {"payment": payment, "thing": payment.exchange, "available": available}
    context |= {"payee": payee_of(payment), "template": "exchanges/pay.html"}
    return form_page(request, form, save, title=_("Confirm the payment"), back=payment.get_absolute_url(), **context)


@signed_in
@rate_limited("mail")
@require_http_methods(WRITING)
def take_back(request: PortalRequest, pk: int) -> HttpResponse:
    """Take back one instalment: it is due again."""
    payment = Payment.objects.select_related(*FACES).get_for(request.actor, exchange=pk)
    available = require_available(payment, request.actor, "take_back_instalment")
    form = TakeBackInstalmentForm(post_data(request), payment=payment)

    def save(data: dict[str, Any]) -> str:
        perform(payment, "take_back_instalment", by=request.actor, **data)
        return _("Taken back. %(rest)s are due.") % {"rest": in_eur(payment.amount_due)}

    back = payment.get_absolute_url()
    context: dict[str, Any] = {"thing": payment.exchange, "available": available}
    return form_page(request, form, save, title=_("Take back an instalment"), back=back, **context)
