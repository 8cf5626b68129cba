"""What somebody owes on a thing: declared once as data, read by the to-do page and by the reminders.

Each app declares its duties in `duties.py`: on which things, who owes what, while what is the case, by
when, and when the portal reminds of it. Nothing is remembered: what is owed is worked out from the
state of the things each time. Rule: work done by itself; screens, To-do.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from cxc import clock
from cxc.access.scoped import Actor, Side, VisibleQuerySet
from cxc.core import calendar
from cxc.core.links import path_of
from cxc.ground.models.holidays import HolidayChange
from cxc.ground.models.scheme import SchemeSettings


@dataclass
class Frame:
    """What all duties are measured by: this moment, the scheme's numbers, the holidays; each read once."""

    now: datetime = field(default_factory=clock.now)

    @cached_property
    def scheme(self) -> SchemeSettings:
        return SchemeSettings.current()

    @cached_property
    def _changes(self) -> Mapping[str, tuple[set[date], set[date]]]:
        found: dict[str, tuple[set[date], set[date]]] = {}
        for change in HolidayChange.objects.all():
            added, removed = found.setdefault(change.country_code, (set(), set()))
            (added if change.is_holiday else removed).add(change.day)
        return found

    def today(self, zone: str = "UTC") -> date:
        """The local date in an IANA time zone."""
        return self.now.astimezone(ZoneInfo(zone)).date()

    def working_days(self, first: date, last: date, country: str) -> int:
        """Working days of a country from the first to the last day."""
        added, removed = self._changes.get(country, (set(), set()))
        return len(calendar.working_dates(first, last, country=country, added=added, removed=removed))

    def after_working_days(self, day: date, count: int, country: str) -> date:
        """The count-th working day after `day` in a country."""
        added, removed = self._changes.get(country, (set(), set()))
        return calendar.add_working_days(day, count, country=country, added=added, removed=removed)


Offsets = tuple[int, ...] | Callable[[SchemeSettings], Sequence[int]]


def _no_date(_thing: Any, _frame: Frame) -> date | None:
    return None


def _nobody(_thing: Any, _actor: Actor) -> bool:
    return False


def _always(_thing: Any, _frame: Frame) -> bool:
    return True


def never(_thing: Any, _frame: Frame) -> bool:
    """For `holds` of duties that help along."""
    return False


def _itself(thing: Any) -> Iterable[tuple[str, int]]:
    return [(thing._meta.label_lower, thing.pk)]


@dataclass(frozen=True)
class Duty:
    """One thing to be done by somebody.

    name      unique; names the reminders' keys
    title     what to do, as the to-do page says it
    who       the sides that owe it
    is_open   whether it is owed now; asks the thing only (and what `Watch.things` fetched with it)
    due       by which local date; None for no date. `due_says` puts it in words for the docs
    reminds   days before (negative) or after the due date on which those in `tells` are written to
    tells     who is written to: those who owe it, unless said otherwise
    words     a sentence or two for the reminder's mail
    place     the part of the thing's page where it is done (an anchor)
    page      the path of another page where it is done, best with the field: a form, for those who may write
    holds     whether the thing waits for this one; False for what helps along what somebody else owes
    signs     whether it is a signature: for signatories too, not only for those who may write
    queue_day what a queue is ordered by, in place of the due date
    listed    whether it stands on the to-do page; False where there is nothing to do in the portal
    not_for   who of the side can't do it (a conflict of interest)
    since     for the order within one day, and for queues: since when it waits
    """

    name: str
    title: Any
    who: tuple[Side, ...]
    is_open: Callable[[Any, Frame], bool]
    due: Callable[[Any, Frame], date | None] = _no_date
    due_says: Any = ""
    reminds: Offsets = ()
    tells: tuple[Side, ...] = ()
    words: Any = ""
    place: str = ""
    listed: bool = True
    not_for: Callable[[Any, Actor], bool] = _nobody
    since: Callable[[Any], datetime | None] = lambda _thing: None
    queue_day: Callable[[Any, Frame], date | None] | None = None
    signs: bool = False
    page: Callable[[Any], str] | None = None
    holds: Callable[[Any, Frame], bool] = _always

    def path(self, thing: Any, actor: Actor | None = None) -> str:
        """Where it is done: one click away from the to-do page, or from a mail.

        Who may sign but not write reads the paper in its place: the form is not theirs.
        """
        reads_only = actor is not None and not actor.may_write
        return path_of(thing, self.place) if self.page is None or reads_only else self.page(thing)

    def offsets(self, scheme: SchemeSettings) -> list[int]:
        """The reminders' days from the due date, earliest first."""
        return sorted(self.reminds(scheme) if callable(self.reminds) else self.reminds)

    @property
    def has_due(self) -> bool:
        """Whether it can be late."""
        return self.due is not _no_date

    @property
    def told(self) -> tuple[Side, ...]:
        return self.tells or self.who


@dataclass(frozen=True)
class Watch:
    """Things of one kind on which duties arise.

    `things` gives those that may owe something, with all that their duties read: the number of
    queries does not grow with the number of things. `holds_up`: kind and id of the things whose way goes on
    when the duty is done (an exchange's, for its papers and its payment).
    """

    kind: str
    group: Any
    things: Callable[[], VisibleQuerySet]
    duties: tuple[Duty, ...]
    label: Callable[[Any], str] = str
    zone: Callable[[Any], str] = lambda _thing: "UTC"
    holds_up: Callable[[Any], Iterable[tuple[str, int]]] = _itself


_watches: list[Watch] = []


def watch(*watches: Watch) -> None:
    """Add what an app watches; called when the app is ready."""
    names = {duty.name for known in _watches for duty in known.duties}
    for one in watches:
        if one in _watches:
            continue
        twice = names & {duty.name for duty in one.duties}
        if twice:
            raise ValueError(f"Two duties are called {sorted(twice)}.")
        _watches.append(one)


def watches() -> Sequence[Watch]:
    """Everything that is watched, in the order of the apps."""
    return tuple(_watches)


def open_duties(one: Watch, thing: Any, frame: Frame) -> Iterator[tuple[Duty, date | None]]:
    """What is owed on this thing now, with its due date."""
    for duty in one.duties:
        if duty.is_open(thing, frame):
            yield duty, duty.due(thing, frame)


def days(count: int) -> timedelta:
    """So many calendar days."""
    return timedelta(days=count)
