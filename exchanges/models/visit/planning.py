"""The transitions of a visit while it is planned: begun, changed, handed over, deleted."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.workflow import Allowed, take_fields, transition
from exchanges.enums import VisitState
from exchanges.models.sides import HO, HOP, LEAD, SO
from exchanges.models.visit.places import VisitPlaces
from exchanges.requirements import documents, open_visits, visit_moves, visits
from profiles.models import Partnership

PLANNED = VisitState.PLANNED
ANY_STATE = (VisitState.PLANNED, VisitState.OPEN)
TO_CREATE = (
    visits.dates_in_order,
    visits.zone_exists,
    visits.host_published,
    visits.lead_has_match_with_host,
    visits.lead_creates_visit,
)


class PlanningTransitions(VisitPlaces):
    """Begun, changed, handed over, deleted."""

    class Meta(VisitPlaces.Meta):
        abstract = True

    @transition(
        "state",
        label=_("Create the visit"),
        source=PLANNED,
        creates=True,
        sides=(HO, LEAD, HOP, SO),
        requires=TO_CREATE,
    )
    def create(self) -> None:
        """The lead is the Partnership that creates it; the host's when the host does."""
        self.created_at = self.moment

    @transition(
        "state",
        label=_("Copy the visit"),
        source=PLANNED,
        creates=True,
        sides=(HO, LEAD, HOP, SO),
        requires=(*TO_CREATE, visits.host_generation_open, visits.first_day_ahead, visits.days_in_generation),
    )
    def create_by_copy(self, *, source: VisitPlaces) -> dict[str, Any]:
        """`source`: the visit whose place, texts and agenda it takes over."""
        self.created_at = self.moment
        return {"source": source.pk}

    @transition(
        "state",
        label=_("Change dates, time zone or places"),
        source=ANY_STATE,
        sides=(LEAD, SO),
        requires=(documents.visit_unlocked, visit_moves.days_stay_during_move),
        invariants=(visits.dates_in_order, visits.zone_exists, visits.exchanges_fit, open_visits.open_visit_dates_fit),
        button=False,
    )
    def change_dates(self, *, fields: dict[str, Any]) -> dict[str, Any]:
        changed = take_fields(self, fields, allowed=self.DATES_AND_PLACES)
        return {"changed": {name: str(fields[name]) for name in changed}}

    @transition(
        "state",
        label=_("Hand over the lead"),
        source=ANY_STATE,
        sides=(LEAD, SO),
        requires=(visits.new_lead_takes_part,),
        button=False,
    )
    def hand_over(self, *, partnership: Partnership) -> dict[str, str]:
        before = self.lead
        self.lead = partnership
        return {"from": str(before), "to": str(partnership)}

    @transition(
        "state",
        label=_("Delete the visit"),
        source=ANY_STATE,
        deletes=True,
        sides=(LEAD, SO, Allowed(HO, visits.host_created_visit)),
        requires=(visits.has_no_exchange,),
        hides_when=(visits.has_no_exchange, visits.host_created_visit),
    )
    def delete_visit(self) -> None:
        """Its maker takes it back while nobody has joined: the host too, where the host created it."""
