"""An actor's to-do list: the stored items, and rows from sources registered for what has no stored item."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from cxc.access.scoped import Actor
from cxc.core.folding import by_name
from cxc.core.moments import local_day
from cxc.todo.models import TodoItem, TodoItemQuerySet
from cxc.todo.newest import by_query, newest_of_each
from cxc.todo.rows import TodoRow
from cxc.todo.state_changes import StateChanges, state_changes_of
from cxc.todo.stored import first_owed, owed_by
from cxc.todo.subjects import Declaration, TodoSubject, by_code
from cxc.todo.things import Key, things_of
from cxc.workflow.deadlines import Deadlines

Rows = Callable[[Actor, Deadlines, bool], Iterable[TodoRow]]
Reads = Callable[[Actor], "QuerySet[Any] | None"]


@dataclass(frozen=True)
class Source:
    """Rows of what belongs to no thing, and what they depend on.

    reads  the records that are looked for; None where the actor gets no such row
    rows   made for the actor, once it is known whether there is any such record
    """

    reads: Reads
    rows: Rows


_sources: list[Source] = []


def source(reads: Reads) -> Callable[[Rows], Rows]:
    """Add rows of what belongs to no thing (a first profile, an invitation); in a constant number of queries.

    Whether there is anything to read is asked for all sources together; most people have nothing of it.
    """

    def register(rows: Rows) -> Rows:
        if all(one.reads is not reads for one in _sources):
            _sources.append(Source(reads, rows))
        return rows

    return register


def source_queries(actor: Actor) -> list[tuple[Source, "QuerySet[Any]"]]:
    """The sources of rows for this actor, each with the records that it depends on."""
    asked = [(one, one.reads(actor)) for one in _sources]
    return [(one, records) for one, records in asked if records is not None]


@dataclass(frozen=True)
class TodoList:
    """The first rows of what waits for an actor, with how many there are in all and how many of them are late."""

    rows: Sequence[TodoRow]
    number: int
    late: int


@dataclass(frozen=True)
class Owed:
    """The first stored items of an actor, `most` of them, and rows of what has no stored item.

    number, late  how many stored items there are in all, and how many of them are late
    """

    items: Sequence[Any]
    others: Sequence[TodoRow]
    number: int
    late: int
    most: int | None


def owed_first(actor: Actor, deadlines: Deadlines, others: Iterable[TodoRow], most: int | None = None) -> Owed:
    """What waits for the actor: the soonest first, so the late ones, then those without a date."""
    items = first_owed(actor, deadlines.now, most)
    number, number_late = (items[0].number, items[0].late) if items else (0, 0)
    return Owed(items, list(others), number, number_late, most)


def rows_of_sources(
    queries: Iterable[tuple[Source, Any]], ids: Iterable[Sequence[int]], actor: Actor, deadlines: Deadlines
) -> list[TodoRow]:
    """The rows of these sources; of the records of each, some ids are known where there are any."""
    pairs = zip(queries, ids, strict=True)
    return [row for (one, _records), known in pairs for row in one.rows(actor, deadlines, bool(known))]


def todo_list(
    owed: Owed, things: Mapping[Key, Any], changes: StateChanges, actor: Actor, deadlines: Deadlines
) -> TodoList:
    """The rows of the page; the things of the items, and their changes of state, have been read."""
    rows = [*_rows(owed.items, things, changes, actor, deadlines), *owed.others]
    rows.sort(key=lambda row: (row.due or date.max, row.order, by_name(row.thing), by_name(row.title)))
    if owed.most is None or len(rows) < owed.most:
        return TodoList(rows, len(rows), sum(row.is_late for row in rows))
    late = sum(row.is_late for row in owed.others)
    return TodoList(rows[: owed.most], owed.number + len(owed.others), owed.late + late)


def items_for(actor: Actor, deadlines: Deadlines | None = None) -> Sequence[TodoRow]:
    """All that waits for the actor, in order."""
    deadlines = deadlines or Deadlines()
    queries = source_queries(actor)
    rows = list(newest_of_each([records for _one, records in queries], 1)) if queries else []
    others = rows_of_sources(queries, by_query(rows, len(queries)), actor, deadlines)
    owed = owed_first(actor, deadlines, others)
    things = things_of(item.key for item in owed.items)
    return todo_list(owed, things, state_changes_of((), owed.items), actor, deadlines).rows


def owed_now(actor: Actor, deadlines: Deadlines) -> TodoItemQuerySet:
    """The stored items that wait for this actor now."""
    if not actor.is_signed_in:
        return TodoItem.objects.none()
    found: TodoItemQuerySet = TodoItem.objects.filter(owed_by(actor).condition).visible_at(deadlines.now)
    return found


def _rows(
    items: Iterable[Any], things: Mapping[Key, Any], changes: StateChanges, actor: Actor, deadlines: Deadlines
) -> list[TodoRow]:
    known = by_code()
    return [
        _row(item, *known[item.code], things[item.key], changes.return_of(item), actor, deadlines)
        for item in items
        if item.code in known and item.key in things
    ]


def _row(
    item: Any,
    subject: TodoSubject,
    one: Declaration,
    thing: Any,
    returned_at: datetime | None,
    actor: Actor,
    deadlines: Deadlines,
) -> TodoRow:
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
        returned_on=local_day(returned_at, zone) if returned_at else None,
    )
