"""The lists: my exchanges (a Partnership's, or all), visits, payments."""

from typing import Any

from django.db.models import F, Sum
from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from cxc import clock
from cxc.access.guards import PortalRequest, signed_in
from cxc.access.scoped import Principal
from cxc.todo.returns import attach_returned
from cxc.web.listing import Layout, Listing, show
from exchanges.filters import ExchangeFilter, PaymentFilter, VisitFilter, with_number
from exchanges.models import Exchange, Payment, Visit
from exchanges.tables.columns import exchange_columns, payment_columns, visit_columns

ROWS = 25
_HOST, _COUNTRY = "visit__host_profile__organisation__legal_name", "visit__host_profile__organisation__country__name"
_FACES = (
    "exchange__organisation__country",
    "exchange__generation",
    "exchange__match__visiting_profile__partnership",
    "exchange__match__host_profile__partnership",
    "exchange__visit__host_profile__organisation__country",
)


def _sums(listing: Listing) -> dict[str, Any]:
    """What the payments that fit come to, in EUR, on all pages."""
    due, paid = Sum(F("amount") - F("paid_amount")), Sum("paid_amount")
    return {"totals": listing.filter.qs.order_by().aggregate(due=due, paid=paid), "today": clock.today()}


EXCHANGES = Layout(
    template="exchanges/exchanges.html",
    filter=ExchangeFilter,
    sorts={
        "reference": ("pk",),
        "visitor": ("organisation__legal_name",),
        "host": (_HOST,),
        "country": (_COUNTRY, _HOST),
        "start": ("starts_on",),
        "modality": ("modality", "starts_on"),
        "type": ("type__name",),
        "partnerships": ("match__visiting_profile__partnership__acronym", "match__host_profile__partnership__acronym"),
        "state": ("state", "starts_on"),
    },
    first="-reference",
    name="exchanges",
    columns=exchange_columns,
    attach=attach_returned,
)
VISITS = Layout(
    template="exchanges/visits.html",
    filter=VisitFilter,
    sorts={
        "host": ("host_profile__organisation__legal_name", "first_day"),
        "start": ("first_day",),
        "modality": ("modality", "first_day"),
        "lead": ("lead__acronym", "first_day"),
        "number": ("number", "first_day"),
    },
    first="-start",
    name="visits",
    columns=visit_columns,
)
PAYMENTS = Layout(
    template="exchanges/payments.html",
    filter=PaymentFilter,
    sorts={
        "reference": ("exchange",),
        "visitor": ("exchange__organisation__legal_name",),
        "host": (f"exchange__{_HOST}",),
        "partnership": ("exchange__match__visiting_profile__partnership__acronym", "due_on"),
        "state": ("state", "due_on"),
        "amount": ("amount",),
        "due": ("due_on",),
        "paid": ("paid_on",),
    },
    first="state",  # what is still due, the longest due first; then what was paid
    name="payments",
    columns=payment_columns,
    more=_sums,
)


@signed_in
@require_GET
def exchanges(request: PortalRequest) -> HttpResponseBase:
    """The exchanges that one may see."""
    mine = Exchange.objects.visible_to(request.actor).with_display_relations()
    may_record = request.actor.may_write and request.actor.principal in (
        Principal.PARTNERSHIP,
        Principal.SUPPORT_OFFICE,
    )
    return show(request, EXCHANGES, mine, may_record=may_record)


@signed_in
@require_GET
def visits(request: PortalRequest) -> HttpResponseBase:
    """The visits that one takes part in."""
    mine = Visit.objects.visible_to(request.actor).with_host().select_related("host_profile__generation")
    return show(request, VISITS, with_number(mine))


@signed_in
@require_GET
def payments(request: PortalRequest) -> HttpResponseBase:
    """The payments that one may see: a visitor's own, those that a Partnership makes, or all."""
    mine = Payment.objects.visible_to(request.actor).select_related(*_FACES).prefetch_related("instalments")
    return show(request, PAYMENTS, mine)
