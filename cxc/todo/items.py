"""What waits for an actor."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxc.access.scoped import PERSON_SIDES, Actor, Side, sides_of
from cxc.core.folding import by_name
from cxc.todo.duties import Duty, Frame, Watch, open_duties, watches

# Due within so many days is “soon”.
SOON_DAYS = 7


@dataclass(frozen=True)
class TodoItem:
    """One thing that waits for the actor.

    due       a local date of the thing's place; `days_left` counts from today there, negative when late
    order     sorts among those of one day
    key       names it for good, in a calendar too: duty, kind and id of the thing; empty for what has no date
    """

    title: str
    thing: str
    url: str
    group: str
    due: date | None = None
    is_late: bool = False
    order: tuple[Any, ...] = ()
    name: str = ""
    days_left: int | None = None
    key: str = ""

    @property
    def when(self) -> str:
        """In words, beside the date: “3 days late”, “by tomorrow”; '' where the date alone says it best."""
        left = self.days_left
        if left is None:
            return ""
        if left < 0:
            return ngettext("%(count)s day late", "%(count)s days late", -left) % {"count": -left}
        if left < 2:
            return _("by today") if left == 0 else _("by tomorrow")
        return ngettext("in %(count)s day", "in %(count)s days", left) % {"count": left} if left <= SOON_DAYS else ""

    @property
    def urgency(self) -> int:
        """0 late, 1 within a week, 2 later, 3 without a date."""
        if self.days_left is None:
            return 3
        return 0 if self.days_left < 0 else 1 if self.days_left <= SOON_DAYS else 2


@dataclass(frozen=True)
class Owed:
    """One open duty on a thing that the actor may see; `mine`: the sides on which the actor stands towards it."""

    watch: Watch
    duty: Duty
    thing: Any
    due: date | None
    mine: frozenset[Side]

    def is_for(self, actor: Actor) -> bool:
        """Whether it waits for this actor.

        Signing is for signatories, and for those who enter the scan; what is a person's own is theirs at any rank.
        """
        mine = self.mine & set(self.duty.who)
        may = actor.may_write or (self.duty.signs and actor.signatory) or bool(mine & PERSON_SIDES)
        return bool(mine) and may and self.duty.listed and not self.duty.not_for(self.thing, actor)


Source = Callable[[Actor, Frame], Iterable[TodoItem]]

_sources: list[Source] = []


def source(function: Source) -> Source:
    """Add items that are no duty on a thing; in a constant number of queries."""
    if function not in _sources:
        _sources.append(function)
    return function


def survey(actor: Actor, frame: Frame) -> list[Owed]:
    """Everything that anybody owes on the things that the actor may see, in a constant number of queries."""
    if not actor.is_signed_in:
        return []
    return [
        Owed(one, duty, thing, due, sides_of(actor, thing))
        for one in watches()
        for thing in one.things().visible_to(actor)
        for duty, due in open_duties(one, thing, frame)
    ]


def items_for(actor: Actor, frame: Frame | None = None, owed: Sequence[Owed] | None = None) -> list[TodoItem]:
    """What waits for the actor: late ones first, then the soonest, then those without a date.

    `owed`: what `survey` found, where that was asked already.
    """
    frame = frame or Frame()
    if owed is None:
        owed = survey(actor, frame)
    found = [_item(one, actor, frame) for one in owed if one.is_for(actor)]
    found += [item for ask in _sources for item in ask(actor, frame)]
    return sorted(found, key=lambda item: (item.due or date.max, item.order, by_name(item.thing), by_name(item.title)))


def _item(owed: Owed, actor: Actor, frame: Frame) -> TodoItem:
    one, duty, thing, due = owed.watch, owed.duty, owed.thing, owed.due
    day = duty.queue_day(thing, frame) if duty.queue_day else due
    since = duty.since(thing)
    left = (due - frame.today(one.zone(thing))).days if due is not None else None
    return TodoItem(
        title=str(duty.title),
        thing=one.label(thing),
        url=duty.path(thing, actor),
        group=str(one.group),
        due=due,
        is_late=left is not None and left < 0,
        order=(day or date.max, since.timestamp() if since else 0.0),
        name=duty.name,
        days_left=left,
        key=f"{duty.name}-{one.kind}-{thing.pk}",
    )
