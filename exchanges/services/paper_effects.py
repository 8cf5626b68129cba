"""What follows a move for the papers of an exchange: versions, waiting, voided signatures, PDFs.

Rule: lifecycles, CTQ, Financial Agreement and Signatures.
"""

from typing import Any

from cxc.access.scoped import PORTAL
from cxc.ground.models import StateEvent
from cxc.workflow import Ask, perform
from cxc.workflow.registry import after
from exchanges.enums import STANDING_STATES, ExchangeState, PartState
from exchanges.models import Exchange, FinancialAgreement, OwnPart, SharedPart, Visit
from exchanges.requirements import papers
from exchanges.services import documents, versions
from exchanges.services.recounting import recount

VISIT, EXCHANGE = "exchanges.visit", "exchanges.exchange"
SHARED, OWN = "exchanges.sharedpart", "exchanges.ownpart"
AGREEMENT, REPORT = "exchanges.financialagreement", "exchanges.finalactivityreport"


def details_of(ask: Ask, transition: str) -> dict[str, Any]:
    """What the move's own event says it changed."""
    event = StateEvent.of(ask.thing).filter(transition=transition).last()
    return event.details if event else {}


# --- the shared part ---------------------------------------------------------------------------------


@after(SHARED, "revise", order=30)
def own_parts_wait(ask: Ask) -> None:
    """Own parts that were validated under the earlier shared part wait for the new one."""
    for own in _own_parts(ask.thing, STANDING_STATES).exclude(exchange__state=ExchangeState.CANCELLED):
        perform(own, "wait_for_shared", by=PORTAL, occasion=ask.occasion)


@after(SHARED, "validate_as_editorial", order=30)
def own_parts_stay_validated(ask: Ask) -> None:
    """Validation and signatures of own parts stay; what changed meanwhile waits for the Support Office."""
    for own in _own_parts(ask.thing, (PartState.READY,)):
        _stay_validated(own, ask)


@after(SHARED, "send_back", order=30)
def own_parts_come_back(ask: Ask) -> None:
    """Returning the shared part returns all."""
    for own in _own_parts(ask.thing, (PartState.READY,)):
        perform(own, "returned_with_shared", by=PORTAL, reason=ask.reason, occasion=ask.occasion)


def _own_parts(shared: SharedPart, states: tuple[PartState, ...]) -> Any:
    found = OwnPart.objects.filter(exchange__visit_id=shared.visit_id, state__in=states)
    return found.select_related("exchange").order_by("pk")


def _stay_validated(own: OwnPart, ask: Ask) -> None:
    asking = Ask(own, PORTAL, ask.side, ask.occasion)
    if papers.own_unchanged.missing(asking) or papers.substance_kept.missing(asking):
        return
    perform(own, "stay_validated", by=PORTAL, occasion=ask.occasion, reason=ask.reason)


# --- own parts ---------------------------------------------------------------------------------------


@after(OWN, "validate", order=30)
def make_version(ask: Ask) -> None:
    """A version of both parts that all four sign."""
    if not ask.is_recorded:
        versions.make_ctq_version(ask.thing, moment=ask.now)


@after(OWN, "validate_as_editorial", "stay_validated", order=30)
def make_editorial_version(ask: Ask) -> None:
    """It keeps the signatures; with all four the own part is signed at once."""
    if ask.is_recorded:
        return
    own = ask.thing
    versions.make_editorial_version(own, moment=ask.now, note=ask.reason)
    if not own.missing_signature_labels():
        perform(own, "complete_signatures", by=PORTAL, occasion=ask.occasion)


# --- the agreement and the report ----------------------------------------------------------------------


@after(AGREEMENT, "validate", order=30)
def make_agreement_version(ask: Ask) -> None:
    """A version that visitor and Partnership sign, its ceiling frozen."""
    if not ask.is_recorded:
        versions.make_fa_version(ask.thing, moment=ask.now)


@after(REPORT, "accept", order=80)
def make_report(ask: Ask) -> None:
    """The accepted report's PDF."""
    if not ask.is_recorded:
        documents.queue(ask.thing)


@after(AGREEMENT, "erase_iban", order=30)
def drop_unsigned_papers(ask: Ask) -> None:
    """An unsigned PDF with the IBAN in it goes; a signed one is kept."""
    for version in ask.thing.versions.filter(pdf__isnull=False, signatures__isnull=True):
        documents.drop_pdf(version)


