"""Shared part, own part, Financial Agreement."""

from collections.abc import Iterable

from cxc.access.scoped import Side
from cxc.core.links import path_of
from cxc.workflow.mending import Way, by_moves, says_all, way
from cxc.workflow.requirements import TransitionContext
from exchanges import fixes, links
from exchanges.enums import FA_PARTIES, LOCKED_STATES, ExchangeState
from exchanges.mending.common import AGREEMENT, OWN, SHARED, VISIT
from exchanges.models import FinancialAgreement, OwnPart, SharedPart, Visit
from exchanges.requirements.parties import bodies_with_gaps, hosting_bodies, visiting_bodies
from exchanges.requirements.signatories import Bodies, bodies_of, host_bodies
from profiles.mending import address_ways, contract_ways
from profiles.models import Generation, Organisation
from profiles.queries.signatories import SigningBody, without_signatory


def register() -> None:
    """Called when the app is ready."""
    says_all(SHARED, "validated_before")
    says_all(OWN, "validated_before", "substance_unchanged", "own_unchanged")
    says_all(AGREEMENT, "physical_only", "exchange_is_ongoing", "agreement_open", "cancelled_unpaid", "erasure_due")


@way(SHARED, "hosting_parties_complete")
def _hosting_parties(context: TransitionContext) -> Iterable[Way]:
    return _contract_ways(*hosting_bodies(context.thing))


@way(OWN, "visiting_parties_complete")
@way(AGREEMENT, "visiting_parties_complete")
def _visiting_parties(context: TransitionContext) -> Iterable[Way]:
    return _contract_ways(*visiting_bodies(context.thing))


def _contract_ways(bodies: list[SigningBody], generation: Generation) -> list[Way]:
    """Where each body enters what documents print of it."""
    return [
        way
        for body in bodies_with_gaps(bodies, generation)
        for way in (address_ways(body) if isinstance(body, Organisation) else contract_ways(body))
    ]


def _visit(context: TransitionContext) -> Visit:
    found: Visit = getattr(context.thing, "visit", context.thing)
    return found


@way(SHARED, "visit_unlocked")
@way(VISIT, "visit_unlocked")
def _unlocked(context: TransitionContext) -> Iterable[Way]:
    locking = _visit(context).exchanges.filter(state__in=LOCKED_STATES).first()
    return fixes.back_to_building(locking)


@way(SHARED, "visit_in_preparation")
def _in_preparation(context: TransitionContext) -> Iterable[Way]:
    draft = _visit(context).exchanges.filter(state=ExchangeState.DRAFT).first()
    return by_moves(draft, ["prepare"], path_of(draft, "state")) if draft else []


@way(SHARED, "shared_complete")
def _shared(context: TransitionContext) -> Iterable[Way]:
    return by_moves(context.thing, ["edit"], links.shared_part(context.thing))


@way(OWN, "exchange_is_editable", "exchange_in_preparation")
@way(AGREEMENT, "exchange_is_editable", "exchange_in_preparation", "agreement_can_be_validated")
def _building(context: TransitionContext) -> Iterable[Way]:
    return fixes.back_to_building(context.thing.exchange)


@way(OWN, "own_complete")
def _own(context: TransitionContext) -> Iterable[Way]:
    return by_moves(context.thing, ["edit"], links.own_part(context.thing))


@way(OWN, "agreed_dates_given")
def _dates(context: TransitionContext) -> Iterable[Way]:
    return by_moves(context.thing.exchange, ["set_agreed"], links.agreed_figures(context.thing.exchange, "start"))


@way(OWN, "shared_validated")
def _shared_first(context: TransitionContext) -> Iterable[Way]:
    return fixes.next_word_on_shared(context.thing.exchange.visit.shared_part_or_none)


@way(OWN, "all_signed")
@way(AGREEMENT, "all_signed")
def _signatures(context: TransitionContext) -> Iterable[Way]:
    return fixes.signing(context.thing)


@way(SHARED, "host_signatories_named")
def _host_signatories(context: TransitionContext) -> Iterable[Way]:
    return _naming(context.thing, host_bodies(context.thing.visit))


@way(OWN, "visitor_signatories_named")
@way(AGREEMENT, "visitor_signatories_named")
def _visitor_signatories(context: TransitionContext) -> Iterable[Way]:
    return _naming(context.thing, bodies_of(context.thing.exchange, FA_PARTIES))


@way(OWN, "signatories_differ")
@way(AGREEMENT, "signatories_differ")
def _different_signatories(context: TransitionContext) -> Iterable[Way]:
    exchange = context.thing.exchange
    allowing = by_moves(exchange, ["allow_one_signatory"], links.allowing_one_signatory(exchange))
    return [*_members(context.thing, bodies_of(exchange, context.thing.PARTIES)), *allowing]


def _naming(part: SharedPart | OwnPart | FinancialAgreement, bodies: Bodies) -> list[Way]:
    """The bodies that have named nobody yet."""
    missing = without_signatory(bodies)
    return _members(part, {body: party for body, party in bodies.items() if body in missing})


def _members(part: SharedPart | OwnPart | FinancialAgreement, bodies: Bodies) -> list[Way]:
    """Each body names its own signatories, on the page of its members."""
    return [Way(part, (Side(party.value),), links.team(body)) for body, party in bodies.items()]


@way(AGREEMENT, "amount_is_valid")
def _amount(context: TransitionContext) -> Iterable[Way]:
    return by_moves(context.thing, ["set_amount"], links.amount(context.thing))


@way(AGREEMENT, "payee_given")
def _payee(context: TransitionContext) -> Iterable[Way]:
    return by_moves(context.thing, ["edit"], links.agreement(context.thing))
