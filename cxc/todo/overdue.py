"""What is late, from the stored items: for lists and for dashboards."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Actor
from cxc.todo.models import TodoItem, TodoItemQuerySet
from cxc.todo.subjects import Declaration, subjects_of
from cxc.workflow.todo import Todo

# Which list a kind of thing is looked up in, by the path from the thing to a row of that list.
Paths = Mapping[str, str]
# The rows of a kind of thing that somebody may read, by its model and the read permission.
Seen = Callable[[Any, str], QuerySet]
ANYTHING = "any"


def overdue(kind: str, code: str = ANYTHING) -> TodoItemQuerySet:
    """The items of these things, or those of one code, whose day is over where the thing is."""
    listed = codes_of(kind)
    codes = listed if code == ANYTHING else [code] if code in listed else []
    found: TodoItemQuerySet = TodoItem.objects.overdue_at(clock.now()).filter(kind=kind, code__in=codes)
    return found


def is_overdue(kind: str) -> Exists:
    """For a queryset of these things: whether anything that is owed on the row is late."""
    return Exists(overdue(kind).filter(thing_id=OuterRef("pk")))


def codes_of(kind: str) -> list[str]:
    """What can be owed on things of this kind and stands on the to-do page."""
    return [one.todo.code for subject in subjects_of(kind) for one in subject.declarations() if one.is_listed]


def codes_by_permission(kind: str) -> Mapping[str, Sequence[str]]:
    """The same, by the read permission on the thing by which people see that it is owed."""
    found = defaultdict[str, list[str]](list)
    for subject in subjects_of(kind):
        for one in subject.declarations():
            if one.is_listed:
                found[subject.permission_of(one.todo)].append(one.todo.code)
    return found


def items_seen(kinds: Iterable[str], seen: Seen) -> Q:
    """The condition for items on things of these kinds of which `seen` may know."""
    condition = Q(pk__in=[])
    for kind in kinds:
        for permission, codes in codes_by_permission(kind).items():
            things = seen(subjects_of(kind)[0].model, permission)
            # Each item looks at its own thing: there are few items, and things without number.
            condition |= Q(Exists(things.filter(pk=OuterRef("thing_id"))), kind=kind, code__in=codes)
    return condition


def late_rows(rows: QuerySet, code: str, paths: Paths, seen: Seen) -> QuerySet:
    """Those among `rows` on which what `code` names (ANYTHING: anything) is late, as far as `seen` may know."""
    late = [_late_ids(kind, path, code, seen) for kind, path in paths.items()]
    return rows.filter(pk__in=late[0].union(*late[1:]) if late[1:] else late[0]) if late else rows.none()


def _late_ids(kind: str, path: str, code: str, seen: Seen) -> QuerySet:
    """The ids, at the end of the path from a thing of this kind, on which something is late."""
    ids = overdue(kind, code).order_by().filter(items_seen([kind], seen)).values("thing_id")
    if path == "pk":
        return ids
    return subjects_of(kind)[0].model._base_manager.order_by().filter(pk__in=ids).values(path)


def seen_by(actor: Actor) -> Seen:
    """What this actor may read."""
    return lambda model, permission: model.objects.visible_to(actor, permission, few=True)


def choices(paths: Paths) -> list[tuple[str, Any]]:
    """What can be late, for a filter: what, and who owes it."""
    known = [one for subject in subjects_of(*paths) for one in subject.declarations() if _can_be_late(one)]
    return [(ANYTHING, _("Anything")), *((one.todo.code, f"{one.label} ({owed_by(one.todo)})") for one in known)]


def owed_by(todo: Todo) -> str:
    """The sides that owe it, in words."""
    return ", ".join(str(side.label) for side in todo.owed_by)


def _can_be_late(one: Declaration) -> bool:
    return one.is_listed and one.todo.due is not None and not one.todo.optional
