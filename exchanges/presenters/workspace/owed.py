"""What is owed on a visit: on itself, on its exchanges and on what belongs to them; read once for the whole page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from cxc.access.scoped import Actor
from cxc.todo.models import TodoItem
from cxc.todo.stored import items_on
from cxc.todo.things import Key, things_of
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.transitions import kind_of
from exchanges.enums import EVIDENCE, VISIT
from exchanges.models import Exchange, Visit
from exchanges.queries.workspace import ExchangeRecords


@dataclass(frozen=True)
class VisitTodo:
    """The items on a visit, the soonest first, whoever may see them; `mine`: ids of those that wait for the actor.

    exchanges  the exchange to which each thing belongs
    things     what is owed on was read already, by kind and id
    """

    actor: Actor
    deadlines: Deadlines
    items: Sequence[TodoItem]
    mine: frozenset[int]
    exchanges: Mapping[Key, Exchange]
    things: Mapping[Key, Any]


def todo_of_visit(visit: Visit, records: Iterable[ExchangeRecords], actor: Actor) -> VisitTodo:
    """Of the visit and of these of its exchanges; in a constant number of queries."""
    deadlines = Deadlines()
    exchanges, things = _of_exchanges(records)
    things |= _by_key(_of_visit(visit))
    keys = [(VISIT, visit.pk), *things, *exchanges]
    items = items_on(set(keys), actor, deadlines.now)
    mine = frozenset(item.pk for item in items if item.is_mine)
    missing = {item.key for item in items} - things.keys()
    return VisitTodo(actor, deadlines, items, mine, exchanges, {**things, **things_of(missing)})


def _of_visit(visit: Visit) -> Iterable[Any]:
    """Its shared part, its moves, and the consents to them."""
    prefetch_related_objects([visit], "moves__consents")
    moves = visit.moves.all()
    return (visit.shared_part_or_none, *moves, *(consent for move in moves for consent in move.consents.all()))


def _by_key(things: Iterable[Any]) -> dict[Key, Any]:
    return {(kind_of(thing), thing.pk): thing for thing in things if thing is not None}


def _of_exchanges(records: Iterable[ExchangeRecords]) -> tuple[dict[Key, Exchange], dict[Key, Any]]:
    """The exchange of each thing, and the things themselves; a piece of evidence is known by its id alone."""
    exchanges: dict[Key, Exchange] = {}
    things: dict[Key, Any] = {}
    for one in records:
        found = one.exchange
        parts = (found.own_part_or_none, found.agreement_or_none, found.report_or_none, found.payment_or_none)
        own = _by_key((found, *parts))
        things |= own
        exchanges |= dict.fromkeys([*own, *((EVIDENCE, pk) for pk in one.evidence)], found)
    return exchanges, things
