"""The payment of an exchange: made, kept in step, withdrawn. Paying itself is a plain transition.

A payment comes about when the Final Activity Report is accepted, a payable amount above zero is
accepted, and evidence is in. While it is due it follows both. It stays due whatever else happens
to the exchange, cancelling included; it is withdrawn only when the payable amount becomes 0 or
the start is undone. Amounts are EUR with cents; `due_on` is a local date at the seat of the
visitor's Partnership. Rule: docs/rules.md, Money.
"""

from datetime import date, datetime

from django.utils.translation import gettext as _

from cxc.access.scoped import PORTAL
from cxc.core.models import SchemeSettings
from cxc.workflow import LIVE, Timing, create, perform
from exchanges.enums import EvidenceState, PaymentState, ReportState
from exchanges.models import Exchange, FinalActivityReport, Payment
from exchanges.rules.money import seat_day_after
from profiles.deadlines import seat_date


def due_day(exchange: Exchange, since: date) -> date:
    """Ten working days (as the settings say) after `since`, by the calendar of the visitor's Partnership's seat."""
    return seat_day_after(exchange.vop, since, SchemeSettings.current().payment_working_days)


def update_payment(exchange: Exchange, *, timing: Timing = LIVE) -> Payment | None:
    """Bring the payment into step with the exchange, whose row is locked; the payment as it stands then."""
    payment = Payment.objects.filter(exchange=exchange).first()
    if payment is not None and payment.state == PaymentState.PAID:
        return payment
    if payment is not None and _nothing_is_payable(exchange):
        perform(payment, "withdraw", by=PORTAL, reason=_("Nothing is payable."), timing=timing)
        return None
    since = report_and_evidence_received_at(exchange)
    if exchange.payable_accepted_at is None or not exchange.payable or since is None:
        return payment
    return _create_or_update(exchange, payment, due_day(exchange, seat_date(exchange.vop, since)), timing)


def withdraw(exchange: Exchange, *, timing: Timing = LIVE) -> None:
    """The start was undone: what was due for it is not any more, unless a part of it is paid."""
    for payment in Payment.objects.filter(exchange=exchange, state=PaymentState.DUE, paid_amount=0):
        perform(payment, "withdraw", by=PORTAL, reason=_("The start was undone."), timing=timing)


def report_and_evidence_received_at(exchange: Exchange) -> datetime | None:
    """The later of report accepted and last evidence handed in (and not returned); None while one is missing."""
    report = FinalActivityReport.objects.filter(exchange=exchange, state=ReportState.ACCEPTED).first()
    last_piece = exchange.evidence.exclude(state=EvidenceState.RETURNED).order_by("uploaded_at").last()
    if report is None or report.accepted_at is None or last_piece is None:
        return None
    return max(report.accepted_at, last_piece.uploaded_at)


def _nothing_is_payable(exchange: Exchange) -> bool:
    return exchange.payable_accepted_at is not None and exchange.payable == 0


def _create_or_update(exchange: Exchange, payment: Payment | None, due_on: date, timing: Timing) -> Payment:
    assert exchange.payable is not None
    if payment is None:
        made = Payment(exchange=exchange, amount=exchange.payable, due_on=due_on)
        return create(made, by=PORTAL, timing=timing)
    if (payment.amount, payment.due_on) == (exchange.payable, due_on):
        return payment
    return perform(payment, "update_amount", by=PORTAL, timing=timing, amount=exchange.payable, due_on=due_on)
