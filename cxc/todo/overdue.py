"""What is late, from the stored items: for lists and for dashboards."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.todo.models import TodoItem, TodoItemQuerySet
from cxc.todo.subjects import Declaration, subjects_of
from cxc.workflow.todo import Todo

# Which list a kind of thing is looked up in, by the path from the thing to a row of that list.
Paths = Mapping[str, str]
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


def late_rows(rows: QuerySet, code: str, paths: Paths) -> QuerySet:
    """Those among `rows` on which what `code` names (ANYTHING: anything) is late."""
    late = Q(pk__in=[])
    for kind, path in paths.items():
        ids = overdue(kind, code).values("thing_id")
        if path == "pk":
            late |= Q(pk__in=ids)
        else:
            late |= Q(pk__in=_model_of(kind).filter(pk__in=ids).values(path))
    return rows.filter(late)


def _model_of(kind: str) -> Any:
    return subjects_of(kind)[0].model._base_manager


def choices(paths: Paths) -> list[tuple[str, Any]]:
    """What can be late, for a filter: what, and who owes it."""
    known = [one for subject in subjects_of(*paths) for one in subject.declarations() if _can_be_late(one)]
    return [(ANYTHING, _("Anything")), *((one.todo.code, f"{one.label} ({owed_by(one.todo)})") for one in known)]


def owed_by(todo: Todo) -> str:
    """The sides that owe it, in words."""
    return ", ".join(str(side.label) for side in todo.owed_by)


def _can_be_late(one: Declaration) -> bool:
    return one.is_listed and one.todo.due is not None and not one.todo.optional
