"""What is late, since when, and who owes it: for the late list, and for lists narrowed down to what is late."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cxc.access.principal_names import principal_names
from cxc.access.scoped import Actor, Side, may_see
from cxc.core.links import path_of
from cxc.core.moments import local_day
from cxc.todo.models import TaskKey, TodoItem, by_task
from cxc.todo.overdue import Paths, overdue
from cxc.todo.remind_buttons import Owed, RemindButton, remind_buttons
from cxc.todo.subjects import by_code, subjects_of
from cxc.todo.things import Key, things_of
from cxc.workflow.deadlines import Deadlines


@dataclass(frozen=True)
class LateTask:
    """One thing that is owed on a thing, and late.

    since    the first local day of the thing's zone on which it was late; `days`: how many days it has been
    owed_by  each party that owes it: its side, and its name
    """

    what: str
    label: str
    path: str
    since: date
    days: int
    owed_by: tuple[str, ...]
    button: RemindButton

    @property
    def who(self) -> str:
        """“Visiting organisation: Loom; Visitor's Partnership: WEAVE”."""
        return "; ".join(self.owed_by)


def late_tasks(keys: Iterable[TaskKey], actor: Actor) -> dict[TaskKey, LateTask]:
    """Those of these (kind, id, code) that are late now and that the actor sees.

    In a constant number of queries for each kind of thing.
    """
    wanted, deadlines = set(keys), Deadlines()
    items = TodoItem.objects.overdue_at(deadlines.now).on({(kind, pk) for kind, pk, _code in wanted})
    return _tasks_of([item for item in items.order_by("pk") if item.task_key in wanted], actor, deadlines)


def _tasks_of(items: list[Any], actor: Actor, deadlines: Deadlines) -> dict[TaskKey, LateTask]:
    known, grouped = by_code(), by_task(items)
    things, names = (
        things_of((item.key for item in items), items=items),
        principal_names((item.principal, item.principal_id) for item in items),
    )
    found = [Owed(*known[key[2]], things[key[:2]]) for key in grouped if key[2] in known and key[:2] in things]
    owed = [one for one in found if may_see(actor, one.thing, one.subject.permission_of(one.declared.todo))]
    buttons = remind_buttons(owed, actor, deadlines)
    return {one.key: _task(one, grouped[one.key], names, buttons[one.key], deadlines) for one in owed}


def attach_late(rows: Sequence[Any], code: str, paths: Paths, actor: Actor) -> None:
    """Give each row of a list its `late`: the `LateTask`s that the actor sees, all or of one code, the oldest first."""
    row_ids, deadlines = [row.pk for row in rows], Deadlines()
    items: list[TodoItem] = []
    rows_with: dict[Key, int] = {}
    for kind, path in paths.items():
        things = subjects_of(kind)[0].model._base_manager.filter(**{f"{path}__in": row_ids})
        row_of = dict(things.values_list("pk", path))
        items += overdue(kind, code).filter(thing_id__in=row_of).order_by("pk")
        rows_with |= {(kind, pk): row for pk, row in row_of.items()}
    tasks = _tasks_of(items, actor, deadlines)
    for row in rows:
        own = [task for (kind, pk, _code), task in tasks.items() if rows_with[kind, pk] == row.pk]
        row.late = sorted(own, key=lambda task: (task.since, task.what))


def _task(
    one: Owed, items: list[Any], names: Mapping[tuple[str, int], str], button: RemindButton, deadlines: Deadlines
) -> LateTask:
    zone = one.subject.zone(one.thing)
    since = local_day(items[0].overdue_from, zone)
    return LateTask(
        str(one.declared.label),
        one.subject.label(one.thing),
        path_of(one.thing),
        since,
        (deadlines.today(zone) - since).days + 1,
        tuple(dict.fromkeys(_party(item, names) for item in items)),
        button,
    )


def _party(item: Any, names: Mapping[tuple[str, int], str]) -> str:
    side, name = str(Side(item.side).label), names.get((item.principal, item.principal_id), "")
    return f"{side}: {name}" if name else side
