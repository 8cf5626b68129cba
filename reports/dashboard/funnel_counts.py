"""Counts the lines of the funnel for every Partnership and generation at once. Rule: docs/dashboard.md, The funnel.

Whether two organisations met again, and how many stand behind a line, depends on all exchanges: pages read what a job
counted.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q

from cxc import clock
from cxc.access.scoped import Side
from exchanges.enums import CONFIRMED_STATES, ExchangeState
from profiles.models import Profile
from reports.dashboard.funnel_levels import FunnelLevel, reached
from reports.dashboard.scope import KINDS, SIDES
from reports.models import FunnelCount

REGISTERED = "registered"
CLOSED, MET_AGAIN, CLOSED_IN_PORTAL, FEEDBACK = "closed_exchanges", "met_again", "closed_in_portal", "feedback"

_COUNT_LOCK = 7_310_115  # of two counts at once the second is left out
# Enough to hash a million keys, where the usual four megabytes would look through all of them for each profile.
_MEMORY = "SET LOCAL work_mem = '256MB'"
# Closed exchanges of each side, by Partnership and generation; an empty one stands for all.
_EXCHANGES = """
WITH exchange AS (
    SELECT x.*, COALESCE(x.actual_start, x.planned_start) < max(COALESCE(x.actual_start, x.planned_start))
        FILTER (WHERE x.state = ANY (%(confirmed)s)) OVER (
            PARTITION BY LEAST(x.organisation_id, x.host_organisation_id),
                GREATEST(x.organisation_id, x.host_organisation_id)
        ) AS met_again
    FROM exchanges_exchange x
)
SELECT side.name, side.partnership_id, x.generation_id, count(*), count(*) FILTER (WHERE x.met_again),
    count(*) FILTER (WHERE NOT x.is_recorded), count(feedback.id) FILTER (WHERE NOT x.is_recorded)
FROM exchange x
CROSS JOIN LATERAL (VALUES
    (%(vop)s, x.visitor_partnership_id, %(vo)s), (%(hop)s, x.host_partnership_id, %(ho)s)
) side (name, partnership_id, feedback_from)
LEFT JOIN exchanges_feedback feedback ON feedback.exchange_id = x.id AND feedback.side = side.feedback_from
WHERE x.state = %(closed)s
GROUP BY side.name, CUBE (side.partnership_id, x.generation_id)
HAVING GROUPING(side.partnership_id) = 1 OR side.partnership_id IS NOT NULL
"""
_VALUES: dict[str, Any] = {
    "confirmed": [state.value for state in CONFIRMED_STATES],
    "closed": ExchangeState.CLOSED.value,
    # Who of the two gives the feedback that is counted on a side.
    "vop": Side.VOP.value,
    "vo": Side.VO.value,
    "hop": Side.HOP.value,
    "ho": Side.HO.value,
}


@transaction.atomic
def count_funnel() -> int:
    """Count all anew, in place of what was counted before; how many numbers that makes.

    0 without a change where another count is under way.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_COUNT_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_MEMORY)
    began = clock.now()
    counts = [*_profile_counts(), *_exchange_counts()] or [_nothing()]
    for count in counts:
        count.counted_at = began
    FunnelCount.objects.all().delete()
    FunnelCount.objects.bulk_create(counts, batch_size=1000)
    return len(counts)


def _nothing() -> FunnelCount:
    """Says that there was nothing to count, which is not the same as that nothing was counted yet."""
    return FunnelCount(side=Side.VOP, line=REGISTERED, number=0, organisations=0)


def _profile_counts() -> Iterator[FunnelCount]:
    """Profiles and organisations that reached each level. A draft without a Partnership is counted among all."""
    conditions = {REGISTERED: Q(), **{level.value: reached(level) for level in FunnelLevel}}
    counted: dict[str, Any] = {}
    for line, condition in conditions.items():
        counted[f"{line}_profiles"] = Count("pk", filter=condition or None)
        counted[f"{line}_organisations"] = Count("organisation", distinct=True, filter=condition or None)
    sides = {KINDS[side]: side for side in SIDES}
    for keys in product(("partnership_id", None), ("generation_id", None)):
        grouped = [key for key in keys if key]
        known = Profile.objects.filter(**{f"{key}__isnull": False for key in grouped})
        rows: Any = known.order_by().values("kind", *grouped).annotate(**counted)
        for row, line in product(rows, conditions):
            yield FunnelCount(
                side=sides[row["kind"]],
                line=line,
                number=row[f"{line}_profiles"],
                organisations=row[f"{line}_organisations"],
                **{key: row[key] for key in grouped},
            )


def _exchange_counts() -> Iterator[FunnelCount]:
    """Closed exchanges: all, met again, closed in the portal, and of these with the side's feedback."""
    with connection.cursor() as cursor:
        cursor.execute(_EXCHANGES, _VALUES)
        for side, partnership, generation, *numbers in cursor.fetchall():
            for line, number in zip((CLOSED, MET_AGAIN, CLOSED_IN_PORTAL, FEEDBACK), numbers, strict=True):
                yield FunnelCount(
                    side=side, partnership_id=partnership, generation_id=generation, line=line, number=number
                )
