"""Visits, opening them, waiting for a place."""

from collections.abc import Iterable

from cxc.workflow.mending import Way, by_moves, says_all, way
from cxc.workflow.requirements import TransitionContext
from exchanges import fixes, links
from exchanges.mending.common import VISIT, WAITING
from exchanges.models import Visit
from profiles.enums import ProfileState
from profiles.mending import participation_ways, period_ways, publishing_ways

OPENING = ("open_to_visitors", "change_opening")


def register() -> None:
    """Called when the app is ready."""
    says_all(
        VISIT,
        "lead_has_match_with_host",
        "lead_creates_visit",
        "new_lead_takes_part",
        "has_no_exchange",
        "host_created_visit",
        "not_begun",
    )
    says_all(WAITING, "visitor_is_eligible", "not_waiting_yet")


def _opening(visit: Visit, name: str) -> list[Way]:
    return by_moves(visit, OPENING, links.opening(visit, name)) if visit.pk else []


@way(VISIT, "dates_in_order", "exchanges_fit")
def _days(context: TransitionContext) -> Iterable[Way]:
    return fixes.dates_of_visit(context.thing, "first_day")


@way(VISIT, "zone_exists")
def _zone(context: TransitionContext) -> Iterable[Way]:
    return fixes.dates_of_visit(context.thing, "time_zone")


@way(VISIT, "open_visit_dates_fit")
def _fits(context: TransitionContext) -> Iterable[Way]:
    return [*fixes.dates_of_visit(context.thing, "first_day"), *_opening(context.thing, "last_day_to_ask")]


@way(VISIT, "outline_given")
def _outline(context: TransitionContext) -> Iterable[Way]:
    return _opening(context.thing, "outline")


@way(VISIT, "last_day_to_ask_not_past")
def _until(context: TransitionContext) -> Iterable[Way]:
    return _opening(context.thing, "last_day_to_ask")


@way(VISIT, "host_published", "host_takes_visitors")
def _host(context: TransitionContext) -> Iterable[Way]:
    host = context.thing.host_profile
    if host.state != ProfileState.PUBLISHED:
        return publishing_ways(host)
    return period_ways(host) if host.is_over else participation_ways(host)


@way(WAITING, "visit_takes_requests")
def _asks(context: TransitionContext) -> Iterable[Way]:
    return _opening(context.thing.visit, "last_day_to_ask")


@way(WAITING, "visit_has_waiting_list")
def _list(context: TransitionContext) -> Iterable[Way]:
    return _opening(context.thing.visit, "has_waiting_list")


@way(WAITING, "place_left")
def _place(context: TransitionContext) -> Iterable[Way]:
    return fixes.dates_of_visit(context.thing.visit, "places")


@way(WAITING, "next_in_line_or_reason")
def _reason(context: TransitionContext) -> Iterable[Way]:
    return by_moves(context.thing, ["offer"], links.form("visit_offer", context.thing.pk, "reason"))
