"""Figures of exchanges under their documented keys."""

from typing import Any

from exchanges.enums import CONFIRMED_STATES, ExchangeState
from profiles.enums import Modality
from reports.statistics.exchange_counts import ExchangeCounts

Figures = dict[str, Any]


def exchange_figures(counts: ExchangeCounts) -> Figures:
    """The figures of both modalities; one that is filtered away shows as empty."""
    figures = {str(modality): _figures(counts, modality) for modality in Modality}
    return {"confirmed": sum(part["total"] for part in figures.values()), **figures}


def _figures(counts: ExchangeCounts, modality: str) -> Figures:
    """Working days shortest first, months earliest first."""
    states, visits = counts.states[modality], counts.visits[modality]
    return {
        "total": sum(states.get(state, 0) for state in CONFIRMED_STATES),
        "by_state": {str(state): states.get(state, 0) for state in ExchangeState},
        "by_working_days": dict(sorted(counts.working_days[modality].items(), key=lambda row: int(row[0]))),
        "by_type": counts.types[modality],
        "by_host_country": counts.host_countries[modality],
        "by_month": dict(sorted(counts.months[modality].items())),
        "visits": {size: visits.get(size, 0) for size in ("grouped", "single")},
        "partnerships": counts.partnerships.get(modality, 0),
    }
