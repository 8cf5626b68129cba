"""Open visits as everybody may know of them: no names, no places, no texts."""

from cxc import clock
from exchanges.models import Visit
from exchanges.rules.visit_eligibility import request_problem
from profiles.models import Profile

MOST = 5


def open_visits_ahead() -> list[Visit]:
    """The next open visits for which somebody can still ask, the soonest first; counted `with_places`."""
    hosts = Profile.objects.available()
    ahead = Visit.objects.open().filter(first_day__gt=clock.today(), host_profile__in=hosts.values("pk"))
    rows = ahead.with_host().with_places().order_by("first_day", "pk")
    # The last day to ask is local to each visit: a few more are read than are shown.
    possible = [visit for visit in rows[: MOST * 4] if visit.free_places and not request_problem(visit)]
    return possible[:MOST]
