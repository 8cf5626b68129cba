"""An actor's to-do list: the stored items, and rows from sources registered for what has no stored item."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from cxc.access.scoped import Actor, Side
from cxc.core.folding import by_name
from cxc.core.moments import local_day
from cxc.todo.models import TodoItem, TodoItemQuerySet, by_task
from cxc.todo.returns import with_returned_at
from cxc.todo.rows import TodoRow
from cxc.todo.subjects import Declaration, HoldsUp, TodoSubject, by_code, subjects
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.todo import Needs

Source = Callable[[Actor, Deadlines], Iterable[TodoRow]]

Key = tuple[str, int]

_sources: list[Source] = []


def source(function: Source) -> Source:
    """Add rows of what belongs to no thing (a first profile, an invitation); in a constant number of queries."""
    if function not in _sources:
        _sources.append(function)
    return function


@dataclass(frozen=True)
class TodoList:
    """The first rows of what waits for an actor, with how many there are in all and how many of them are late."""

    rows: Sequence[TodoRow]
    number: int
    late: int


def todo_of(actor: Actor, deadlines: Deadlines | None = None, *, most: int | None = None) -> TodoList:
    """What waits for the actor: the soonest first, so the late ones, then those without a date; `most` rows of it."""
    deadlines = deadlines or Deadlines()
    others = [row for ask in _sources for row in ask(actor, deadlines)]
    stored = owed_now(actor, deadlines)
    rows = [*_rows(with_returned_at(stored.in_order())[:most], actor, deadlines), *others]
    rows.sort(key=lambda row: (row.due or date.max, row.order, by_name(row.thing), by_name(row.title)))
    if most is None or len(rows) < most:
        return TodoList(rows, len(rows), sum(row.is_late for row in rows))
    counted = stored.aggregate(number=Count("pk"), late=Count("pk", filter=Q(overdue_from__lte=deadlines.now)))
    late = sum(row.is_late for row in others)
    return TodoList(rows[:most], counted["number"] + len(others), counted["late"] + late)


def items_for(actor: Actor, deadlines: Deadlines | None = None) -> Sequence[TodoRow]:
    """All that waits for the actor, in order."""
    return todo_of(actor, deadlines).rows


def owed_now(actor: Actor, deadlines: Deadlines) -> TodoItemQuerySet:
    """The stored items that wait for this actor now."""
    if not actor.is_signed_in:
        return TodoItem.objects.none()
    found: TodoItemQuerySet = TodoItem.objects.owed_by(actor).visible_at(deadlines.now).filter(_open_to(actor))
    return found


def _open_to(actor: Actor) -> Q:
    """Signing is for signatories, and for those who enter the scan; what is a person's own is theirs at any rank."""
    listed = [one for _subject, one in by_code().values() if one.is_listed]
    if not actor.may_write:
        listed = [one for one in listed if actor.signatory and one.todo.needs is Needs.SIGN]
    return Q(code__in=[one.todo.code for one in listed]) | Q(principal=TodoItem.PERSON)


def _rows(items: Iterable[Any], actor: Actor, deadlines: Deadlines) -> list[TodoRow]:
    known, found = by_code(), list(items)
    things = things_of(found)
    return [
        _row(item, *known[item.code], things[item.kind, item.thing_id], actor, deadlines)
        for item in found
        if item.code in known and (item.kind, item.thing_id) in things
    ]


def things_of(items: Iterable[TodoItem]) -> dict[Key, Any]:
    """The things of these items, as their labels and links need them; a constant number of queries for each kind."""
    ids: dict[str, set[int]] = defaultdict(set)
    for item in items:
        ids[item.kind].add(item.thing_id)
    found: dict[Key, Any] = {}
    for subject in subjects():
        if missing := {pk for pk in ids.get(subject.kind, ()) if (subject.kind, pk) not in found}:
            found |= {(subject.kind, pk): thing for pk, thing in subject.to_show(missing).items()}
    return found


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
    ids: dict[str, set[int]] = defaultdict(set)
    for kind, pk in keys:
        ids[kind].add(pk)
    held = {(kind, pk): [(kind, pk)] for kind, pks in ids.items() for pk in pks}
    pairs = [_held_by(subject, subject.holds_up, ids, actor) for subject in subjects() if subject.holds_up is not None]
    for kind, pk, of_kind, held_id in pairs[0].union(*pairs[1:], all=True) if pairs and ids else ():
        held.setdefault((kind, pk), []).append((of_kind, held_id))
    return _holders(held, actor, deadlines)


def _held_by(subject: TodoSubject, holds: HoldsUp, ids: Mapping[str, set[int]], actor: Actor) -> QuerySet:
    """A thing of the subject on which the actor sees what is owed, and one of these that it holds up: kinds and ids."""
    seen = subject.model.objects.visible_to(actor, subject.permission)
    rows = seen.filter(**{f"{holds.path}__in": ids.get(holds.kind, ())}, **holds.only).order_by()
    return rows.annotate(_kind=Value(subject.kind), _of=Value(holds.kind)).values_list("_kind", "pk", "_of", holds.path)


def _holders(held: dict[Key, list[Key]], actor: Actor, deadlines: Deadlines) -> dict[Key, list[Holder]]:
    if not held:
        return {}
    known = by_code()
    blocking = [code for code, (_subject, one) in known.items() if one.is_listed and one.todo.blocks]
    mine = Exists(owed_now(actor, deadlines).filter(pk=OuterRef("pk")))
    items = TodoItem.objects.on(held).visible_at(deadlines.now).filter(code__in=blocking).annotate(is_mine=mine)
    grouped = by_task(with_returned_at(items))
    found: dict[Key, list[Holder]] = defaultdict(list)
    order = list(known)
    for (kind, pk, code), rows in sorted(grouped.items(), key=lambda one: order.index(one[0][2])):
        label = known[code][1].label
        sides, is_mine = tuple(Side(row.side) for row in rows), any(row.is_mine for row in rows)
        holder = Holder(label, sides, is_mine, code, rows[0].returned_at)
        for key in held[kind, pk]:
            found[key].append(holder)
    return found
