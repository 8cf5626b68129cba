"""What is late, told by the same duties as the to-do page and the reminders: for lists and for dashboards."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import VisibleQuerySet
from cxc.todo.duties import Duty, Frame, Watch, open_duties, watches

# Which list a kind of thing is looked up in, by the path from the thing to a row of that list.
Paths = Mapping[str, str]
ANYTHING = "any"
# Each watch's things, narrowed down to somebody's.
Narrow = Callable[[VisibleQuerySet], VisibleQuerySet]


def watched(kinds: Iterable[str]) -> list[Watch]:
    """What is watched of these kinds."""
    wanted = set(kinds)
    return [one for one in watches() if one.kind in wanted]


def late_on(one: Watch, things: Iterable[Any], frame: Frame) -> Iterator[tuple[Duty, Any]]:
    """What is owed on these things since a day that has passed at their place."""
    for thing in things:
        today = frame.today(one.zone(thing))
        for duty, due in open_duties(one, thing, frame):
            if duty.listed and due is not None and due < today:
                yield duty, thing


def late_rows(rows: QuerySet, name: str, paths: Paths) -> set[int]:
    """The ids of those among `rows` on which the duty `name` (ANYTHING: some duty) is late; constant queries."""
    mine, frame = rows.order_by().values("pk"), Frame()
    found = set()
    for one in watched(paths):
        if name != ANYTHING and all(duty.name != name for duty in one.duties):
            continue
        path = paths[one.kind]
        for duty, thing in late_on(one, one.things().filter(**{f"{path}__in": mine}), frame):
            if name in {ANYTHING, duty.name}:
                found.add(getattr(thing, path))
    return found


def choices(paths: Paths) -> list[tuple[str, Any]]:
    """The duties with a due day, for a filter: what, and who owes it."""
    duties = [duty for one in watched(paths) for duty in one.duties if duty.listed and duty.has_due]
    return [(ANYTHING, _("Anything")), *((duty.name, f"{duty.title} ({owed_by(duty)})") for duty in duties)]


def owed_by(duty: Duty) -> str:
    """The sides that owe it, in words."""
    return ", ".join(str(side.label) for side in duty.who)
