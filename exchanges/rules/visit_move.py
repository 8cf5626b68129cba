"""The days of an exchange when its visit moves: plain dates, local to the visit.

Rule: docs/rules.md, Moving a visit.
"""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Days:
    """The first and the last of some days, both counted."""

    first: date
    last: date

    def later_by(self, shift: timedelta) -> "Days":
        """The same number of days, so much later (or earlier)."""
        return Days(self.first + shift, self.last + shift)


def shift_of(before: Days, after: Days) -> timedelta:
    """How many calendar days later the visit begins."""
    return after.first - before.first


def moved_stay(stay: Days, before: Days, after: Days) -> Days:
    """The stay when its visit moves: a whole visit stays whole, another keeps its distance from the first day."""
    return after if stay == before else stay.later_by(shift_of(before, after))
