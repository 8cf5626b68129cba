"""Figures of Partnerships."""

from typing import Any

from profiles.models import Participation
from reports.statistics.exchange_counts import ExchangeCounts
from reports.statistics.filters import Filters


def partnership_rows(filters: Filters, counts: ExchangeCounts) -> list[dict[str, Any]]:
    """Each Partnership's confirmed exchanges, as VOP, against its target, a row per generation."""
    wanted = {"generation": filters.generation, "partnership": filters.partnership}
    participations = (
        Participation.objects.filter(**{name: value for name, value in wanted.items() if value})
        .select_related("partnership", "generation")
        .order_by("generation__first_day", "partnership__acronym__folded")
    )
    nothing = {"confirmed": 0, "closed": 0}
    return [
        {
            "partnership": row.partnership.acronym,
            "generation": row.generation.code,
            "target": row.target,
            **counts.by_vop.get((row.partnership_id, row.generation_id), nothing),
        }
        for row in participations
    ]
