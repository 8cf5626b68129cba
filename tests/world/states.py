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
from tests.world import ending, open_visits, paths
from tests.world.ending import AFTER
from tests.world.kept import kept
from tests.world.past import past_exchange
from tests.world.paths import NOW, Cast

Builder = Callable[[Cast], StatefulModel]


# --- profiles and matches ---------------------------------------------------------------------------


@kept
def draft_profile(c: Cast) -> Profile:
    return paths.draft(c.visitor, c.vop, c.vo)


@kept
def submitted_profile(c: Cast) -> Profile:
    return perform(draft_profile(c), "submit", by=c.vo)


@kept
def published_profile(c: Cast) -> Profile:
    return perform(submitted_profile(c), "publish", by=c.vop_coordinator)


@kept
def refused_profile(c: Cast) -> Profile:
    return perform(submitted_profile(c), "refuse", by=c.vop_coordinator, reason="No.")


@kept
def archived_profile(c: Cast) -> Profile:
    return perform(draft_profile(c), "archive_draft", by=c.vo)


@kept
def declined_match(c: Cast) -> Match:
    return perform(paths.proposed(c), "host_no", by=c.ho, reason="Not this year.")


@kept
def withdrawn_match(c: Cast) -> Match:
    return perform(paths.proposed(c), "withdraw", by=c.vo, reason="Another host.")


@kept
def cancelled_match(c: Cast) -> Match:
    return perform(paths.confirmed(c), "cancel", by=c.vop_coordinator, reason="No date found.")


@kept
def expired_match(c: Cast) -> Match:
    match = paths.proposed(c)
    with clock.at(NOW + timedelta(days=22)):
        return perform(match, "expire", by=PORTAL)


@kept
def completed_match(c: Cast) -> Match:
    return Match.objects.get(pk=ending.closed(c).match_id)


# --- visits and exchanges ---------------------------------------------------------------------------


@kept
def planned_visit(c: Cast) -> Visit:
    """Without an exchange, led by the visitor's Partnership."""
    return paths.visit(paths.confirmed(c), c.vop_coordinator)


@kept
def prepared_exchange(c: Cast) -> Exchange:
    """In preparation with nothing missing."""
    made = paths.signed(c)
    figures = {"start": made.agreed_start, "end": made.agreed_end, "lump_sum": made.agreed_lump_sum}
    return perform(made, "set_agreed", by=c.vop_coordinator, sector=Sector.objects.first(), **figures)


@kept
def cancelled_exchange(c: Cast) -> Exchange:
    return perform(paths.in_preparation(c), "cancel", by=c.vop_coordinator, reason="Ill.")


# --- papers -----------------------------------------------------------------------------------------


@kept
def draft_shared(c: Cast) -> SharedPart:
    return SharedPart.objects.get(visit=paths.in_preparation(c).visit_id)


@kept
def ready_shared(c: Cast) -> SharedPart:
    return paths.shared_ready(c, draft_shared(c).visit)


@kept
def validated_shared(c: Cast) -> SharedPart:
    return perform(ready_shared(c), "validate", by=c.so)


@kept
def returned_shared(c: Cast) -> SharedPart:
    return perform(ready_shared(c), "send_back", by=c.so, reason="Who leads on Tuesday?")


def own_part(of: Exchange) -> OwnPart:
    return OwnPart.objects.get(exchange=of)


@kept
def ready_own(c: Cast) -> OwnPart:
    exchange = paths.in_preparation(c)
    perform(paths.shared_ready(c, exchange.visit), "validate", by=c.so)
    return paths.own_ready(c, exchange)


@kept
def returned_own(c: Cast) -> OwnPart:
    return perform(ready_own(c), "send_back", by=c.so, reason="Too short.")


def agreement(of: Exchange) -> FinancialAgreement:
    return FinancialAgreement.objects.get(exchange=of)


@kept
def ready_agreement(c: Cast) -> FinancialAgreement:
    return paths.agreement_ready(c, paths.in_preparation(c))


@kept
def validated_agreement(c: Cast) -> FinancialAgreement:
    return agreement(paths.validated_papers(c, paths.in_preparation(c)))


@kept
def returned_agreement(c: Cast) -> FinancialAgreement:
    return perform(ready_agreement(c), "send_back", by=c.so, reason="Whose account?")


# --- after the stay -----------------------------------------------------------------------------------


@kept
def draft_report(c: Cast) -> FinalActivityReport:
    """Filled in, its exchange ongoing; it can be submitted once the stay has ended."""
    report = FinalActivityReport.objects.get(exchange=paths.ongoing(c))
    return perform(report, "edit", by=c.vo, version_read=report.row_version, fields=ending.REPORT)


@kept
def submitted_report(c: Cast) -> FinalActivityReport:
    exchange = paths.ongoing(c)
    with clock.at(AFTER):
        return ending.report_submitted(c, exchange)


@kept
def accepted_report(c: Cast) -> FinalActivityReport:
    report = submitted_report(c)
    with clock.at(AFTER):
        return perform(report, "accept", by=c.vop_coordinator)


@kept
def returned_report(c: Cast) -> FinalActivityReport:
    report = submitted_report(c)
    with clock.at(AFTER):
        return perform(report, "send_back", by=c.vop_coordinator, reason="Which contacts?")


@kept
def waiting_evidence(c: Cast) -> Evidence:
    return ending.evidence(paths.ongoing(c), c.vo)


@kept
def accepted_evidence(c: Cast) -> Evidence:
    return perform(waiting_evidence(c), "accept", by=c.vop_coordinator)


@kept
def returned_evidence(c: Cast) -> Evidence:
    return perform(waiting_evidence(c), "send_back", by=c.vop_coordinator, reason="Not legible.")


@kept
def due_payment(c: Cast) -> Payment:
    return Payment.objects.get(exchange=ending.closed(c))


@kept
def submitted_entry(c: Cast) -> RecordedEntry:
    """What the visitor's Partnership hands in of an exchange of the year before."""
    return entries.hand_in(c.vop, past_exchange(c), source="Our files", by=c.vop_coordinator)


@kept
def accepted_entry(c: Cast) -> RecordedEntry:
    return perform(submitted_entry(c), "accept", by=c.so)


@kept
def returned_entry(c: Cast) -> RecordedEntry:
    return perform(submitted_entry(c), "send_back", by=c.so, reason="Which sector?")


# --- questions ----------------------------------------------------------------------------------------


@kept
def unconfirmed_question(_c: Cast) -> HelpRequest:
    return ask_as_visitor(name="Ana", email="ana@test.example", subject="Who?", text="May we?")


@kept
def open_question(c: Cast) -> HelpRequest:
    """By the visitor about its published profile: its Partnership answers."""
    return ask(by=c.vo, subject="When?", text="By when?", about=published_profile(c))


@kept
def answered_question(c: Cast) -> HelpRequest:
    return write(open_question(c), by=c.vop_coordinator, text="By May.").request


@kept
def closed_question(c: Cast) -> HelpRequest:
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
