"""What moving a visit would bring about: for each exchange, for the agenda and for the marked days.

The same declarations decide as when it is carried out: each exchange is moved on a copy in memory, and the
invariants of the transition that moves it are asked of that copy. Nothing is saved.
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from cxc.access.scoped import Actor, Side
from cxc.workflow import Timing, TransitionContext, UnmetRequirement, transitions_of
from cxc.workflow.batch import reading_together
from exchanges.enums import MOVABLE_STATES, ExchangeState
from exchanges.models.agenda import DayMark
from exchanges.models.exchange import Exchange
from exchanges.models.exchange.visit_move import MOVES
from exchanges.models.visit import Visit
from exchanges.rules.day_marks import mark_problem
from exchanges.rules.visit_move import Days, moved_stay, shift_of

DRAFT, PREPARATION, READY, ONGOING, CLOSED, CANCELLED = ExchangeState
GivenDays = Mapping[int, Days]


class Fate(StrEnum):
    """What becomes of an exchange."""

    MOVES = "moves"
    SET_BACK_FIRST = "set back first"
    STAYS = "stays"
    CANNOT_COME = "cannot come"


@dataclass(frozen=True)
class ExchangePlan:
    """One exchange: as it stands, as it would be moved (None: it stays), and what keeps it from coming."""

    exchange: Exchange
    fate: Fate
    moved: Exchange | None = None
    unmet: tuple[UnmetRequirement, ...] = ()

    @property
    def sentences(self) -> list[str]:
        """Why it can't come, each reason once."""
        return list(dict.fromkeys(gap.sentence for gap in self.unmet))


@dataclass(frozen=True)
class MovePlan:
    """All of it. `day_marks` are the marks on the new days; `dropped_marks` those that make no sense there."""

    visit: Visit
    before: Days
    after: Days
    exchanges: tuple[ExchangePlan, ...]
    day_marks: tuple[DayMark, ...]
    dropped_marks: tuple[DayMark, ...]
    items_outside: int

    @property
    def is_split(self) -> bool:
        """Whether something has begun and stays, so that the rest goes to a new visit."""
        return any(one.fate is Fate.STAYS for one in self.exchanges)

    @property
    def moving(self) -> list[ExchangePlan]:
        return [one for one in self.exchanges if one.fate in {Fate.MOVES, Fate.SET_BACK_FIRST}]

    @property
    def cancelled(self) -> list[ExchangePlan]:
        """Those that can't come."""
        return [one for one in self.exchanges if one.fate is Fate.CANNOT_COME]


def days_on_move(exchange: Exchange, before: Days, after: Days, given: GivenDays) -> dict[str, Days | None]:
    """The planned and the agreed days of an exchange on the moved visit: as given for it, else by its offset."""
    return {
        stage: given.get(exchange.pk) or moved_stay(Days(start, end), before, after) if start and end else None
        for stage, start, end in (
            ("planned", exchange.planned_start, exchange.planned_end),
            ("agreed", exchange.agreed_start, exchange.agreed_end),
        )
    }


def plan_move(visit: Visit, after: Days, given: GivenDays, *, by: Actor, now: datetime) -> MovePlan:
    """What moving the visit to these days would bring about, at this moment (UTC)."""
    before = visit.days
    kept, dropped = _day_marks(visit, after)
    moved_visit = visit.as_moved(after, kept)
    last = after.last - shift_of(before, after)
    found = _exchanges_of(visit)
    with reading_together() as together:
        copies = {exchange.pk: copy(exchange) for exchange in found if exchange.state in MOVABLE_STATES}
        together.add(copies.values())
        for moved in copies.values():
            moved.as_moved(moved_visit, **days_on_move(moved, before, after, given))
        rows = tuple(_plan(exchange, copies.get(exchange.pk), by, now) for exchange in found)
    return MovePlan(visit, before, after, rows, tuple(kept), tuple(dropped), _items_outside(visit, before.first, last))


def _exchanges_of(visit: Visit) -> list[Exchange]:
    rows = Exchange.objects.filter(visit=visit).exclude(state=CANCELLED).with_display_relations()
    found = list(rows.select_related("own_part", "agreement").order_by("organisation__legal_name__folded", "pk"))
    for exchange in found:
        exchange.visit = visit
    return found


def _plan(exchange: Exchange, moved: Exchange | None, by: Actor, now: datetime) -> ExchangePlan:
    if moved is None:
        return ExchangePlan(exchange, Fate.STAYS)
    unmet = tuple(unmet_on_move(moved, by, now))
    if unmet:
        return ExchangePlan(exchange, Fate.CANNOT_COME, moved, unmet)
    return ExchangePlan(exchange, Fate.SET_BACK_FIRST if exchange.state == READY else Fate.MOVES, moved)


def unmet_on_move(moved: Exchange, by: Actor, now: datetime) -> Iterator[UnmetRequirement]:
    """What the transition that moves it would refuse. One that is ready is asked as what it is set back to."""
    declared = transitions_of(Exchange)[MOVES[DRAFT if moved.state == DRAFT else PREPARATION]]
    context = TransitionContext(moved, by, Side.PORTAL, Timing(moment=now))
    for need in declared.invariants:
        gap = need.unmet(context)
        if gap is not None:
            yield gap


def _day_marks(visit: Visit, after: Days) -> tuple[list[DayMark], list[DayMark]]:
    """The marks on the new days, not saved, and those that make no sense there, as they stand."""
    kept, dropped = list[DayMark](), list[DayMark]()
    shift, there = shift_of(visit.days, after), visit.as_moved(after, ())
    with_items = _days_with_items(visit)
    for mark in visit.day_marks.all():
        moved = DayMark(visit=visit, day=mark.day + shift, is_worked=mark.is_worked, reason=mark.reason)
        has_item = mark.day in with_items
        problem = mark_problem(there, moved.day, is_worked=mark.is_worked, reason=mark.reason, has_item=has_item)
        (dropped if problem else kept).append(mark if problem else moved)
    return kept, dropped


def _days_with_items(visit: Visit) -> set[date]:
    return set(_agenda_days(visit))


def _items_outside(visit: Visit, first: date, last: date) -> int:
    """How many agenda items find no day on the moved visit: those after this day of the present one, or before it."""
    return sum(not first <= day <= last for day in _agenda_days(visit))


def _agenda_days(visit: Visit) -> Iterable[date]:
    return visit.agenda_items.values_list("day", flat=True)
