"""One thing in each of its states, each built once through the mover."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from cxc import clock
from cxc.access.scoped import PORTAL
from cxc.workflow import StatefulModel, perform
from exchanges.models import (
    Evidence,
    Exchange,
    FinalActivityReport,
    FinancialAgreement,
    OwnPart,
    Payment,
    RecordedEntry,
    SharedPart,
    Visit,
)
from exchanges.services import entries
from helpdesk.models import HelpRequest
from helpdesk.services.asking import ask, ask_as_visitor
from helpdesk.services.writing import write
from matching.models import Match
from profiles.models import Profile, Sector
from tests.factories.cache import cached
from tests.factories.parties import Parties
from tests.factories.recorded import recorded_exchange
from tests.world import ending, open_visits, paths
from tests.world.ending import AFTER
from tests.world.paths import NOW

Builder = Callable[[Parties], StatefulModel]


# --- profiles and matches ---------------------------------------------------------------------------


@cached
def draft_profile(c: Parties) -> Profile:
    return paths.draft(c.visitor, c.vop, c.vo)


@cached
def submitted_profile(c: Parties) -> Profile:
    return perform(draft_profile(c), "submit", by=c.vo)


@cached
def published_profile(c: Parties) -> Profile:
    return perform(submitted_profile(c), "publish", by=c.vop_coordinator)


@cached
def refused_profile(c: Parties) -> Profile:
    return perform(submitted_profile(c), "refuse", by=c.vop_coordinator, reason="No.")


@cached
def archived_profile(c: Parties) -> Profile:
    return perform(draft_profile(c), "archive_draft", by=c.vo)


@cached
def declined_match(c: Parties) -> Match:
    return perform(paths.proposed(c), "host_no", by=c.ho, reason="Not this year.")


@cached
def withdrawn_match(c: Parties) -> Match:
    return perform(paths.proposed(c), "withdraw", by=c.vo, reason="Another host.")


@cached
def cancelled_match(c: Parties) -> Match:
    return perform(paths.confirmed(c), "cancel", by=c.vop_coordinator, reason="No date found.")


@cached
def expired_match(c: Parties) -> Match:
    match = paths.proposed(c)
    with clock.at(NOW + timedelta(days=22)):
        return perform(match, "expire", by=PORTAL)


@cached
def completed_match(c: Parties) -> Match:
    return Match.objects.get(pk=ending.closed(c).match_id)


# --- visits and exchanges ---------------------------------------------------------------------------


@cached
def planned_visit(c: Parties) -> Visit:
    """Without an exchange, led by the visitor's Partnership."""
    return paths.visit(paths.confirmed(c), c.vop_coordinator)


@cached
def prepared_exchange(c: Parties) -> Exchange:
    """In preparation with nothing missing."""
    made = paths.signed(c)
    figures = {"start": made.agreed_start, "end": made.agreed_end, "lump_sum": made.agreed_lump_sum}
    return perform(made, "set_agreed", by=c.vop_coordinator, sector=Sector.objects.first(), **figures)


@cached
def cancelled_exchange(c: Parties) -> Exchange:
    return perform(paths.in_preparation(c), "cancel", by=c.vop_coordinator, reason="Ill.")


# --- papers -----------------------------------------------------------------------------------------


@cached
def draft_shared(c: Parties) -> SharedPart:
    return SharedPart.objects.get(visit=paths.in_preparation(c).visit_id)


@cached
def ready_shared(c: Parties) -> SharedPart:
    return paths.shared_ready(c, draft_shared(c).visit)


@cached
def validated_shared(c: Parties) -> SharedPart:
    return perform(ready_shared(c), "validate", by=c.so)


@cached
def returned_shared(c: Parties) -> SharedPart:
    return perform(ready_shared(c), "send_back", by=c.so, reason="Who leads on Tuesday?")


def own_part(of: Exchange) -> OwnPart:
    return OwnPart.objects.get(exchange=of)


@cached
def ready_own(c: Parties) -> OwnPart:
    exchange = paths.in_preparation(c)
    perform(paths.shared_ready(c, exchange.visit), "validate", by=c.so)
    return paths.own_ready(c, exchange)


@cached
def returned_own(c: Parties) -> OwnPart:
    return perform(ready_own(c), "send_back", by=c.so, reason="Too short.")


def agreement(of: Exchange) -> FinancialAgreement:
    return FinancialAgreement.objects.get(exchange=of)


@cached
def ready_agreement(c: Parties) -> FinancialAgreement:
    return paths.agreement_ready(c, paths.in_preparation(c))


@cached
def validated_agreement(c: Parties) -> FinancialAgreement:
    return agreement(paths.validated_papers(c, paths.in_preparation(c)))


@cached
def returned_agreement(c: Parties) -> FinancialAgreement:
    return perform(ready_agreement(c), "send_back", by=c.so, reason="Whose account?")


# --- after the stay -----------------------------------------------------------------------------------


