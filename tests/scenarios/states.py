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
from tests.scenarios import completion, lifecycle, open_visits
from tests.scenarios.completion import AFTER
from tests.scenarios.lifecycle import NOW

Builder = Callable[[Parties], StatefulModel]


# --- profiles and matches ---------------------------------------------------------------------------


@cached
def draft_profile(c: Parties) -> Profile:
    return lifecycle.draft(c.visitor, c.vop, c.vo)


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
    return perform(lifecycle.proposed(c), "host_no", by=c.ho, reason="Not this year.")


@cached
def withdrawn_match(c: Parties) -> Match:
    return perform(lifecycle.proposed(c), "withdraw", by=c.vo, reason="Another host.")


@cached
def cancelled_match(c: Parties) -> Match:
    return perform(lifecycle.confirmed(c), "cancel", by=c.vop_coordinator, reason="No date found.")


@cached
def expired_match(c: Parties) -> Match:
    match = lifecycle.proposed(c)
    with clock.at(NOW + timedelta(days=22)):
        return perform(match, "expire", by=PORTAL)


@cached
def completed_match(c: Parties) -> Match:
    return Match.objects.get(pk=completion.closed(c).match_id)


# --- visits and exchanges ---------------------------------------------------------------------------


@cached
def planned_visit(c: Parties) -> Visit:
    """Without an exchange, led by the visitor's Partnership."""
    return lifecycle.visit(lifecycle.confirmed(c), c.vop_coordinator)


@cached
def prepared_exchange(c: Parties) -> Exchange:
    """In preparation with nothing missing."""
    made = lifecycle.signed(c)
    figures = {"start": made.agreed_start, "end": made.agreed_end, "lump_sum": made.agreed_lump_sum}
    return perform(made, "set_agreed", by=c.vop_coordinator, sector=Sector.objects.first(), **figures)


@cached
def cancelled_exchange(c: Parties) -> Exchange:
    return perform(lifecycle.in_preparation(c), "cancel", by=c.vop_coordinator, reason="Ill.")


# --- papers -----------------------------------------------------------------------------------------


@cached
def draft_shared(c: Parties) -> SharedPart:
    return SharedPart.objects.get(visit=lifecycle.in_preparation(c).visit_id)


@cached
def ready_shared(c: Parties) -> SharedPart:
    return lifecycle.submitted_shared_part(c, draft_shared(c).visit)


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
    exchange = lifecycle.in_preparation(c)
    perform(lifecycle.submitted_shared_part(c, exchange.visit), "validate", by=c.so)
    return lifecycle.submitted_own_part(c, exchange)


@cached
def returned_own(c: Parties) -> OwnPart:
    return perform(ready_own(c), "send_back", by=c.so, reason="Too short.")


def agreement(of: Exchange) -> FinancialAgreement:
    return FinancialAgreement.objects.get(exchange=of)


@cached
def ready_agreement(c: Parties) -> FinancialAgreement:
    return lifecycle.submitted_agreement(c, lifecycle.in_preparation(c))


@cached
def validated_agreement(c: Parties) -> FinancialAgreement:
    return agreement(lifecycle.validated_documents(c, lifecycle.in_preparation(c)))


@cached
def returned_agreement(c: Parties) -> FinancialAgreement:
    return perform(ready_agreement(c), "send_back", by=c.so, reason="Whose account?")


# --- after the stay -----------------------------------------------------------------------------------


@cached
def draft_report(c: Parties) -> FinalActivityReport:
    """Filled in, its exchange ongoing; it can be submitted once the stay has ended."""
    report = FinalActivityReport.objects.get(exchange=lifecycle.ongoing(c))
    return perform(report, "edit", by=c.vo, version_read=report.row_version, fields=completion.REPORT)


@cached
def submitted_report(c: Parties) -> FinalActivityReport:
    exchange = lifecycle.ongoing(c)
    with clock.at(AFTER):
        return completion.report_submitted(c, exchange)


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
def submitted_evidence(c: Parties) -> Evidence:
    return completion.submitted_evidence(lifecycle.ongoing(c), c.vo)


@cached
def accepted_evidence(c: Parties) -> Evidence:
    return perform(submitted_evidence(c), "accept", by=c.vop_coordinator)


@cached
def returned_evidence(c: Parties) -> Evidence:
    return perform(submitted_evidence(c), "send_back", by=c.vop_coordinator, reason="Not legible.")


@cached
def due_payment(c: Parties) -> Payment:
    return Payment.objects.get(exchange=completion.closed(c))


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
        "proposed": lifecycle.proposed,
        "proposed, by the host's Partnership": lambda c: lifecycle.proposed(c, by=c.hop_coordinator),
        "confirmed": lifecycle.confirmed,
        "completed": completed_match,
        "declined": declined_match,
        "withdrawn": withdrawn_match,
        "expired": expired_match,
        "cancelled": cancelled_match,
    },
    "visit": {"planned": planned_visit, "open": open_visits.open_visit_led_by_visitors_partnership},
    "waitingplace": {
        "waiting": open_visits.waiting_entry,
        "offered": open_visits.offered_entry,
        "left": lambda c: perform(open_visits.waiting_entry(c), "leave", by=c.vo),
    },
    "exchange": {
        "draft": lifecycle.planned,
        "preparation": prepared_exchange,
        "ready": lifecycle.ready,
        "ongoing": lifecycle.ongoing,
        "closed": completion.closed,
        "cancelled": cancelled_exchange,
    },
    "sharedpart": {
        "draft": draft_shared,
        "ready": ready_shared,
        "validated": validated_shared,
        "returned": returned_shared,
    },
    "ownpart": {
        "draft": lambda c: own_part(lifecycle.in_preparation(c)),
        "ready": ready_own,
        "validated": lambda c: own_part(lifecycle.validated_documents(c, lifecycle.in_preparation(c))),
        "returned": returned_own,
        "signed": lambda c: own_part(lifecycle.signed(c)),
    },
    "financialagreement": {
        "draft": lambda c: agreement(lifecycle.in_preparation(c)),
        "ready": ready_agreement,
        "validated": validated_agreement,
        "returned": returned_agreement,
        "signed": lambda c: agreement(lifecycle.signed(c)),
    },
    "finalactivityreport": {
        "draft": draft_report,
        "submitted": submitted_report,
        "accepted": accepted_report,
        "returned": returned_report,
    },
    "evidence": {"waiting": submitted_evidence, "accepted": accepted_evidence, "returned": returned_evidence},
    "payment": {"due": due_payment, "paid": completion.paid},
    "helprequest": {
        "unconfirmed": unconfirmed_question,
        "open": open_question,
        "answered": answered_question,
        "closed": closed_question,
    },
    "recordedentry": {"submitted": submitted_entry, "accepted": accepted_entry, "returned": returned_entry},
}
