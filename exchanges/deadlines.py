"""By when something is owed on the way of an exchange: what transitions, fixes and rules share.

Each function takes an exchange, or a thing that belongs to one.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.workflow.deadlines import Deadlines, days, start_of
from cxc.workflow.todo import Due
from exchanges.enums import RUNNING_STATES
from profiles.deadlines import seat_date

CTQ_REMIND = (-14, -7, -2, 1, 7)
CTQ_TEXT = _(
    "The Support Office has to have the Commitment to Quality %(ctq_days_before_start)s days before the start."
)
ANSWER_REMIND = (-1, 1, 3)
ANSWER_TEXT = _("The Support Office answers within %(ctq_answer_working_days)s working days.")

DayOf = Callable[[Any, Deadlines], date | None]


def exchange_of(thing: Any) -> Any:
    """The exchange that it is, or belongs to."""
    return getattr(thing, "exchange", thing)


def start_day(thing: Any, _deadlines: Deadlines | None = None) -> date | None:
    """The first day: actual, else agreed, else planned."""
    found: date | None = exchange_of(thing).start
    return found


def start_moment(thing: Any, _deadlines: Deadlines | None = None) -> datetime | None:
    """The moment at which the first day begins at the place of the visit."""
    day = start_day(thing)
    return start_of(day, exchange_of(thing).visit.time_zone) if day else None


def before_start(count: int) -> DayOf:
    """So many days before the first day."""

    def day(thing: Any, _deadlines: Deadlines) -> date | None:
        first = start_day(thing)
        return first - days(count) if first else None

    return day


def _ctq_day(thing: Any, deadlines: Deadlines) -> date | None:
    return before_start(deadlines.scheme.ctq_days_before_start)(thing, deadlines)


def first_start(shared: Any) -> date:
    """The first day of the exchanges of a shared part's visit that go on; without any, of the visit."""
    starts = [exchange.start for exchange in shared.visit.exchanges.all() if exchange.state in RUNNING_STATES]
    found: date = min((start for start in starts if start), default=shared.visit.first_day)
    return found


def _shared_ctq_day(shared: Any, deadlines: Deadlines) -> date:
    return first_start(shared) - days(deadlines.scheme.ctq_days_before_start)


def answer_by(since: datetime, count: int, deadlines: Deadlines, asking: Any) -> date:
    """So many working days after that moment, by clock and calendar at the seat of the Partnership that asks."""
    return deadlines.after_working_days(seat_date(asking, since), count, asking.seat_id)


def validation_by(ready_at: datetime | None, deadlines: Deadlines, asking: Any) -> date | None:
    """By when the Support Office answers what is ready for validation; None while nothing is."""
    return answer_by(ready_at, deadlines.scheme.ctq_answer_working_days, deadlines, asking) if ready_at else None


def _answer_day(part: Any, deadlines: Deadlines) -> date | None:
    return validation_by(part.ready_at, deadlines, part.exchange.vop)


def _shared_answer_day(shared: Any, deadlines: Deadlines) -> date | None:
    return validation_by(shared.ready_at, deadlines, shared.visit.lead)


_CTQ_DUE = _("%(ctq_days_before_start)s days before the start")
_ANSWER_DUE = _("%(ctq_answer_working_days)s working days (seat of the Partnership) after it was ready")

CTQ = Due(_ctq_day, _CTQ_DUE)
SHARED_CTQ = Due(_shared_ctq_day, _CTQ_DUE)
VALIDATION = Due(_answer_day, _ANSWER_DUE)
SHARED_VALIDATION = Due(_shared_answer_day, _ANSWER_DUE)
DAY_BEFORE_START = Due(before_start(1), _("the day before the start"))
FIRST_DAY = Due(start_day, _("the first day"))
