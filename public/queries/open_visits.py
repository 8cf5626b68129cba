"""Open visits as everybody may know of them: no names, no places, no texts."""

from contextlib import closing
from datetime import timedelta
from itertools import islice

from cxc import clock
from cxc.core.pooling import in_parts
from exchanges.models import Visit
from exchanges.rules.visit_eligibility import request_problem, visit_problem

MAX_SHOWN = 5
# Rows that are fetched at a time until that many are found, and looked at in all: a front page has to stay light.
_PART, _MAX_LOOKED_AT = 50, 500


def open_visits_ahead() -> list[Visit]:
    """The next open visits for which somebody can still ask, the soonest first; counted `with_places`."""
    # Local to each visit, the last day to ask ends at most a day after that of UTC.
    still = Visit.objects.open().filter(last_day_to_ask__gte=clock.today() - timedelta(days=1))
    rows = still.with_host().with_places().with_host_participation().order_by("first_day", "pk")[:_MAX_LOOKED_AT]
    with closing(in_parts(rows, _PART)) as ahead:
        return list(islice(filter(_can_be_asked_for, ahead), MAX_SHOWN))


def _can_be_asked_for(visit: Visit) -> bool:
    return visit.free_places > 0 and not request_problem(visit) and not visit_problem(visit, visit, clock.now())
