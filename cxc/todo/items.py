"""An actor's to-do list: the stored items, and rows from sources registered for what has no stored item."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from cxc.access.scoped import Actor, Side
from cxc.core.folding import by_name
from cxc.core.moments import local_day
from cxc.todo.models import TodoItem, TodoItemQuerySet, by_task, is_owed_by
from cxc.todo.returns import with_returned_at
from cxc.todo.rows import TodoRow
from cxc.todo.subjects import Declaration, HoldsUp, TodoSubject, by_code, subjects
from cxc.todo.things import Key, ids_by_kind, things_of
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.todo import Needs

Source = Callable[[Actor, Deadlines], Iterable[TodoRow]]

_sources: list[Source] = []


def source(function: Source) -> Source:
    """Add rows of what belongs to no thing (a first profile, an invitation); in a constant number of queries."""
    if function not in _sources:
        _sources.append(function)
    return function


@dataclass(frozen=True)
class TodoList:
    """The first rows of what waits for an actor, with how many there are in all and how many of them are late.

    things  what was read for it, by kind and id
    """

    rows: Sequence[TodoRow]
    number: int
    late: int
    things: Mapping[Key, Any]


def todo_of(
    actor: Actor, deadlines: Deadlines | None = None, *, most: int | None = None, read_too: Iterable[Key] = ()
) -> TodoList:
    """What waits for the actor: the soonest first, so the late ones, then those without a date; `most` rows of it.

    `read_too`: other things that the page shows, read together with those of the rows.
    """
    deadlines = deadlines or Deadlines()
    others = [row for ask in _sources for row in ask(actor, deadlines)]
    stored = owed_now(actor, deadlines)
    items = list(with_returned_at(stored.in_order())[:most])
    things = things_of([*(item.key for item in items), *read_too])
    rows = [*_rows(items, things, actor, deadlines), *others]
    rows.sort(key=lambda row: (row.due or date.max, row.order, by_name(row.thing), by_name(row.title)))
    if most is None or len(rows) < most:
        return TodoList(rows, len(rows), sum(row.is_late for row in rows), things)
    counted = stored.aggregate(number=Count("pk"), late=Count("pk", filter=Q(overdue_from__lte=deadlines.now)))
    late = sum(row.is_late for row in others)
    return TodoList(rows[:most], counted["number"] + len(others), counted["late"] + late, things)


def items_for(actor: Actor, deadlines: Deadlines | None = None) -> Sequence[TodoRow]:
    """All that waits for the actor, in order."""
    return todo_of(actor, deadlines).rows


def owed_now(actor: Actor, deadlines: Deadlines) -> TodoItemQuerySet:
    """The stored items that wait for this actor now."""
    if not actor.is_signed_in:
        return TodoItem.objects.none()
    found: TodoItemQuerySet = TodoItem.objects.filter(is_owed_by(actor), _open_to(actor)).visible_at(deadlines.now)
    return found


def with_is_mine(items: TodoItemQuerySet, actor: Actor) -> Any:
    """The items, each with `is_mine`: whether it waits for the actor. It takes no query of its own."""
    return items.annotate(is_mine=is_owed_by(actor) & _open_to(actor))


def _open_to(actor: Actor) -> Q:
    """Signing is for signatories, and for those who enter the scan; what is a person's own is theirs at any rank."""
    listed = [one for _subject, one in by_code().values() if one.is_listed]
    if not actor.may_write:
        listed = [one for one in listed if actor.signatory and one.todo.needs is Needs.SIGN]
    return Q(code__in=[one.todo.code for one in listed]) | Q(principal=TodoItem.PERSON)


def _rows(items: Iterable[Any], things: Mapping[Key, Any], actor: Actor, deadlines: Deadlines) -> list[TodoRow]:
    known = by_code()
    return [
        _row(item, *known[item.code], things[item.key], actor, deadlines)
        for item in items
        if item.code in known and item.key in things
    ]


def _row(item: Any, subject: TodoSubject, one: Declaration, thing: Any, actor: Actor, deadlines: Deadlines) -> TodoRow:
    zone = subject.zone(thing)
    return TodoRow(
        title=str(one.label),
        thing=subject.label(thing),
        url=one.todo.path(thing, actor),
        group=str(subject.group),
        due=item.due,
        is_late=item.is_overdue_at(deadlines.now),
        order=(item.queue_day or date.max, item.since.timestamp() if item.since else 0.0),
        name=item.code,
        days_left=(item.due - deadlines.today(zone)).days if item.due is not None else None,
        is_optional=one.todo.optional,
        key=f"{item.code}-{item.kind}-{item.thing_id}",
        returned_on=local_day(item.returned_at, zone) if item.returned_at else None,
    )


@dataclass(frozen=True)
class Holder:
    """What one thing waits for: what is owed, by which sides, and whether it waits for the actor.

    returned_at  when what is to be handed in was returned (UTC); None where it was not
    """

    label: Any
    sides: tuple[Side, ...]
    is_mine: bool
    code: str = ""
    returned_at: datetime | None = None


def holders_of(keys: Iterable[Key], actor: Actor, deadlines: Deadlines) -> dict[Key, list[Holder]]:
    """What these things (kind and id) wait for, whoever owes it: on themselves and on what belongs to them."""
    ids = ids_by_kind(keys)
    held = {(kind, pk): [(kind, pk)] for kind, pks in ids.items() for pk in pks}
    pairs = [
        _held_by(subject, subject.holds_up, ids, actor)
        for subject in subjects()
        if subject.holds_up is not None and subject.holds_up.kind in ids
    ]
    for kind, pk, of_kind, held_id in pairs[0].union(*pairs[1:], all=True) if pairs else ():
        held.setdefault((kind, pk), []).append((of_kind, held_id))
    return _holders(held, actor, deadlines)


def _held_by(subject: TodoSubject, holds: HoldsUp, ids: Mapping[str, set[int]], actor: Actor) -> QuerySet:
    """A thing of the subject on which the actor sees what is owed, and one of these that it holds up: kinds and ids."""
    seen = subject.model.objects.visible_to(actor, subject.permission, few=True)
    rows = seen.filter(**{f"{holds.path}__in": ids[holds.kind]}, **holds.only).order_by()
    return rows.annotate(_kind=Value(subject.kind), _of=Value(holds.kind)).values_list("_kind", "pk", "_of", holds.path)


def _holders(held: dict[Key, list[Key]], actor: Actor, deadlines: Deadlines) -> dict[Key, list[Holder]]:
    if not held:
        return {}
    known = by_code()
    blocking = [code for code, (_subject, one) in known.items() if one.is_listed and one.todo.blocks]
    items = TodoItem.objects.on(held).visible_at(deadlines.now).filter(code__in=blocking)
    grouped = by_task(with_returned_at(with_is_mine(items, actor)))
    found: dict[Key, list[Holder]] = defaultdict(list)
    order = list(known)
    for (kind, pk, code), rows in sorted(grouped.items(), key=lambda one: order.index(one[0][2])):
        label = known[code][1].label
        sides, is_mine = tuple(Side(row.side) for row in rows), any(row.is_mine for row in rows)
        holder = Holder(label, sides, is_mine, code, rows[0].returned_at)
        for key in held[kind, pk]:
            found[key].append(holder)
    return found
