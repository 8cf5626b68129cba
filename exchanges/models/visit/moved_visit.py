"""The transitions by which a visit moves to other days, all of it or the part that has not begun.

Rule: docs/rules.md, Moving a visit.
"""

from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from cxc.workflow import transition
from exchanges.enums import VisitState
from exchanges.models.sides import PORTAL
from exchanges.models.visit.places import VisitPlaces
from exchanges.requirements import documents, open_visits, visits
from exchanges.rules.visit_move import Days

PLANNED = VisitState.PLANNED
ANY_STATE = (VisitState.PLANNED, VisitState.OPEN)


class MovedVisitTransitions(VisitPlaces):
    """Moved, or begun for what moves away from another visit."""

    class Meta(VisitPlaces.Meta):
        abstract = True

    @property
    def days(self) -> Days:
        """Its first and last day."""
        return Days(self.first_day, self.last_day)

    @transition(
        "state",
        label=_("Move to other days"),
        source=ANY_STATE,
        sides=(PORTAL,),
        requires=(documents.visit_unlocked,),
        invariants=(visits.dates_in_order, open_visits.open_visit_dates_fit),
        button=False,
    )
    def move_days(self, *, first_day: date, last_day: date) -> dict[str, Any]:
        """The last day to ask keeps its distance from the first day; agenda and exchanges follow."""
        before = self.days
        if self.last_day_to_ask is not None:
            self.last_day_to_ask += first_day - self.first_day
        self.first_day, self.last_day = first_day, last_day
        self.row_version += 1
        return {"from": [str(before.first), str(before.last)], "to": [str(first_day), str(last_day)]}

    @transition(
        "state",
        label=_("Create for the exchanges that move to other days"),
        source=PLANNED,
        creates=True,
        sides=(PORTAL,),
        requires=(visits.dates_in_order, visits.zone_exists),
    )
    def create_by_move(self) -> None:
        """The rest of a visit of which something has begun: the same host, lead, zone and title."""
        self.created_at = self.moment

    def as_moved(self, days: Days, day_marks: Iterable[Any]) -> Self:
        """A copy of it in memory on other days, with other days marked: for a preview, which saves nothing."""
        moved = copy(self)
        moved.first_day, moved.last_day = days.first, days.last
        moved._prefetched_objects_cache = {"day_marks": list(day_marks)}  # type: ignore[attr-defined]
        return moved
