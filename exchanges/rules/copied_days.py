"""On which days the agenda of a visit falls when the visit is copied: plain dates, local to the visit.

Rule: docs/rules.md, Copying a visit.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from exchanges.rules.visit_move import Days

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class CopiedDays:
    """The n-th working day of the source becomes the n-th working day from `first` on.

    A day that does not count keeps its distance from the working day before it, or from the first one where it is
    before that, and never passes the next working day.

    source          the days of the visit that is copied
    source_working  its working days
    first           the first day of the copy
    working         as many working days, from `first` on
    """

    source: Days
    source_working: Sequence[date]
    first: date
    working: Sequence[date]

    @property
    def days(self) -> Days:
        """The first and last day of the copy."""
        return Days(self.first, max(self.first, self._fall_on(self.source.last)))

    def day_of(self, day: date) -> date:
        """The day of the copy on which this day of the source falls."""
        return max(self.first, min(self._fall_on(day), self.days.last))

    def _fall_on(self, day: date) -> date:
        number = bisect_right(self.source_working, day)
        if not self.working:
            return self.first + (day - self.source.first)
        before = max(number - 1, 0)
        found = self.working[before] + (day - self.source_working[before])
        return min(found, self.working[number] - ONE_DAY) if 0 < number < len(self.working) else found
