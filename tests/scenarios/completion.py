"""An exchange from its end to the payment, each step by its transitions."""

from datetime import UTC, datetime

from cxc import clock
from cxc.access.scoped import Actor
from cxc.workflow import perform
from exchanges.enums import EvidenceKind
from exchanges.models import Evidence, Exchange, FinalActivityReport, Payment
from exchanges.services import evidence_submission
from exchanges.services.document_openings import evidence_was_opened
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
    return evidence_submission.hand_in(of, kind=kind, file=lifecycle.scan(), by=by)


def accepted_evidence(evidence: Evidence, by: Actor) -> Evidence:
    """Its file opened, and accepted."""
    evidence_was_opened(evidence, by)
    return perform(evidence, "accept", by=by)


@cached
def report_submitted(parties: Parties, of: Exchange) -> FinalActivityReport:
    report = FinalActivityReport.objects.get(exchange=of)
    perform(report, "edit", by=parties.vo, version_read=report.row_version, fields=REPORT)
    return perform(report, "submit", by=parties.vo)


@cached
def report_accepted(parties: Parties, of: Exchange) -> FinalActivityReport:
    return perform(report_submitted(parties, of), "accept", by=parties.vop_coordinator)


@cached
def completed(parties: Parties, modality: str = Modality.PHYSICAL) -> Exchange:
    """Ongoing and past its end, with all that closing asks for; a payment is due then."""
    exchange = lifecycle.ongoing(parties, modality)
    with clock.at(AFTER):
        report_accepted(parties, exchange)
        if exchange.is_physical:
            accepted_evidence(submitted_evidence(exchange, parties.vo), parties.vop_coordinator)
            exchange = Exchange.objects.get(pk=exchange.pk)
            perform(exchange, "accept_payable", by=parties.vop_coordinator)
    return Exchange.objects.get(pk=exchange.pk)


@cached
def closed(parties: Parties, modality: str = Modality.PHYSICAL) -> Exchange:
    exchange = completed(parties, modality)
    with clock.at(AFTER):
        return perform(exchange, "close", by=parties.vop_coordinator)


@cached
def paid(parties: Parties) -> Payment:
    payment = Payment.objects.get(exchange=closed(parties))
    with clock.at(AFTER):
        return pay(payment, parties.vop_coordinator)


def pay(payment: Payment, by: Actor, **fields: object) -> Payment:
    """In full, today, unless said otherwise."""
    known = {"paid_on": AFTER.date(), "amount": payment.amount_due, "reference": "Transfer 1"}
    return perform(payment, "pay", by=by, **(known | fields))
