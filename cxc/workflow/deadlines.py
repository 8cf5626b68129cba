"""What due dates are measured by: a moment, the numbers of the scheme's settings, the holidays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from cxc import clock
from cxc.core import calendar
from cxc.core.models.holidays import HolidayChange
from cxc.core.models.scheme import SchemeSettings


@dataclass
class Deadlines:
    """This moment (UTC), the settings of the scheme and the holidays; each is read once."""

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


def days(count: int) -> timedelta:
    """So many calendar days."""
    return timedelta(days=count)
