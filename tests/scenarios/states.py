"""One thing in each of its states, each built once by its transitions."""

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
    RecordedSubmission,
    SharedPart,
    Visit,
    VisitMove,
    VisitMoveConsent,
)
from exchanges.services import recorded_submissions
from helpdesk.models import HelpRequest
from helpdesk.services.messages import write_message
from helpdesk.services.questions import ask_question, ask_question_as_visitor
from matching.models import Match
from profiles.models import Profile, Sector
from tests.factories.cache import cached
from tests.factories.parties import Parties
from tests.factories.recorded import recorded_exchange
from tests.scenarios import completion, lifecycle, open_visits, visit_moves
from tests.scenarios.completion import AFTER
from tests.scenarios.lifecycle import NOW

Builder = Callable[[Parties], StatefulModel]


# --- profiles and matches ---------------------------------------------------------------------------


@cached
def draft_profile(parties: Parties) -> Profile:
    return lifecycle.draft(parties.visitor, parties.vop, parties.vo)


@cached
def submitted_profile(parties: Parties) -> Profile:
    return perform(draft_profile(parties), "submit", by=parties.vo)


@cached
def published_profile(parties: Parties) -> Profile:
    return perform(submitted_profile(parties), "publish", by=parties.vop_coordinator)


@cached
def refused_profile(parties: Parties) -> Profile:
    return perform(submitted_profile(parties), "refuse", by=parties.vop_coordinator, reason="No.")


@cached
def archived_profile(parties: Parties) -> Profile:
    return perform(draft_profile(parties), "archive_draft", by=parties.vo)


@cached
def declined_match(parties: Parties) -> Match:
    return perform(lifecycle.proposed(parties), "host_no", by=parties.ho, reason="Not this year.")


@cached
def withdrawn_match(parties: Parties) -> Match:
    return perform(lifecycle.proposed(parties), "withdraw", by=parties.vo, reason="Another host.")


@cached
def cancelled_match(parties: Parties) -> Match:
    return perform(lifecycle.confirmed(parties), "cancel", by=parties.vop_coordinator, reason="No date found.")


@cached
def expired_match(parties: Parties) -> Match:
    match = lifecycle.proposed(parties)
    with clock.at(NOW + timedelta(days=22)):
        return perform(match, "expire", by=PORTAL)


@cached
def completed_match(parties: Parties) -> Match:
    return Match.objects.get(pk=completion.closed(parties).match_id)


# --- visits and exchanges ---------------------------------------------------------------------------


@cached
def planned_visit(parties: Parties) -> Visit:
    """Without an exchange, led by the visitor's Partnership."""
    return lifecycle.visit(lifecycle.confirmed(parties), parties.vop_coordinator)


@cached
def prepared_exchange(parties: Parties) -> Exchange:
    """In preparation with nothing missing."""
    made = lifecycle.signed(parties)
    figures = {"start": made.agreed_start, "end": made.agreed_end, "lump_sum": made.agreed_lump_sum}
    return perform(made, "set_agreed", by=parties.vop_coordinator, sector=Sector.objects.first(), **figures)


@cached
def cancelled_exchange(parties: Parties) -> Exchange:
    return perform(lifecycle.in_preparation(parties), "cancel", by=parties.vop_coordinator, reason="Ill.")


# --- moves of visits --------------------------------------------------------------------------------


@cached
def asked_move(parties: Parties) -> VisitMove:
    """By the visitor's Partnership, which leads the visit: the host still has to answer."""
    return visit_moves.ask(lifecycle.in_preparation(parties).visit, parties.vop_coordinator)


@cached
def agreed_move(parties: Parties) -> VisitMove:
    return visit_moves.agree(asked_move(parties), parties.ho)


@cached
def carried_out_move(parties: Parties) -> VisitMove:
    return perform(agreed_move(parties), "carry_out", by=parties.vop_coordinator)


@cached
def refused_move(parties: Parties) -> VisitMove:
    return VisitMove.objects.get(pk=refused_consent(parties).move_id)


@cached
def withdrawn_move(parties: Parties) -> VisitMove:
    return perform(asked_move(parties), "withdraw", by=parties.vop_coordinator, reason="Not needed.")


@cached
def expired_move(parties: Parties) -> VisitMove:
    return perform(asked_move(parties), "expire", by=PORTAL, reason="Too near.")


@cached
def asked_consent(parties: Parties) -> VisitMoveConsent:
    return asked_move(parties).consents.get(organisation=parties.host)


@cached
def agreed_consent(parties: Parties) -> VisitMoveConsent:
    return agreed_move(parties).consents.get(organisation=parties.host)


@cached
def refused_consent(parties: Parties) -> VisitMoveConsent:
    return perform(asked_consent(parties), "refuse", by=parties.ho, reason="We are away.")


# --- papers -----------------------------------------------------------------------------------------


@cached
def draft_shared(parties: Parties) -> SharedPart:
    return SharedPart.objects.get(visit=lifecycle.in_preparation(parties).visit_id)


@cached
def ready_shared(parties: Parties) -> SharedPart:
    return lifecycle.submitted_shared_part(parties, draft_shared(parties).visit)


@cached
def validated_shared(parties: Parties) -> SharedPart:
    return perform(ready_shared(parties), "validate", by=parties.so)


@cached
def returned_shared(parties: Parties) -> SharedPart:
    return perform(ready_shared(parties), "send_back", by=parties.so, reason="Who leads on Tuesday?")


def own_part(of: Exchange) -> OwnPart:
    return OwnPart.objects.get(exchange=of)


