"""The columns of the lists of exchanges, visits and payments; money only to whom it is shown.

The files tell no more than the pages of the rows do.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor, may_see
from cxc.core.amounts import in_eur
from cxc.core.links import address_of
from cxc.todo.returned_rows import returned_texts
from cxc.web.listing import Column
from cxc.web.listing.cells import link, period, state_badge, state_with_returns
from cxc.web.listing.columns import text_of
from exchanges.models import Exchange, Payment

_VOP, _HOP = "match__visiting_profile__partnership__acronym", "match__host_profile__partnership__acronym"
_HOST = "visit__host_profile__organisation__legal_name"
_HOST_COUNTRY = "visit__host_profile__organisation__country__name"


def exchange_columns(actor: Actor) -> Sequence[Column]:
    """Days are local to the visit, lump sums in EUR."""
    return (
        Column(_("Reference"), lambda row: row.reference, name="reference", sort=("pk",), cell=link),
        *_parties(lambda row: row),
        Column(_("Partnerships"), name="partnerships", sort=(_VOP, _HOP), cell=lambda row, _text: _both(row)),
        Column(_("Visit"), lambda row: row.visit),
        Column(
            _("State"),
            lambda row: row.get_state_display(),
            name="state",
            sort=("state", "starts_on"),
            cell=state_with_returns,
        ),
        Column(_("Returned with comments"), returned_texts),
        Column(_("Modality"), lambda row: row.get_modality_display(), name="modality", sort=("modality", "starts_on")),
        Column(_("Type"), lambda row: row.type, name="type", sort=("type__name",)),
        Column(_("Sector"), lambda row: row.sector),
        Column(_("Days"), name="start", sort=("starts_on",), cell=lambda row, _text: period(row.start, row.end)),
        Column(_("First day"), lambda row: row.start),
        Column(_("Last day"), lambda row: row.end),
        Column(_("Working days"), _working_days),
        Column(_("Lump sum (EUR)"), lambda row: _lump_sum(row, actor)),
        Column(_("Generation"), lambda row: row.generation),
        Column(_("Address"), address_of),
    )


def visit_columns(_actor: Actor) -> Sequence[Column]:
    """Days are local to the visit."""
    return (
        Column(_("Visit"), str, name="visit", cell=link),
        Column(
            _("Host"),
            lambda row: row.host_profile.organisation,
            name="host",
            sort=("host_profile__organisation__legal_name", "first_day"),
            cell=lambda row, host: f"{host}, {row.host_country}",
        ),
        Column(_("Host country"), lambda row: row.host_country),
        Column(_("City"), lambda row: row.city),
        Column(_("State"), lambda row: row.get_state_display()),
        Column(_("Modality"), lambda row: row.get_modality_display(), name="modality", sort=("modality", "first_day")),
        Column(
            _("Days"), name="start", sort=("first_day",), cell=lambda row, _text: period(row.first_day, row.last_day)
        ),
        Column(_("First day"), lambda row: row.first_day),
        Column(_("Last day"), lambda row: row.last_day),
        Column(_("Lead"), lambda row: row.lead, name="lead", sort=("lead__acronym", "first_day")),
        Column(_("Host's Partnership"), lambda row: row.host_profile.partnership),
        Column(_("Confirmed exchanges"), lambda row: row.number, name="number", sort=("number", "first_day")),
        Column(_("Generation"), lambda row: row.host_profile.generation),
        Column(_("Address"), address_of),
    )


def payment_columns(_actor: Actor) -> Sequence[Column]:
    """Amounts in EUR, days at the seat of the visitor's Partnership. Whoever sees a payment sees all of this."""
    return (
        Column(
            _("Exchange"),
            lambda row: row.exchange.reference,
            name="reference",
            sort=("exchange",),
            cell=link,
            css_class="text-nowrap",
        ),
        *_parties(lambda row: row.exchange, "exchange__"),
        Column(
            _("Paid by"),
            name="partnership",
            sort=(f"exchange__{_VOP}", "due_on"),
            cell=lambda row, _text: str(row.exchange.vop),
        ),
        Column(
            _("State"), lambda row: row.get_state_display(), name="state", sort=("state", "due_on"), cell=state_badge
        ),
        Column(
            _("Amount (EUR)"),
            lambda row: row.amount,
            name="amount",
            sort=("amount",),
            cell=_amount,
            css_class="number",
        ),
        Column(
            _("Due on"),
            lambda row: row.due_on,
            name="due",
            sort=("due_on",),
            cell=lambda row, day: _late(day) if row.is_late else day,
        ),
        Column(_("Paid"), name="paid", sort=("paid_on",), cell=_instalments),
        Column(_("Paid on"), lambda row: row.paid_on),
        Column(_("Paid (EUR)"), lambda row: row.paid_amount),
        Column(_("Still due (EUR)"), lambda row: row.amount_due),
        Column(_("Instalments"), lambda row: len(row.instalments.all())),
        Column(_("Payment reference"), lambda row: row.references),
        Column(_("State of the exchange"), lambda row: row.exchange.get_state_display()),
        Column(_("Generation"), lambda row: row.exchange.generation),
        Column(_("Address"), address_of),
    )


def _parties(of: Callable[[Any], Exchange], path: str = "") -> Sequence[Column]:
    """Visitor and host of the exchange, which is found from a row by this path; on the page each with its country."""
    return (
        Column(
            _("Visitor"),
            lambda row: of(row).organisation,
            name="visitor",
            sort=(f"{path}organisation__legal_name",),
            cell=lambda row, visitor: f"{visitor}, {of(row).organisation.country}",
        ),
        Column(_("Visitor's country"), lambda row: of(row).organisation.country),
        Column(_("Visitor's Partnership"), lambda row: of(row).vop),
        Column(
            _("Host"),
            lambda row: of(row).host,
            name="host",
            sort=(f"{path}{_HOST}",),
            cell=lambda row, host: f"{host}, {of(row).host_country}",
        ),
        Column(
            _("Host country"),
            lambda row: of(row).host_country,
            name="country",
            sort=(f"{path}{_HOST_COUNTRY}", f"{path}{_HOST}"),
        ),
        Column(_("Host's Partnership"), lambda row: of(row).hop),
    )


def _both(row: Exchange) -> str:
    return f"{row.vop} / {row.hop}"


def _working_days(row: Exchange) -> int | None:
    known = (row.actual_working_days, row.agreed_working_days, row.planned_working_days)
    return next((days for days in known if days is not None), None)


def _lump_sum(row: Exchange, actor: Actor) -> Decimal | None:
    return row.agreed_lump_sum if may_see(actor, row, "money") else None


def _amount(row: Payment, amount: str) -> str:
    if not (row.paid_amount and row.amount_due):
        return amount
    return format_html("{}<br>{}", amount, gettext("still due: %(rest)s") % {"rest": text_of(row.amount_due)})


def _late(day: str) -> str:
    return format_html('{} <span class="late">{}</span>', day, gettext("late"))


def _instalments(row: Payment, _text: str) -> str:
    """When how much was paid, and with what reference."""
    paid = ((text_of(one.paid_on), in_eur(one.amount), one.reference) for one in row.instalments.all())
    return format_html_join(mark_safe("<br>"), "{}: {} ({})", paid)
