"""Copying a visit as the beginning of the next. Rule: docs/rules.md, Copying a visit."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from cxc.access.scoped import PORTAL, Actor, Principal
from cxc.workflow import TransitionContext, create, transitions_of
from cxc.workflow.execution import sides_that_may
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.models import SharedPart, Visit
from exchanges.requirements.visits import lead_has_match_with_host
from exchanges.rules.copied_days import CopiedDays
from exchanges.rules.stay import working_dates
from exchanges.rules.visit_move import Days
from exchanges.services.agenda import copy_items
from exchanges.services.visits import lead_of
from profiles.models import Partnership

COPIED = ("host_profile", "modality", "city", "time_zone", "places")
# Holidays and weekends leave at least this share of days: one in three, and none for a month and a half.
LONGEST_BREAK = timedelta(days=45)


@dataclass(frozen=True)
class VisitCopy:
    """The new visit, and how many agenda items it took over."""

    visit: Visit
    items: int


def new_copy(source: Visit, *, by: Actor, days: Days | None = None, title: str = "") -> Visit:
    """The copy as it would be created, not saved; on the days of the source unless others are given."""
    days = days or source.days
    taken = {name: getattr(source, name) for name in COPIED}
    lead = source.lead if _is(source.lead, by) else lead_of(source.host_profile, by)
    return Visit(lead=lead, title=title, first_day=days.first, last_day=days.last, **taken)


def _is(partnership: Partnership, actor: Actor) -> bool:
    """Whether the actor acts for this Partnership."""
    return actor.principal is Principal.PARTNERSHIP and actor.principal_id == partnership.pk


def may_copy(visit: Visit, actor: Actor) -> bool:
    """Whether the page of the visit offers to copy it: who may create a visit at this host profile may."""
    if not actor.may_write:
        return False
    copy, declared = new_copy(visit, by=actor), transitions_of(Visit)["create_by_copy"]
    contexts = [TransitionContext(copy, actor, side) for side in sides_that_may(declared, copy, actor)]
    return any(lead_has_match_with_host.is_met(context) for context in contexts)


def copy_visit(source: Visit, *, by: Actor, first_day: date, title: str = "") -> VisitCopy:
    """Create a visit from the source: its place, texts and agenda, without exchanges and nothing validated.

    `first_day`: of the copy, local to it.
    """
    days = copied_days(source, first_day)
    with unit_of_work():
        copy = create(new_copy(source, by=by, days=days.days, title=title), "create_by_copy", by=by, source=source)
        _copy_shared_part(source, copy, by)
        return VisitCopy(copy, copy_items(source, copy, days.day_of))


def copied_days(source: Visit, first_day: date) -> CopiedDays:
    """On which days the source's agenda falls when the copy begins on this local day.

    Marked days count for the source; the copy has none.
    """
    country = source.host_country.pk
    worked, not_worked = source.marked_days()
    counting = working_dates(country, source.first_day, source.last_day, worked=worked, not_worked=not_worked)
    until = first_day + 3 * (source.last_day - source.first_day) + LONGEST_BREAK
    working = list(islice(working_dates(country, first_day, until), len(counting)))
    return CopiedDays(Days(source.first_day, source.last_day), counting, first_day, working)


def _copy_shared_part(source: Visit, copy: Visit, by: Actor) -> None:
    theirs = SharedPart.objects.visible_to(by).filter(visit=source).first()
    texts = {name: getattr(theirs, name) for name in SharedPart.TEXTS} if theirs else {}
    create(SharedPart(visit=copy, **texts), by=PORTAL)
