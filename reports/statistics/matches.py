"""Figures of matches."""

from typing import Any

from django.db.models import Sum

from cxc.access.scoped import Side
from matching.enums import MatchState
from reports.enums import StoredFigure
from reports.statistics.filters import Filters

INITIATORS = (Side.VO, Side.HO, Side.VOP, Side.HOP, Side.SO)
_FIGURES = (StoredFigure.MATCH_INITIATORS, StoredFigure.MATCH_STATES)


def match_figures(filters: Filters) -> dict[str, Any]:
    """Matches by who initiated them and by state; start dates are an exchange's and do not touch them."""
    found: dict[str, dict[str, int]] = {figure: {} for figure in _FIGURES}
    rows = filters.counts(*_FIGURES).values_list("figure", "value").annotate(total=Sum("number"))
    for figure, value, number in rows:
        found[figure][value] = number
    initiators, states = found[StoredFigure.MATCH_INITIATORS], found[StoredFigure.MATCH_STATES]
    return {
        "total": sum(states.values()),
        "by_initiator": {str(side): initiators.get(side, 0) for side in INITIATORS},
        "by_state": {str(state): states.get(state, 0) for state in MatchState},
    }
