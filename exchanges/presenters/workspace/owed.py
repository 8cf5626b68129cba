"""What is owed on a visit: on itself, on its exchanges and on what belongs to them; read once for the whole page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Value

from cxc.access.scoped import Actor
from cxc.todo.items import owed_now
from cxc.todo.models import TodoItem
from cxc.todo.things import Key
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.transitions import kind_of
from exchanges.enums import SHARED, VISIT, VISIT_MOVE, VISIT_MOVE_CONSENT
from exchanges.models import Exchange, Visit, VisitMove, VisitMoveConsent
from exchanges.queries.workspace import ExchangeRecords


@dataclass(frozen=True)
class VisitTodo:
    """The items on a visit, the soonest first, whoever may see them; `mine`: ids of those that wait for the actor.

    exchanges  the exchange to which each thing belongs
    """

    actor: Actor
    deadlines: Deadlines
    items: Sequence[TodoItem]
    mine: frozenset[int]
    exchanges: dict[Key, Exchange]


def todo_of_visit(visit: Visit, records: Iterable[ExchangeRecords], actor: Actor) -> VisitTodo:
    """Of the visit and of these of its exchanges; in a constant number of queries."""
    deadlines = Deadlines()
    exchanges = dict(_things_of_exchanges(records))
    keys = [*_keys_of_visit(visit), *exchanges]
    items = list(TodoItem.objects.on(keys).visible_at(deadlines.now).in_order())
    mine = owed_now(actor, deadlines).filter(pk__in=[item.pk for item in items]).values_list("pk", flat=True)
    return VisitTodo(actor, deadlines, items, frozenset(mine), exchanges)


def _keys_of_visit(visit: Visit) -> Iterable[Key]:
    yield VISIT, visit.pk
    if shared := visit.shared_part_or_none:
        yield SHARED, shared.pk
    moves = VisitMove.objects.filter(visit=visit).order_by()
    consents = VisitMoveConsent.objects.filter(move__visit=visit).order_by()
    named = moves.annotate(_kind=Value(VISIT_MOVE)).values_list("_kind", "pk")
    yield from named.union(consents.annotate(_kind=Value(VISIT_MOVE_CONSENT)).values_list("_kind", "pk"), all=True)


def _things_of_exchanges(records: Iterable[ExchangeRecords]) -> Iterable[tuple[Key, Exchange]]:
    for one in records:
        exchange = one.exchange
        belonging = (
            exchange,
            exchange.own_part_or_none,
            exchange.agreement_or_none,
            exchange.report_or_none,
            exchange.payment_or_none,
            *one.evidence,
        )
        yield from (((kind_of(thing), thing.pk), exchange) for thing in belonging if thing is not None)
