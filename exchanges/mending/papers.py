"""Shared part, own part, Financial Agreement."""

from collections.abc import Iterable

from cxc.ground.addresses import path_of
from cxc.ground.mending import Way, by_moves, says_all, way
from cxc.ground.moves.asking import Ask
from exchanges import places
from exchanges.enums import LOCKED_STATES, ExchangeState
from exchanges.mending.common import (
    AGREEMENT,
    OWN,
    SHARED,
    VISIT,
    back_to_building,
    shared_ways,
    signing_ways,
)
from exchanges.models import Visit
from exchanges.requirements.parties import Body, bodies_with_gaps, hosting_bodies, visiting_bodies
from profiles.mending import address_ways, contract_ways
from profiles.models import Generation, Organisation


def register() -> None:
    """Called when the app is ready."""
    says_all(SHARED, "validated_before")
    says_all(OWN, "validated_before", "substance_kept", "own_unchanged")
    says_all(AGREEMENT, "physical_only", "exchange_is_ongoing", "agreement_open", "cancelled_unpaid", "erasure_due")


@way(SHARED, "hosting_parties_complete")
def _hosting_parties(ask: Ask) -> Iterable[Way]:
    return _contract_ways(*hosting_bodies(ask.thing))


@way(OWN, "visiting_parties_complete")
@way(AGREEMENT, "visiting_parties_complete")
def _visiting_parties(ask: Ask) -> Iterable[Way]:
    return _contract_ways(*visiting_bodies(ask.thing))


def _contract_ways(bodies: list[Body], generation: Generation) -> list[Way]:
    """Where each body enters what documents print of it."""
    return [
        way
        for body in bodies_with_gaps(bodies, generation)
        for way in (address_ways(body) if isinstance(body, Organisation) else contract_ways(body))
    ]


def _visit(ask: Ask) -> Visit:
    found: Visit = getattr(ask.thing, "visit", ask.thing)
    return found


@way(SHARED, "visit_unlocked")
@way(VISIT, "visit_unlocked")
def _unlocked(ask: Ask) -> Iterable[Way]:
    locking = _visit(ask).exchanges.filter(state__in=LOCKED_STATES).first()
    return back_to_building(locking)


@way(SHARED, "visit_in_preparation")
def _in_preparation(ask: Ask) -> Iterable[Way]:
    draft = _visit(ask).exchanges.filter(state=ExchangeState.DRAFT).first()
    return by_moves(draft, ["prepare"], path_of(draft, "state")) if draft else []


@way(SHARED, "shared_complete")
def _shared(ask: Ask) -> Iterable[Way]:
    return by_moves(ask.thing, ["edit"], places.shared_part(ask.thing))


@way(OWN, "exchange_building", "exchange_in_preparation")
@way(AGREEMENT, "exchange_building", "exchange_in_preparation", "agreement_time")
def _building(ask: Ask) -> Iterable[Way]:
    return back_to_building(ask.thing.exchange)


@way(OWN, "own_complete")
def _own(ask: Ask) -> Iterable[Way]:
    return by_moves(ask.thing, ["edit"], places.own_part(ask.thing))


@way(OWN, "agreed_dates_given")
def _dates(ask: Ask) -> Iterable[Way]:
    return by_moves(ask.thing.exchange, ["set_agreed"], places.agreed(ask.thing.exchange, "start"))


@way(OWN, "shared_validated")
def _shared_first(ask: Ask) -> Iterable[Way]:
    return shared_ways(ask.thing.exchange.visit.shared_part_or_none)


@way(OWN, "all_signed")
@way(AGREEMENT, "all_signed")
def _signatures(ask: Ask) -> Iterable[Way]:
    return signing_ways(ask.thing)


@way(AGREEMENT, "amount_right")
def _amount(ask: Ask) -> Iterable[Way]:
    return by_moves(ask.thing, ["set_amount"], places.amount(ask.thing))


@way(AGREEMENT, "payee_given")
def _payee(ask: Ask) -> Iterable[Way]:
    return by_moves(ask.thing, ["edit"], places.agreement(ask.thing))
