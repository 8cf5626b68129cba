"""The transitions by which a visit is opened to visitors, and closed again."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.workflow import take_fields, transition
from exchanges.enums import VisitState
from exchanges.models.sides import HO, HOP, SO
from exchanges.models.visit.places import VisitPlaces
from exchanges.requirements import open_visits

PLANNED, OPEN = VisitState


class OpenVisitTransitions(VisitPlaces):
    """Opened, described, closed."""

    OPENING_FIELDS = ("outline", "last_day_to_ask", "has_waiting_list")

    class Meta(VisitPlaces.Meta):
        abstract = True

    @transition(
        "state",
        label=_("Open the visit to visitors"),
        source=PLANNED,
        target=OPEN,
        sides=(HO, HOP, SO),
        requires=(open_visits.not_begun, open_visits.host_takes_visitors),
        hides_when=(open_visits.not_begun,),
        invariants=(open_visits.outline_given, open_visits.open_visit_dates_fit, open_visits.last_day_to_ask_not_past),
        button=False,
    )
    def open_to_visitors(self, *, outline: str, last_day_to_ask: date, has_waiting_list: bool = True) -> dict[str, Any]:
        """`last_day_to_ask`: the last local day to ask; `has_waiting_list`: visitors may wait when it is full."""
        return self._set_opening(
            outline=outline.strip(), last_day_to_ask=last_day_to_ask, has_waiting_list=has_waiting_list
        )

    @transition(
        "state",
        label=_("Change outline, last day to ask or waiting list"),
        source=OPEN,
        sides=(HO, HOP, SO),
        requires=(open_visits.not_begun,),
        hides_when=(open_visits.not_begun,),
        invariants=(open_visits.outline_given, open_visits.open_visit_dates_fit),
        button=False,
    )
    def change_opening(self, *, outline: str, last_day_to_ask: date, has_waiting_list: bool = True) -> dict[str, Any]:
        return self._set_opening(
            outline=outline.strip(), last_day_to_ask=last_day_to_ask, has_waiting_list=has_waiting_list
        )

    @transition("state", label=_("Close to visitors"), source=OPEN, target=PLANNED, sides=(HO, HOP, SO))
    def close_to_visitors(self) -> None:
        """Proposals made stand; the waiting list rests until the visit is opened again."""

    def _set_opening(self, **fields: Any) -> dict[str, Any]:
        changed = take_fields(self, fields, allowed=self.OPENING_FIELDS)
        return {"changed": {name: str(fields[name]) for name in changed}}
