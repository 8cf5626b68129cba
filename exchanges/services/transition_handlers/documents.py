"""What follows a transition for the documents of an exchange: versions, waiting, voided signatures, PDFs.

Rule: docs/rules.md, Commitment to Quality; Financial Agreement; Signatures.
"""

from typing import Any

from django.db.models import F

from cxc.access.scoped import PORTAL
from cxc.workflow import TransitionContext, perform
from cxc.workflow.models import StateEvent
from cxc.workflow.registry import after
from exchanges.enums import FA, VALIDATED_STATES, ExchangeState, PartState
from exchanges.models import DocumentVersion, Exchange, FinancialAgreement, OwnPart, SharedPart, Visit
from exchanges.requirements import documents
from exchanges.services import document_pdfs, document_seals, document_versions, signing_mails
from exchanges.services.working_days import recount

VISIT, EXCHANGE = "exchanges.visit", "exchanges.exchange"
SHARED, OWN = "exchanges.sharedpart", "exchanges.ownpart"
AGREEMENT, REPORT = "exchanges.financialagreement", "exchanges.finalactivityreport"


def event_details(context: TransitionContext, transition: str) -> dict[str, Any]:
    """What the transition's own event says it changed."""
    event = StateEvent.of(context.thing).filter(transition=transition).last()
    return event.details if event else {}


# --- the shared part ---------------------------------------------------------------------------------


@after(SHARED, "revise", order=30)
def set_own_parts_waiting(context: TransitionContext) -> None:
    """Own parts that were validated under the earlier shared part wait for the new one."""
    for own in _own_parts(context.thing, VALIDATED_STATES).exclude(exchange__state=ExchangeState.CANCELLED):
        perform(own, "wait_for_shared", by=PORTAL, timing=context.timing)


@after(SHARED, "validate_as_editorial", order=30)
def keep_own_parts_validated(context: TransitionContext) -> None:
    """Validation and signatures of own parts stay; what changed meanwhile waits for the Support Office."""
    for own in _own_parts(context.thing, (PartState.READY,)):
        _stay_validated(own, context)


@after(SHARED, "send_back", order=30)
def return_own_parts(context: TransitionContext) -> None:
    """Returning the shared part returns all."""
    for own in _own_parts(context.thing, (PartState.READY,)):
        perform(own, "returned_with_shared", by=PORTAL, reason=context.reason, timing=context.timing)


def _own_parts(shared: SharedPart, states: tuple[PartState, ...]) -> Any:
    found = OwnPart.objects.filter(exchange__visit_id=shared.visit_id, state__in=states)
    return found.select_related("exchange").order_by("pk")


def _stay_validated(own: OwnPart, context: TransitionContext) -> None:
    own_context = TransitionContext(own, PORTAL, context.side, context.timing)
    if documents.own_unchanged.unmet(own_context) or documents.substance_unchanged.unmet(own_context):
        return
    perform(own, "stay_validated", by=PORTAL, timing=context.timing, reason=context.reason)


# --- own parts ---------------------------------------------------------------------------------------


@after(OWN, "validate", order=30)
def make_version(context: TransitionContext) -> None:
    """A version of both parts that all four sign."""
    if not context.is_recorded:
        document_versions.make_ctq_version(context.thing, moment=context.now)


@after(OWN, "validate_as_editorial", "stay_validated", order=30)
def make_editorial_version(context: TransitionContext) -> None:
    """It keeps the signatures; with all four the own part is signed at once."""
    if context.is_recorded:
        return
    own = context.thing
    document_versions.make_editorial_version(own, moment=context.now, note=context.reason)
    if not own.parties_still_to_sign():
        perform(own, "complete_signatures", by=PORTAL, timing=context.timing)


@after(OWN, "object_to_editorial", order=30)
def sign_the_version_before(context: TransitionContext) -> None:
    """Signatures given on the voided version itself are missing again."""
    own = context.thing
    if own.state == PartState.SIGNED and own.parties_still_to_sign():
        perform(own, "reopen_signatures", by=PORTAL, timing=context.timing)


@after(OWN, "complete_signatures", order=30)
@after(AGREEMENT, "complete_signatures", order=30)
def seal_signed_version(context: TransitionContext) -> None:
    """What all have signed is sealed."""
    version = context.thing.current_version
    if version is not None:
        document_seals.seal_signed(version)


# --- declined signatures -------------------------------------------------------------------------------


@after(OWN, "decline", order=80)
@after(AGREEMENT, "decline", order=80)
def tell_of_declined_signature(context: TransitionContext) -> None:
    """All parties are told by whom and why, also those who had signed."""
    signing_mails.declined(context.thing, by=context.actor, reason=context.reason)


# --- the agreement and the report ----------------------------------------------------------------------


@after(AGREEMENT, "validate", order=30)
def make_agreement_version(context: TransitionContext) -> None:
    """A version that visitor and Partnership sign, its ceiling frozen."""
    if not context.is_recorded:
        document_versions.make_fa_version(context.thing, moment=context.now)


@after(REPORT, "accept", order=80)
def make_report_version(context: TransitionContext) -> None:
    """A version of the report as it was accepted."""
    if not context.is_recorded:
        document_versions.make_far_version(context.thing, moment=context.now)