@cached
def draft_report(c: Parties) -> FinalActivityReport:
    """Filled in, its exchange ongoing; it can be submitted once the stay has ended."""
    report = FinalActivityReport.objects.get(exchange=paths.ongoing(c))
    return perform(report, "edit", by=c.vo, version_read=report.row_version, fields=ending.REPORT)


@cached
def submitted_report(c: Parties) -> FinalActivityReport:
    exchange = paths.ongoing(c)
    with clock.at(AFTER):
        return ending.report_submitted(c, exchange)


@cached
def accepted_report(c: Parties) -> FinalActivityReport:
    report = submitted_report(c)
    with clock.at(AFTER):
        return perform(report, "accept", by=c.vop_coordinator)


@cached
def returned_report(c: Parties) -> FinalActivityReport:
    report = submitted_report(c)
    with clock.at(AFTER):
        return perform(report, "send_back", by=c.vop_coordinator, reason="Which contacts?")


@cached
def waiting_evidence(c: Parties) -> Evidence:
    return ending.evidence(paths.ongoing(c), c.vo)


@cached
def accepted_evidence(c: Parties) -> Evidence:
    return perform(waiting_evidence(c), "accept", by=c.vop_coordinator)


@cached
def returned_evidence(c: Parties) -> Evidence:
    return perform(waiting_evidence(c), "send_back", by=c.vop_coordinator, reason="Not legible.")


@cached
def due_payment(c: Parties) -> Payment:
    return Payment.objects.get(exchange=ending.closed(c))


@cached
def submitted_entry(c: Parties) -> RecordedEntry:
    """What the visitor's Partnership hands in of an exchange of the year before."""
    return entries.hand_in(c.vop, recorded_exchange(c), source="Our files", by=c.vop_coordinator)


@cached
def accepted_entry(c: Parties) -> RecordedEntry:
    return perform(submitted_entry(c), "accept", by=c.so)


@cached
def returned_entry(c: Parties) -> RecordedEntry:
    return perform(submitted_entry(c), "send_back", by=c.so, reason="Which sector?")


# --- questions ----------------------------------------------------------------------------------------


@cached
def unconfirmed_question(_c: Parties) -> HelpRequest:
    return ask_as_visitor(name="Ana", email="ana@test.example", subject="Who?", text="May we?")


@cached
def open_question(c: Parties) -> HelpRequest:
    """By the visitor about its published profile: its Partnership answers."""
    return ask(by=c.vo, subject="When?", text="By when?", about=published_profile(c))


@cached
def answered_question(c: Parties) -> HelpRequest:
    return write(open_question(c), by=c.vop_coordinator, text="By May.").request


@cached
def closed_question(c: Parties) -> HelpRequest:
    return perform(answered_question(c), "close", by=c.vo)


BUILDERS: Mapping[str, Mapping[str, Builder]] = {
    "profile": {
        "draft": draft_profile,
        "submitted": submitted_profile,
        "published": published_profile,
        "refused": refused_profile,
        "archived": archived_profile,
    },
    "match": {
        "proposed": paths.proposed,
        "proposed, by the host's Partnership": lambda c: paths.proposed(c, by=c.hop_coordinator),
        "confirmed": paths.confirmed,
        "completed": completed_match,
        "declined": declined_match,
        "withdrawn": withdrawn_match,
        "expired": expired_match,
        "cancelled": cancelled_match,
    },
    "visit": {"planned": planned_visit, "open": open_visits.with_a_lead},
    "waitingplace": {
        "waiting": open_visits.waiting,
        "offered": open_visits.offered,
        "left": lambda c: perform(open_visits.waiting(c), "leave", by=c.vo),
    },
    "exchange": {
        "draft": paths.planned,
        "preparation": prepared_exchange,
        "ready": paths.ready,
        "ongoing": paths.ongoing,
        "closed": ending.closed,
        "cancelled": cancelled_exchange,
    },
    "sharedpart": {
        "draft": draft_shared,
        "ready": ready_shared,
        "validated": validated_shared,
        "returned": returned_shared,
    },
    "ownpart": {
        "draft": lambda c: own_part(paths.in_preparation(c)),
        "ready": ready_own,
        "validated": lambda c: own_part(paths.validated_papers(c, paths.in_preparation(c))),
        "returned": returned_own,
        "signed": lambda c: own_part(paths.signed(c)),
    },
    "financialagreement": {
        "draft": lambda c: agreement(paths.in_preparation(c)),
        "ready": ready_agreement,
        "validated": validated_agreement,
        "returned": returned_agreement,
        "signed": lambda c: agreement(paths.signed(c)),
    },
    "finalactivityreport": {
        "draft": draft_report,
        "submitted": submitted_report,
        "accepted": accepted_report,
        "returned": returned_report,
    },
    "evidence": {"waiting": waiting_evidence, "accepted": accepted_evidence, "returned": returned_evidence},
    "payment": {"due": due_payment, "paid": ending.paid},
    "helprequest": {
        "unconfirmed": unconfirmed_question,
        "open": open_question,
        "answered": answered_question,
        "closed": closed_question,
    },
    "recordedentry": {"submitted": submitted_entry, "accepted": accepted_entry, "returned": returned_entry},
}
