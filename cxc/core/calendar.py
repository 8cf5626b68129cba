"""Working days, national holidays and local midnights: pure functions, no database, no clock.

Rule: docs/rules.md, Working days. A stay's working days are the weekdays from its first to its last day,
both counted, less the country's national holidays, plus days marked worked, less days marked not
worked. The library `holidays` knows the national holidays; what the Support Office adds or
removes for a country is passed in as `added` and `removed`.

All days are local dates of the country they are counted for; a country is its ISO 3166 code of two
letters (Kosovo: XK).
"""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_A_MONDAY = date(2000, 1, 3)
_NO_DAYS: frozenset[date] = frozenset()

# Under martial law Ukraine's holidays are ordinary days: there is nothing to take off from its first day on.
_NO_HOLIDAYS_FROM = {"UA": date(2022, 2, 24)}


@cache
def national_holidays(country: str, year: int) -> Mapping[date, str]:
    """The country's national holidays of that year, with their English names.

    None where there is no answer: Ukraine from 24 February 2022, countries and years the library
    does not know. Ask `holidays_known` to tell a reader so. Regional holidays and half days are left out.
    """
    try:
        known = holidays.country_holidays(country, years=year, language="en_US")
    except NotImplementedError:
        return MappingProxyType({})
    end = _NO_HOLIDAYS_FROM.get(country, date.max)
    return MappingProxyType({day: known[day] for day in sorted(known) if day < end})


def holidays_known(country: str, day: date) -> bool:
    """False when nobody can say whether that day is a national holiday, so that the count takes none off."""
    return day < _NO_HOLIDAYS_FROM.get(country, date.max) and bool(national_holidays(country, day.year))


def is_working_day(
    day: date,
    *,
    country: str,
    added: Collection[date] = _NO_DAYS,
    removed: Collection[date] = _NO_DAYS,
    worked: Collection[date] = _NO_DAYS,
    not_worked: Collection[date] = _NO_DAYS,
) -> bool:
    """Whether this one day counts.

    `added` and `removed` change the country's holidays (removed wins); `worked` and `not_worked`
    are marks on the day itself and stand above weekends and holidays (not worked wins).
    """
    if day in not_worked:
        return False
    if day in worked:
        return True
    holiday = day in added or day in national_holidays(country, day.year)
    return day.weekday() < _SATURDAY and (day in removed or not holiday)


def working_dates(
    first: date,
    last: date,
    *,
    country: str,
    added: Collection[date] = _NO_DAYS,
    removed: Collection[date] = _NO_DAYS,
    worked: Collection[date] = _NO_DAYS,
    not_worked: Collection[date] = _NO_DAYS,
) -> list[date]:
    """The days that count from first to last, both included; none when last is before first.

    10 to 20 August 2021 in BE are 9.
    """
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [
        day
        for day in days
        if is_working_day(day, country=country, added=added, removed=removed, worked=worked, not_worked=not_worked)
    ]


def weekdays(first: date, last: date) -> int:
    """How many days from Monday to Friday lie from first to last, both included; 0 when last is before first."""
    if last < first:
        return 0
    until, before = (last - _A_MONDAY).days, (first - _A_MONDAY).days
    return until // 7 * 5 + min(until % 7 + 1, 5) - before // 7 * 5 - min(before % 7, 5)


def add_working_days(
    day: date,
    count: int,
    *,
    country: str,
    added: Collection[date] = _NO_DAYS,
    removed: Collection[date] = _NO_DAYS,
) -> date:
    """The count-th working day after `day`, which itself is not counted; 0 gives `day` back.

    A payment is due 10 working days after its papers are in, by the calendar of the seat of the
    visitor's Partnership. ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("A number of working days to add cannot be negative.")
    while count:
        day += _ONE_DAY
        count -= is_working_day(day, country=country, added=added, removed=removed)
    return day


def midnight(day: date, zone: str) -> datetime:
    """The moment, in UTC, at which that day begins in the IANA zone.

    Where clocks jump over midnight the day begins at the jump; where midnight comes twice, at the
    first. `zoneinfo.ZoneInfoNotFoundError` for an unknown zone.
    """
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def end_of_day_utc(day: date) -> datetime:
    """The moment at which that day is over in UTC, which no participating country is behind."""
    return midnight(day + _ONE_DAY, "UTC")
