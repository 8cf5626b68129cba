"""Days around the world's today: stays of so many working days, and the clock held at a step's moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from cxc import clock
from exchanges.rules.stay import working_dates

DAY = timedelta(days=1)
# The world stands at six in the morning (UTC) of its today; steps happen at ten of earlier days.
WORLD_HOUR, STEP_HOUR = 6, 10


@dataclass(frozen=True)
class Stay:
    """First and last day, local to the host."""

    start: date
    end: date


def now_of(today: date) -> datetime:
    """The moment in which the world stands still while it is loaded."""
    return datetime.combine(today, time(WORLD_HOUR, tzinfo=UTC))


@contextmanager
def on(day: date, hour: int = STEP_HOUR) -> Iterator[None]:
    """Hold the clock on that day. ValueError when that is later than now: the future has not been lived."""
    moment = datetime.combine(day, time(hour, tzinfo=UTC))
    with at(moment):
        yield


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock at a moment that is not later than it stands."""
    if moment > clock.now():
        raise ValueError(f"{moment} is still to come.")
    with clock.at(moment):
        yield


def starting(country: str, earliest: date, days: int = 3) -> Stay:
    """The first stay of so many working days in a row that starts on that day or later."""
    return next(stay for stay in _runs(country, earliest, DAY, days))


def ended(country: str, latest: date, days: int = 3) -> Stay:
    """The last stay of so many working days in a row that ended on that day or earlier."""
    first = latest - (days - 1) * DAY
    return next(stay for stay in _runs(country, first, -DAY, days))


def around(country: str, today: date, days: int = 3) -> Stay:
    """A stay under way: it began before today, and is not over; a weekend may lie in it."""
    start = next(stay.start for stay in _runs(country, today - DAY, -DAY, 1))
    end = today
    while len(working_dates(country, start, end)) < days:
        end += DAY
    return Stay(start, end)


def _runs(country: str, start: date, step: timedelta, days: int) -> Iterator[Stay]:
    """Stays of working days only, from one start day to the next."""
    while True:
        end = start + (days - 1) * DAY
        if len(working_dates(country, start, end)) == days:
            yield Stay(start, end)
        start += step


def days_of(stay: Stay, country: str) -> list[date]:
    """The working days of a stay."""
    return working_dates(country, stay.start, stay.end)
