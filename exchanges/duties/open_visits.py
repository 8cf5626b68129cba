"""What is owed on open visits: a free place is offered to the next who waits."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side, VisibleQuerySet
from cxc.todo.duties import Duty, Watch
from cxc.workflow.deadlines import Deadlines
from exchanges.models import Visit, WaitingListEntry
from exchanges.queries.visits import VISITING_PROFILES


def _with_a_line() -> VisibleQuerySet:
    """Open visits for which somebody waits, with their places and the line."""
    waiting = WaitingListEntry.objects.waiting()
    line = Prefetch(
        "waiting_list_entries", waiting.with_display_relations().with_eligibility().oldest_first(), to_attr="line"
    )
    found = Visit.objects.open().filter(Exists(waiting.filter(visit=OuterRef("pk"))))
    return found.with_host().with_places().prefetch_related(line, VISITING_PROFILES)


def _can_be_offered(visit: Any, deadlines: Deadlines) -> bool:
    """Keeps who is next, for the label."""
    visit.following = next((place for place in visit.line if not place.problem(deadlines)), None)
    return visit.free_places > 0 and visit.following is not None


def _label(visit: Any) -> str:
    following = getattr(visit, "following", None)
    return f"{visit} → {following.visiting_profile.organisation}" if following else str(visit)


OPEN_VISITS = Watch(
    "exchanges.visit",
    _("Open visits"),
    _with_a_line,
    (
        Duty(
            "offer_place",
            _("A place is free: offer it to the next on the waiting list"),
            (Side.HOP,),
            _can_be_offered,
            page=lambda visit: f"{reverse('visit_join_requests', args=[visit.pk])}#waiting",
            since=lambda visit: visit.line[0].asked_at,
        ),
    ),
    label=_label,
    zone=lambda visit: visit.time_zone,
)