# --- what changes under the papers -----------------------------------------------------------------------


@after(VISIT, "edit_frame", order=30)
def frame_changed(ask: Ask) -> None:
    """Dates, zone and places are substance; the visit's title is not."""
    visit: Visit = ask.thing
    changed = set(details_of(ask, "edit_frame").get("changed", {}))
    if {"first_day", "last_day"} & changed:
        visit.day_marks.exclude(day__gte=visit.first_day, day__lte=visit.last_day).delete()
    shared = visit.shared_part_or_none
    if changed - {"title"} and shared is not None and shared.state == PartState.VALIDATED:
        perform(shared, "revise", by=PORTAL, occasion=ask.occasion)


@after(EXCHANGE, "set_agreed", order=30)
def agreed_changed(ask: Ask) -> None:
    """Other dates: new versions of CTQ and agreement. Another amount: of the agreement."""
    if ask.is_recorded:
        return
    changed = details_of(ask, "set_agreed")
    _void(ask, own=changed["dates_changed"], agreement=changed["dates_changed"] or changed["amount_changed"])


@after(EXCHANGE, "recount", "recount_in_preparation", order=30)
def days_changed(ask: Ask) -> None:
    """Working days are printed on both papers."""
    transition = "recount" if ask.thing.state == ExchangeState.DRAFT else "recount_in_preparation"
    changed = details_of(ask, transition)["dates_changed"]
    _void(ask, own=changed, agreement=changed)


@after(EXCHANGE, "raise_ceiling", order=30)
def ceiling_changed(ask: Ask) -> None:
    """The agreement prints the ceiling that it was frozen with."""
    _void(ask, agreement=True)


@after(EXCHANGE, "allow_one_signatory", order=30)
def print_reason_for_one_signatory(ask: Ask) -> None:
    """Make a new version, which prints the reason, of each document that was validated without it and is not signed."""
    exchange: Exchange = ask.thing
    own, agreement = exchange.own_part_or_none, exchange.agreement_or_none
    if exchange.state == ExchangeState.ONGOING:
        if agreement is not None and agreement.state == PartState.VALIDATED:
            perform(agreement, "revise_while_ongoing", by=ask.actor, reason=ask.reason, occasion=ask.occasion)
        return
    for paper in (own, agreement):
        if paper is not None and paper.state == PartState.VALIDATED:
            perform(paper, "revise", by=PORTAL, occasion=ask.occasion)


def _void(ask: Ask, *, own: bool = False, agreement: bool = False) -> None:
    """Begin new versions of what was validated; what waits for validation stays ready."""
    exchange: Exchange = ask.thing
    part, paper = exchange.own_part_or_none, exchange.agreement_or_none
    if own and part is not None and part.state in STANDING_STATES:
        perform(part, "revise", by=PORTAL, occasion=ask.occasion)
    if agreement and paper is not None and paper.state in STANDING_STATES:
        perform(paper, "revise", by=PORTAL, occasion=ask.occasion)


@after(EXCHANGE, "back_to_draft", order=30)
def take_back_what_is_ready(ask: Ask) -> None:
    """In a draft the papers are written, not validated."""
    exchange: Exchange = ask.thing
    for paper in (exchange.own_part_or_none, exchange.agreement_or_none):
        if paper is not None and paper.state == PartState.READY:
            perform(paper, "send_back", by=ask.actor, reason=ask.reason, occasion=ask.occasion)


@after(EXCHANGE, "reopen_cancelled", order=30)
def everything_checked_again(ask: Ask) -> None:
    """What happened to the visit while the exchange was cancelled catches up with its papers."""
    exchange: Exchange = ask.thing
    own, shared = exchange.own_part_or_none, exchange.visit.shared_part_or_none
    if own is not None and own.state in STANDING_STATES and not _stands_on(own, shared):
        perform(own, "wait_for_shared", by=PORTAL, occasion=ask.occasion)
        if shared is not None and shared.state == PartState.VALIDATED:
            _stay_validated(own, ask)
    agreement: FinancialAgreement | None = exchange.agreement_or_none
    if agreement is not None and agreement.iban_erased_at:
        _void(ask, agreement=True)
    recount(exchange)


def _stands_on(own: OwnPart, shared: SharedPart | None) -> bool:
    version = own.current_version
    return version is None or (
        shared is not None and shared.state == PartState.VALIDATED and version.shared_version == shared.version
    )
