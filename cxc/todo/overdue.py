"""What is late, from the same declarations as the to-do page and the reminders: for lists and for dashboards."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import VisibleQuerySet
from cxc.todo.derive import OwedItem, owed_on
from cxc.todo.subjects import Declaration, TodoSubject, subjects
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.todo import Todo

# Which list a kind of thing is looked up in, by the path from the thing to a row of that list.
Paths = Mapping[str, str]
ANYTHING = "any"
# The things of each subject, narrowed down to somebody's.
Narrow = Callable[[VisibleQuerySet], VisibleQuerySet]


def subjects_of(kinds: Iterable[str]) -> list[TodoSubject]:
    """The subjects of these kinds."""
    wanted = set(kinds)
    return [one for one in subjects() if one.kind in wanted]


def overdue_on(subject: TodoSubject, things: Iterable[Any], deadlines: Deadlines) -> list[OwedItem]:
    """What is owed on these things since a day that has passed where they are."""
    return [
        item
        for item in owed_on(subject, things, deadlines)
        if item.is_listed and item.is_visible(deadlines.now) and item.is_overdue(deadlines.now)
    ]


def late_rows(rows: QuerySet, code: str, paths: Paths) -> set[int]:
    """The ids of those among `rows` on which what `code` names (ANYTHING: anything) is late; constant queries."""
    mine, deadlines = rows.order_by().values("pk"), Deadlines()
    found = set()
    for subject in subjects_of(paths):
        if code != ANYTHING and all(one.todo.code != code for one in subject.declarations()):
            continue
        path = paths[subject.kind]
        for item in overdue_on(subject, subject.things().filter(**{f"{path}__in": mine}), deadlines):
            if code in {ANYTHING, item.todo.code}:
                found.add(getattr(item.thing, path))
    return found


def choices(paths: Paths) -> list[tuple[str, Any]]:
    """What can be late, for a filter: what, and who owes it."""
    known = [one for subject in subjects_of(paths) for one in subject.declarations() if _can_be_late(one)]
    return [(ANYTHING, _("Anything")), *((one.todo.code, f"{one.label} ({owed_by(one.todo)})") for one in known)]


def owed_by(todo: Todo) -> str:
    """The sides that owe it, in words."""
    return ", ".join(str(side.label) for side in todo.owed_by)


def _can_be_late(one: Declaration) -> bool:
    return one.is_listed and one.todo.due is not None and not one.todo.optional