@cached
def ready_own(parties: Parties) -> OwnPart:
    exchange = lifecycle.in_preparation(parties)
    perform(lifecycle.submitted_shared_part(parties, exchange.visit), "validate", by=parties.so)
    return lifecycle.submitted_own_part(parties, exchange)


@cached
def returned_own(parties: Parties) -> OwnPart:
    return perform(ready_own(parties), "send_back", by=parties.so, reason="Too short.")


def agreement(of: Exchange) -> FinancialAgreement:
    return FinancialAgreement.objects.get(exchange=of)


@cached
def ready_agreement(parties: Parties) -> FinancialAgreement:
    return lifecycle.submitted_agreement(parties, lifecycle.in_preparation(parties))


@cached
def validated_agreement(parties: Parties) -> FinancialAgreement:
    return agreement(lifecycle.validated_documents(parties, lifecycle.in_preparation(parties)))


@cached
def returned_agreement(parties: Parties) -> FinancialAgreement:
    return perform(ready_agreement(parties), "send_back", by=parties.so, reason="Whose account?")


# --- after the stay -----------------------------------------------------------------------------------


@cached
def draft_report(parties: Parties) -> FinalActivityReport:
    """Filled in, its exchange ongoing; it can be submitted once the stay has ended."""
    report = FinalActivityReport.objects.get(exchange=lifecycle.ongoing(parties))
    return perform(report, "edit", by=parties.vo, version_read=report.row_version, fields=completion.REPORT)


@cached
def submitted_report(parties: Parties) -> FinalActivityReport:
    exchange = lifecycle.ongoing(parties)
    with clock.at(AFTER):
        return completion.report_submitted(parties, exchange)


@cached
def accepted_report(parties: Parties) -> FinalActivityReport:
    report = submitted_report(parties)
    with clock.at(AFTER):
        return perform(report, "accept", by=parties.vop_coordinator)


@cached
def returned_report(parties: Parties) -> FinalActivityReport:
    report = submitted_report(parties)
    with clock.at(AFTER):
        return perform(report, "send_back", by=parties.vop_coordinator, reason="Which contacts?")


@cached
def submitted_evidence(parties: Parties) -> Evidence:
    return completion.submitted_evidence(lifecycle.ongoing(parties), parties.vo)


@cached
def accepted_evidence(parties: Parties) -> Evidence:
    return completion.accepted_evidence(submitted_evidence(parties), parties.vop_coordinator)


@cached
def returned_evidence(parties: Parties) -> Evidence:
    return perform(submitted_evidence(parties), "send_back", by=parties.vop_coordinator, reason="Not legible.")


@cached
def due_payment(parties: Parties) -> Payment:
    return Payment.objects.get(exchange=completion.closed(parties))


@cached
def recorded_submission(parties: Parties) -> RecordedSubmission:
    """What the visitor's Partnership hands in of an exchange of the year before."""
    return recorded_submissions.hand_in(
        parties.vop, recorded_exchange(parties), source="Our files", by=parties.vop_coordinator
    )


@cached
def accepted_entry(parties: Parties) -> RecordedSubmission:
    return perform(recorded_submission(parties), "accept", by=parties.so)


@cached
def returned_entry(parties: Parties) -> RecordedSubmission:
    return perform(recorded_submission(parties), "send_back", by=parties.so, reason="Which sector?")


# --- questions ----------------------------------------------------------------------------------------


@cached
def unconfirmed_question(_parties: Parties) -> HelpRequest:
    return ask_question_as_visitor(name="Ana", email="ana@test.example", subject="Who?", text="May we?")


@cached
def open_question(parties: Parties) -> HelpRequest:
    """By the visitor about its published profile: its Partnership answers."""
    return ask_question(by=parties.vo, subject="When?", text="By when?", about=published_profile(parties))


@cached
def answered_question(parties: Parties) -> HelpRequest:
    return write_message(open_question(parties), by=parties.vop_coordinator, text="By May.").request


@cached
def closed_question(parties: Parties) -> HelpRequest:
    return perform(answered_question(parties), "close", by=parties.vo)


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
        "proposed, by the host's Partnership": lambda parties: lifecycle.proposed(parties, by=parties.hop_coordinator),
        "confirmed": lifecycle.confirmed,
        "completed": completed_match,
        "declined": declined_match,
        "withdrawn": withdrawn_match,
        "expired": expired_match,
        "cancelled": cancelled_match,
    },
    "visit": {"planned": planned_visit, "open": open_visits.open_visit_led_by_visitors_partnership},
    "visitmove": {
        "asked": asked_move,
        "agreed": agreed_move,
        "carried_out": carried_out_move,
        "refused": refused_move,
        "withdrawn": withdrawn_move,
        "expired": expired_move,
    },
    "visitmoveconsent": {
        "asked": asked_consent,
        "agreed": agreed_consent,
        "refused": refused_consent,
    },
    "waitinglistentry": {
        "waiting": open_visits.waiting_entry,
        "offered": open_visits.offered_entry,
        "left": lambda parties: perform(open_visits.waiting_entry(parties), "leave", by=parties.vo),
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
        "draft": lambda parties: own_part(lifecycle.in_preparation(parties)),
        "ready": ready_own,
        "validated": lambda parties: own_part(
            lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
        ),
        "returned": returned_own,
        "signed": lambda parties: own_part(lifecycle.signed(parties)),
    },
    "financialagreement": {
        "draft": lambda parties: agreement(lifecycle.in_preparation(parties)),
        "ready": ready_agreement,
        "validated": validated_agreement,
        "returned": returned_agreement,
        "signed": lambda parties: agreement(lifecycle.signed(parties)),
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
    "recordedsubmission": {"submitted": recorded_submission, "accepted": accepted_entry, "returned": returned_entry},
}
