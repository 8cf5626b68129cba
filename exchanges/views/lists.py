"""The lists: my exchanges (a Partnership's, or all), visits, payments."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import F, Sum
from django.http import HttpResponseBase
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Actor, Principal
from cxc.core.amounts import in_eur
from cxc.todo.overdue import is_overdue
from cxc.todo.returned_rows import attach_returned
from cxc.web.listing import Layout, Listing, show
from exchanges.filters import ExchangeFilter, PaymentFilter, VisitFilter, with_number
from exchanges.models import Exchange, Payment, Visit
from exchanges.queries.decisions import may_decide
from exchanges.queries.lists import exchanges_to_list, take_hosts_from_visits, visits_to_list
from exchanges.tables.columns import exchange_columns, payment_columns, visit_columns

ROWS = 25
_RELATIONS = (
    "exchange__organisation__country",
    "exchange__generation",
    "exchange__match__visiting_profile__partnership",
    "exchange__match__host_profile__partnership",
    "exchange__visit__host_profile__organisation__country",
)


def _sums(listing: Listing) -> Iterator[str]:
    """What the payments that fit come to, in EUR, on all pages."""
    due, paid = Sum(F("amount") - F("paid_amount")), Sum("paid_amount")
    totals = listing.filter.qs.order_by().aggregate(due=due, paid=paid)
    if totals["due"]:
        yield gettext("still due: %(amount)s") % {"amount": in_eur(totals["due"])}
    if totals["paid"]:
        yield gettext("paid: %(amount)s") % {"amount": in_eur(totals["paid"])}


def _with_returned(rows: Sequence[Any], actor: Actor) -> Sequence[Any]:
    take_hosts_from_visits(rows)
    return attach_returned(rows, actor)


EXCHANGES = Layout(
    title=_("Exchanges"),
    counted=ngettext_lazy("%(number)s exchange", "%(number)s exchanges", "number"),
    empty=_("No exchange here. An exchange begins from a confirmed match."),
    template="exchanges/exchanges.html",
    filter=ExchangeFilter,
    columns=exchange_columns,
    on_page=("reference", "visitor", "host", "start", "modality", "type", "partnerships", "state"),
    first="-reference",
    name="exchanges",
    has_quick_look=True,
    attach=_with_returned,
)
VISITS = Layout(
    title=_("Visits"),
    counted=ngettext_lazy("%(number)s visit", "%(number)s visits", "number"),
    empty=_("No visit here. A visit begins from a confirmed match."),
    template="exchanges/visits.html",
    filter=VisitFilter,
    columns=visit_columns,
    on_page=("visit", "host", "start", "modality", "lead", "number"),
    first="-start",
    name="visits",
    has_quick_look=True,
)
PAYMENTS = Layout(
    title=_("Payments"),
    lead=_(
        "Lump sums that visitors' Partnerships pay once an exchange is over and its report and evidence are in."
        " Amounts are in EUR."
    ),
    counted=ngettext_lazy("%(number)s payment", "%(number)s payments", "number"),
    empty=_("No payment here. A payment comes about when report, evidence and amount of an exchange are accepted."),
    filter=PaymentFilter,
    columns=payment_columns,
    on_page=("reference", "visitor", "host", "partnership", "amount", "due", "state", "paid"),
    first="state",  # what is still due, the longest due first; then what was paid
    name="payments",
    has_quick_look=True,
    sums=_sums,
)


@signed_in
@rate_limited("search")
@require_http_methods(["GET", "POST"])
def exchanges(request: PortalRequest) -> HttpResponseBase:
    """The exchanges that one may see."""
    mine = exchanges_to_list(Exchange.objects.visible_to(request.actor))
    may_record = request.actor.may_write and request.actor.principal in (
        Principal.PARTNERSHIP,
        Principal.SUPPORT_OFFICE,
    )
    title = _("My exchanges") if request.actor.principal is Principal.ORGANISATION else EXCHANGES.title
    return show(request, EXCHANGES, mine, may_record=may_record, may_decide=may_decide(request.actor), title=title)


@signed_in
@rate_limited("search")
@require_http_methods(["GET", "POST"])
def visits(request: PortalRequest) -> HttpResponseBase:
    """The visits that one takes part in."""
    mine = Visit.objects.visible_to(request.actor)
    # Many of all visits are a Partnership's: its page follows the index of the list. They are counted the usual way.
    rows = Visit.objects.visible_to(request.actor, paged=request.actor.principal is Principal.PARTNERSHIP)
    return show(request, VISITS, with_number(visits_to_list(rows)), counted=with_number(mine))


@signed_in
@rate_limited("search")
@require_http_methods(["GET", "POST"])
def payments(request: PortalRequest) -> HttpResponseBase:
    """The payments that one may see: a visitor's own, those that a Partnership makes, or all."""
    mine = Payment.objects.visible_to(request.actor).select_related(*_RELATIONS).prefetch_related("instalments")
    return show(request, PAYMENTS, mine.annotate(is_late=is_overdue("exchanges.payment")))
