"""What waits for an actor."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxc.access.scoped import PERSON_SIDES, Actor, Side, sides_of
from cxc.core.folding import by_name
from cxc.todo.derive import OwedItem, owed_on
from cxc.todo.subjects import subjects
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.todo import Needs

# Due within so many days is “soon”.
SOON_DAYS = 7


@dataclass(frozen=True)
class TodoRow:
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
    is_optional: bool = False
    key: str = ""

    @property
    def when(self) -> str:
        """In words, beside the date: “3 days late”, “by tomorrow”; '' where the date alone says it best."""
        left = self.days_left
        if left is None or (left < 0 and self.is_optional):
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
        if self.days_left < 0 and not self.is_optional:
            return 0
        return 1 if self.days_left <= SOON_DAYS else 2


@dataclass(frozen=True)
class Owed:
    """Something owed on a thing that the actor may see; `mine`: the sides on which the actor stands towards it."""

    item: OwedItem
    mine: frozenset[Side]

    def is_for(self, actor: Actor) -> bool:
        """Whether it waits for this actor.

        Signing is for signatories, and for those who enter the scan; what is a person's own is theirs at any rank.
        """
        mine = self.mine & set(self.item.sides)
        signs = self.item.todo.needs is Needs.SIGN and actor.signatory
        may = actor.may_write or signs or bool(mine & PERSON_SIDES)
        return bool(mine) and may and self.item.is_listed and self.item.conflict not in actor.organisations


Source = Callable[[Actor, Deadlines], Iterable[TodoRow]]

_sources: list[Source] = []


def source(function: Source) -> Source:
    """Add items that are no duty on a thing; in a constant number of queries."""
    if function not in _sources:
        _sources.append(function)
    return function


def survey(actor: Actor, deadlines: Deadlines) -> list[Owed]:
    """Everything that anybody owes now on the things that the actor may see, in a constant number of queries."""
    if not actor.is_signed_in:
        return []
    return [
        Owed(item, sides_of(actor, item.thing))
        for subject in subjects()
        for item in owed_on(subject, subject.seen_by(actor), deadlines)
        if item.is_visible(deadlines.now)
    ]


def items_for(actor: Actor, deadlines: Deadlines | None = None, owed: Sequence[Owed] | None = None) -> list[TodoRow]:
    """What waits for the actor: late ones first, then the soonest, then those without a date.

    `owed`: what `survey` found, where that was asked already.
    """
    deadlines = deadlines or Deadlines()
    if owed is None:
        owed = survey(actor, deadlines)
    found = [_row(one, actor, deadlines) for one in owed if one.is_for(actor)]
    found += [item for ask in _sources for item in ask(actor, deadlines)]
    return sorted(found, key=lambda item: (item.due or date.max, item.order, by_name(item.thing), by_name(item.title)))


def _row(owed: Owed, actor: Actor, deadlines: Deadlines) -> TodoRow:
    item, todo, thing = owed.item, owed.item.todo, owed.item.thing
    day = todo.queue_by(thing, deadlines) if todo.queue_by else item.due
    since = todo.since(thing) if todo.since else None
    left = (item.due - deadlines.today(item.subject.zone(thing))).days if item.due is not None else None
    return TodoRow(
        title=str(item.label),
        thing=item.subject.label(thing),
        url=todo.path(thing, actor),
        group=str(item.subject.group),
        due=item.due,
        is_late=item.is_overdue(deadlines.now),
        order=(day or date.max, since.timestamp() if since else 0.0),
        name=todo.code,
        days_left=left,
        is_optional=todo.optional,
        key=item.key,
    )
