"""What is owed on open visits: a free place is offered to the next who waits."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Side, VisibleQuerySet
from cxc.todo.subjects import TodoRule, TodoSubject
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.todo import Todo
from exchanges import todo_inputs
from exchanges.models import Visit, WaitingListEntry
from exchanges.queries.visits import VISITING_PROFILES

SINCE_EVER = date.min


def _with_waiting_list() -> VisibleQuerySet:
    """Open visits for which somebody waits, with their places and the waiting list.

    Places given back of late are counted too: from when they are free is what is asked, on whichever day.
    """
    waiting = WaitingListEntry.objects.waiting()
    entries = waiting.with_display_relations().with_eligibility().oldest_first()
    found = Visit.objects.open().filter(Exists(waiting.filter(visit=OuterRef("pk"))))
    return (
        found.with_host()
        .with_places(SINCE_EVER)
        .with_places_held_until(SINCE_EVER)
        .prefetch_related(Prefetch("waiting_list_entries", entries, to_attr="waiting_list"), VISITING_PROFILES)
    )


def _eligible(visit: Any, deadlines: Deadlines) -> list[Any]:
    """Who could come, as long as time allows it; worked out once for each visit."""
    if not hasattr(visit, "eligible"):
        visit.eligible = [entry for entry in visit.waiting_list if not entry.lasting_problem(deadlines)]
    found: list[Any] = visit.eligible
    return found


def _can_be_offered(visit: Any, deadlines: Deadlines) -> bool:
    return bool(_eligible(visit, deadlines)) and (visit.free_places > 0 or visit.next_place_from() is not None)


def _from(visit: Any, _deadlines: Deadlines) -> datetime | None:
    return None if visit.free_places > 0 else visit.next_place_from()


def _until(visit: Any, deadlines: Deadlines) -> datetime:
    """When the last of them can't come any more."""
    return max(entry.possible_until() for entry in _eligible(visit, deadlines))


def _label(visit: Any) -> str:
    """With who is next."""
    possible = [one for one in _eligible(visit, Deadlines()) if clock.now() < one.possible_until()]
    return f"{visit} → {possible[0].visiting_profile.organisation}" if possible else str(visit)


OFFER_PLACE = TodoRule(
    Todo(
        "offer_place",
        (Side.HOP,),
        _("Offer the free place to the next on the waiting list"),
        page=lambda visit: f"{reverse('visit_join_requests', args=[visit.pk])}#waiting",
        since=lambda visit: visit.waiting_list[0].asked_at,
        visible_from=_from,
        visible_until=_until,
    ),
    _can_be_offered,
)

OPEN_VISITS = TodoSubject(
    "exchanges.visit",
    _("Open visits"),
    _with_waiting_list,
    rules=(OFFER_PLACE,),
    shown=_with_waiting_list,  # the label says who is next
    label=_label,
    zone=lambda visit: visit.time_zone,
    inputs=todo_inputs.OPEN_VISIT,
)
