"""The first page of everyone who signs in: what waits for me, and where my things stand.

Items come from the duties (`cxc.ground.duties`) and from sources of an app's own. Rule: screens, To-do.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.ground.access import Actor, Body, sides_of
from cxc.ground.addresses import path_of
from cxc.ground.duties import Duty, Frame, Watch, open_duties, watches


@dataclass(frozen=True)
class TodoItem:
    """One thing that waits for the actor. `due` is a local date; `order` sorts among equally late ones."""

    title: str
    thing: str
    url: str
    group: str
    due: date | None = None
    is_late: bool = False
    order: tuple[Any, ...] = ()
    name: str = ""


class Stage(IntEnum):
    """The four stretches of the way."""

    REGISTRATION = 1
    MATCHING = 2
    BUILDING = 3
    FINALISATION = 4


STAGES = {
    Stage.REGISTRATION: _("Registration"),
    Stage.MATCHING: _("Matching"),
    Stage.BUILDING: _("Exchange building"),
    Stage.FINALISATION: _("Exchange finalisation"),
}


@dataclass(frozen=True)
class Standing:
    """Where one thing stands on its path."""

    thing: Any
    stage: Stage

    @property
    def url(self) -> str:
        return path_of(self.thing)

    @property
    def steps(self) -> list[tuple[Any, str]]:
        """Each stretch with whether it is done, present or to come."""
        return [
            (label, "done" if stage < self.stage else "present" if stage == self.stage else "to-come")
            for stage, label in STAGES.items()
        ]


Source = Callable[[Actor, Frame], Iterable[TodoItem]]
StandingSource = Callable[[Actor], Iterable[Standing]]

_sources: list[Source] = []
_standings: list[StandingSource] = []
# More than this many rows of one kind belong in a list with filters, not on a first page.
MOST_STANDING = 50


def source(function: Source) -> Source:
    """Add items that are no duty on a thing; in a constant number of queries."""
    if function not in _sources:
        _sources.append(function)
    return function


def standing(function: StandingSource) -> StandingSource:
    """Add where an actor's things stand; in a constant number of queries, at most MOST_STANDING rows."""
    if function not in _standings:
        _standings.append(function)
    return function


def items_for(actor: Actor, frame: Frame | None = None) -> list[TodoItem]:
    """What waits for the actor: late ones first, then by due date, then what waits longest."""
    frame = frame or Frame()
    found = [item for one in watches() for item in _items(one, actor, frame)]
    found += [item for ask in _sources for item in ask(actor, frame)]
    return sorted(found, key=lambda item: (not item.is_late, item.order, item.thing, item.title))


def standings_for(actor: Actor) -> list[Standing]:
    """Where each of the actor's things stands. Offices look at lists instead."""
    if actor.body not in {Body.ORGANISATION, Body.PARTNERSHIP}:
        return []
    return [row for ask in _standings for row in ask(actor)]


def _items(one: Watch, actor: Actor, frame: Frame) -> Iterable[TodoItem]:
    if not (actor.may_write or actor.signatory):
        return
    for thing in one.things().visible_to(actor):
        mine = sides_of(actor, thing)
        for duty, due in open_duties(one, thing, frame):
            if duty.listed and mine & set(duty.who) and _may(duty, actor) and not duty.not_for(thing, actor):
                yield _item(one, duty, thing, due, frame)


def _may(duty: Duty, actor: Actor) -> bool:
    """Signing is for signatories, and for those who enter the scan; all else for those who may write."""
    return actor.may_write or (duty.signs and actor.signatory)


def _item(one: Watch, duty: Duty, thing: Any, due: date | None, frame: Frame) -> TodoItem:
    day = duty.queue_day(thing, frame) if duty.queue_day else due
    since = duty.since(thing)
    return TodoItem(
        title=str(duty.title),
        thing=one.label(thing),
        url=duty.path(thing),
        group=str(one.group),
        due=due,
        is_late=due is not None and due < frame.today(one.zone(thing)),
        order=(day or date.max, since.timestamp() if since else 0.0),
        name=duty.name,
    )
