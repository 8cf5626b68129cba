"""How the working days of a stay come about, day by day, so that a document can explain its number.

Rule: docs/rules.md, Working days.
"""

from datetime import date

from cxc.core.calendar import is_working_day, national_holidays
from exchanges import models
from exchanges.documents.values import DayCount, DayMark, NamedDay
from exchanges.models import Exchange
from exchanges.rules.stay import NEXT_DAY, holiday_changes

_SATURDAY = 5


def day_count(exchange: Exchange, first: date, last: date, *, days_off: bool) -> DayCount:
    """The count from first to last; with `days_off`, less the days on which this visitor did not work."""
    country = exchange.host_country.pk
    added, removed = holiday_changes(country)
    days = [first + n * NEXT_DAY for n in range((last - first).days + 1)]
    weekdays = [day for day in days if day.weekday() < _SATURDAY]
    usual = {day for day in weekdays if is_working_day(day, country=country, added=added, removed=removed)}
    marks = [mark for mark in exchange.visit.day_marks.all() if first <= mark.day <= last]
    worked = [_mark(mark) for mark in marks if mark.is_worked and mark.day not in usual]
    off = {mark.day: _mark(mark) for mark in marks if not mark.is_worked}
    if days_off:
        rows = exchange.days_not_worked.all()
        off |= {row.day: DayMark(day=row.day, is_worked=False, reason=row.reason) for row in rows}
    counting = usual | {mark.day for mark in worked}
    return DayCount(
        weekdays=len(weekdays),
        holidays=[NamedDay(day=day, name=_name(country, day)) for day in weekdays if day not in usual],
        worked=worked,
        not_worked=[off[day] for day in sorted(off) if day in counting],
    )


def _mark(row: models.DayMark) -> DayMark:
    return DayMark(day=row.day, is_worked=row.is_worked, reason=row.reason)


def _name(country: str, day: date) -> str:
    return national_holidays(country, day.year).get(day, "national holiday")