@after(AGREEMENT, "erase_iban", order=30)
def drop_unsigned_pdfs(context: TransitionContext) -> None:
    """An unsigned PDF with the IBAN in it goes; a signed one is kept."""
    versions = DocumentVersion.objects.filter(exchange=context.thing.exchange_id, kind=FA)
    for version in versions.filter(pdf__isnull=False, signatures__isnull=True):
        document_pdfs.drop_pdf(version)


# --- what changes under the documents -----------------------------------------------------------------------


@after(VISIT, "change_dates", order=30)
def revise_shared_part_after_changed_dates(context: TransitionContext) -> None:
    """Dates, zone and places are substance; the visit's title is not."""
    visit: Visit = context.thing
    changed = set(event_details(context, "change_dates").get("changed", {}))
    if {"first_day", "last_day"} & changed:
        visit.day_marks.exclude(day__gte=visit.first_day, day__lte=visit.last_day).delete()
    shared = visit.shared_part_or_none
    if not changed - {"title"} or shared is None:
        return
    if shared.state == PartState.VALIDATED:
        perform(shared, "revise", by=PORTAL, timing=context.timing)
    # No signature given before counts for this version, even if it is validated as an editorial one.
    SharedPart.objects.filter(pk=shared.pk).update(substance_version=F("version"))


@after(VISIT, "move_days", order=30)
def revise_shared_part_after_move(context: TransitionContext) -> None:
    """Days are substance."""
    shared = context.thing.shared_part_or_none
    if shared is not None and shared.state == PartState.VALIDATED:
        perform(shared, "revise", by=PORTAL, timing=context.timing)


@after(EXCHANGE, "set_agreed", order=30)
def revise_after_changed_figures(context: TransitionContext) -> None:
    """Other dates: new versions of CTQ and agreement. Another amount: of the agreement."""
    if context.is_recorded:
        return
    changed = event_details(context, "set_agreed")
    _revise_validated(
        context, own=changed["dates_changed"], agreement=changed["dates_changed"] or changed["amount_changed"]
    )


@after(EXCHANGE, "recount", "recount_in_preparation", order=30)
def revise_after_changed_days(context: TransitionContext) -> None:
    """Working days are printed on both documents."""
    transition = "recount" if context.thing.state == ExchangeState.DRAFT else "recount_in_preparation"
    changed = event_details(context, transition)["dates_changed"]
    _revise_validated(context, own=changed, agreement=changed)


@after(EXCHANGE, "raise_ceiling", order=30)
def revise_after_changed_ceiling(context: TransitionContext) -> None:
    """The agreement prints the ceiling that it was frozen with."""
    _revise_validated(context, agreement=True)


@after(EXCHANGE, "allow_one_signatory", order=30)
def print_reason_for_one_signatory(context: TransitionContext) -> None:
    """Make a new version, which prints the reason, of each document that was validated without it and is not signed."""
    exchange: Exchange = context.thing
    own, agreement = exchange.own_part_or_none, exchange.agreement_or_none
    if exchange.state == ExchangeState.ONGOING:
        if agreement is not None and agreement.state == PartState.VALIDATED:
            perform(agreement, "revise_while_ongoing", by=context.actor, reason=context.reason, timing=context.timing)
        return
    for document in (own, agreement):
        if document is not None and document.state == PartState.VALIDATED:
            perform(document, "revise", by=PORTAL, timing=context.timing)


def _revise_validated(context: TransitionContext, *, own: bool = False, agreement: bool = False) -> None:
    """Begin new versions of what was validated; what waits for validation stays ready."""
    exchange: Exchange = context.thing
    part, document = exchange.own_part_or_none, exchange.agreement_or_none
    if own and part is not None and part.state in VALIDATED_STATES:
        perform(part, "revise", by=PORTAL, timing=context.timing)
    if agreement and document is not None and document.state in VALIDATED_STATES:
        perform(document, "revise", by=PORTAL, timing=context.timing)


@after(EXCHANGE, "back_to_draft", order=30)
def return_ready_documents(context: TransitionContext) -> None:
    """In a draft the documents are written, not validated."""
    exchange: Exchange = context.thing
    for document in (exchange.own_part_or_none, exchange.agreement_or_none):
        if document is not None and document.state == PartState.READY:
            perform(document, "send_back", by=context.actor, reason=context.reason, timing=context.timing)


@after(EXCHANGE, "reopen_cancelled", order=30)
def bring_documents_up_to_date(context: TransitionContext) -> None:
    """What happened to the visit while the exchange was cancelled catches up with its documents."""
    exchange: Exchange = context.thing
    own, shared = exchange.own_part_or_none, exchange.visit.shared_part_or_none
    if own is not None and own.state in VALIDATED_STATES and not _is_based_on(own, shared):
        perform(own, "wait_for_shared", by=PORTAL, timing=context.timing)
        if shared is not None and shared.state == PartState.VALIDATED:
            _stay_validated(own, context)
    agreement: FinancialAgreement | None = exchange.agreement_or_none
    if agreement is not None and agreement.iban_erased_at:
        _revise_validated(context, agreement=True)
    recount(exchange)


def _is_based_on(own: OwnPart, shared: SharedPart | None) -> bool:
    version = own.current_version
    return version is None or (
        shared is not None and shared.state == PartState.VALIDATED and version.shared_version == shared.version
    )
