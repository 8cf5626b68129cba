"""An exchange from its end to the payment, each step through the mover."""

from datetime import UTC, datetime

from cxc import clock
from cxc.access.scoped import Actor
from cxc.workflow import perform
from exchanges.enums import EvidenceKind
from exchanges.models import Evidence, Exchange, FinalActivityReport, Payment
from exchanges.services import finishing
from profiles.enums import Modality
from tests.factories.cache import cached
from tests.factories.parties import Parties
from tests.scenarios import lifecycle

# The morning after the usual visit's last day.
AFTER = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
REPORT = {
    "activities": "All as planned.",
    "outcomes": "A letter of intent.",
    "follow_up": "A call in November.",
    "satisfaction": 5,
}


def submitted_evidence(of: Exchange, by: Actor, kind: str = EvidenceKind.HOTEL) -> Evidence:
    """A paper handed in and not yet answered."""
    return finishing.hand_in(of, kind=kind, file=lifecycle.scan(), by=by)


def report_submitted(c: Parties, of: Exchange) -> FinalActivityReport:
    report = FinalActivityReport.objects.get(exchange=of)
    perform(report, "edit", by=c.vo, version_read=report.row_version, fields=REPORT)
    return perform(report, "submit", by=c.vo)


def report_accepted(c: Parties, of: Exchange) -> FinalActivityReport:
    return perform(report_submitted(c, of), "accept", by=c.vop_coordinator)


@cached
def completed(c: Parties, modality: str = Modality.PHYSICAL) -> Exchange:
    """Ongoing and past its end, with all that closing asks for; a payment is due then."""
    exchange = lifecycle.ongoing(c, modality)
    with clock.at(AFTER):
        report_accepted(c, exchange)
        if exchange.is_physical:
            perform(submitted_evidence(exchange, c.vo), "accept", by=c.vop_coordinator)
            exchange = Exchange.objects.get(pk=exchange.pk)
            perform(exchange, "accept_payable", by=c.vop_coordinator)
    return Exchange.objects.get(pk=exchange.pk)


@cached
def closed(c: Parties, modality: str = Modality.PHYSICAL) -> Exchange:
    exchange = completed(c, modality)
    with clock.at(AFTER):
        return perform(exchange, "close", by=c.vop_coordinator)


@cached
def paid(c: Parties) -> Payment:
    payment = Payment.objects.get(exchange=closed(c))
    with clock.at(AFTER):
        return pay(payment, c.vop_coordinator)


def pay(payment: Payment, by: Actor, **fields: object) -> Payment:
    """In full, today, unless said otherwise."""
    known = {"paid_on": AFTER.date(), "amount": payment.rest, "reference": "Transfer 1"}
    return perform(payment, "pay", by=by, **(known | fields))
