"""What the files of the lists tell of each row: no more than the pages do, and money only to whom it is shown."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor, may_see
from cxc.core.links import address_of
from cxc.todo.returns import returned_texts
from cxc.web.exports import Column
from exchanges.models import Exchange


def exchange_columns(actor: Actor) -> Sequence[Column]:
    """Days are local to the visit, lump sums in EUR."""
    return (
        Column(_("Reference"), lambda row: row.reference),
        *_parties(lambda row: row),
        Column(_("Visit"), lambda row: row.visit),
        Column(_("State"), lambda row: row.get_state_display()),
        Column(_("Returned with comments"), returned_texts),
        Column(_("Modality"), lambda row: row.get_modality_display()),
        Column(_("Type"), lambda row: row.type),
        Column(_("Sector"), lambda row: row.sector),
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
        Column(_("Visit"), str),
        Column(_("Host"), lambda row: row.host_profile.organisation),
        Column(_("Host country"), lambda row: row.host_country),
        Column(_("City"), lambda row: row.city),
        Column(_("State"), lambda row: row.get_state_display()),
        Column(_("Modality"), lambda row: row.get_modality_display()),
        Column(_("First day"), lambda row: row.first_day),
        Column(_("Last day"), lambda row: row.last_day),
        Column(_("Lead"), lambda row: row.lead),
        Column(_("Host's Partnership"), lambda row: row.host_profile.partnership),
        Column(_("Confirmed exchanges"), lambda row: row.number),
        Column(_("Generation"), lambda row: row.host_profile.generation),
        Column(_("Address"), address_of),
    )


def payment_columns(_actor: Actor) -> Sequence[Column]:
    """Amounts in EUR, days at the seat of the visitor's Partnership. Whoever sees a payment sees all of this."""
    return (
        Column(_("Exchange"), lambda row: row.exchange.reference),
        *_parties(lambda row: row.exchange),
        Column(_("State"), lambda row: row.get_state_display()),
        Column(_("Amount (EUR)"), lambda row: row.amount),
        Column(_("Due on"), lambda row: row.due_on),
        Column(_("Paid on"), lambda row: row.paid_on),
        Column(_("Paid (EUR)"), lambda row: row.paid_amount),
        Column(_("Still due (EUR)"), lambda row: row.amount_due),
        Column(_("Instalments"), lambda row: len(row.instalments.all())),
        Column(_("Payment reference"), lambda row: row.references),
        Column(_("State of the exchange"), lambda row: row.exchange.get_state_display()),
        Column(_("Generation"), lambda row: row.exchange.generation),
        Column(_("Address"), address_of),
    )


def _parties(of: Callable[[Any], Exchange]) -> Sequence[Column]:
    return (
        Column(_("Visitor"), lambda row: of(row).organisation),
        Column(_("Visitor's country"), lambda row: of(row).organisation.country),
        Column(_("Visitor's Partnership"), lambda row: of(row).vop),
        Column(_("Host"), lambda row: of(row).host),
        Column(_("Host country"), lambda row: of(row).host_country),
        Column(_("Host's Partnership"), lambda row: of(row).hop),
    )


def _working_days(row: Exchange) -> int | None:
    known = (row.actual_working_days, row.agreed_working_days, row.planned_working_days)
    return next((days for days in known if days is not None), None)


def _lump_sum(row: Exchange, actor: Actor) -> Decimal | None:
    return row.agreed_lump_sum if may_see(actor, row, "money") else None
