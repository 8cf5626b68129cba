"""What is late, since when, and who owes it: for the late list, and for lists narrowed down to what is late."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cxc.access.principal_names import principal_names
from cxc.access.scoped import Actor, Side
from cxc.core.links import path_of
from cxc.core.moments import local_day
from cxc.todo.items import things_of
from cxc.todo.models import TodoItem
from cxc.todo.overdue import Paths, overdue
from cxc.todo.remind_buttons import Owed, OwedKey, RemindButton, remind_buttons
from cxc.todo.subjects import by_code, subjects_of
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


def late_tasks(keys: Iterable[OwedKey], actor: Actor) -> dict[OwedKey, LateTask]:
    """Those of these (kind, id, code) that are late now; in a constant number of queries for each kind of thing."""
    wanted, deadlines, known = set(keys), Deadlines(), by_code()
    items = TodoItem.objects.overdue_at(deadlines.now).on({(kind, pk) for kind, pk, _code in wanted})
    grouped: dict[OwedKey, list[Any]] = defaultdict(list)
    for item in items.order_by("pk"):
        if (key := (item.kind, item.thing_id, item.code)) in wanted and item.code in known:
            grouped[key].append(item)
    every = [item for found in grouped.values() for item in found]
    things, names = things_of(every), principal_names((item.principal, item.principal_id) for item in every)
    owed = [Owed(*known[code], things[kind, pk]) for kind, pk, code in grouped if (kind, pk) in things]
    buttons = remind_buttons(owed, actor, deadlines)
    return {one.key: _task(one, grouped[one.key], names, buttons[one.key], deadlines) for one in owed}


def attach_late(rows: Sequence[Any], code: str, paths: Paths, actor: Actor) -> None:
    """Give each row of a list its `late`: the `LateTask`s that the actor sees, all or of one code, the oldest first."""
    row_ids = [row.pk for row in rows]
    keys: dict[OwedKey, set[int]] = {}
    for kind, path in paths.items():
        subject = subjects_of(kind)[0]
        seen = subject.model.objects.visible_to(actor, subject.permission).filter(**{f"{path}__in": row_ids})
        rows_of = dict(seen.values_list("pk", path))
        for item in overdue(kind, code).filter(thing_id__in=rows_of):
            keys.setdefault((kind, item.thing_id, item.code), set()).add(rows_of[item.thing_id])
    tasks = late_tasks(keys, actor)
    for row in rows:
        own = [task for key, task in tasks.items() if row.pk in keys[key]]
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
