"""Figures of matches."""

from typing import Any

from django.db.models import Q

from cxc.access.scoped import Side
from matching.enums import MatchState
from matching.models import Match
from reports.statistics.counts import counts_by
from reports.statistics.filters import Filters

INITIATORS = (Side.VO, Side.HO, Side.VOP, Side.HOP, Side.SO)


def match_figures(filters: Filters) -> dict[str, Any]:
    """Matches by who initiated them and by state; start dates are an exchange's and do not touch them."""
    wanted: dict[str, Any] = {
        "generation": filters.generation,
        "visiting_profile__partnership": filters.partnership,
        "modality": filters.modality,
    }
    matches = Match.objects.filter(Q(**{name: value for name, value in wanted.items() if value}))
    initiators, states = counts_by(matches, "initiated_by"), counts_by(matches, "state")
    return {
        "total": sum(states.values()),
        "by_initiator": {str(side): initiators.get(side, 0) for side in INITIATORS},
        "by_state": {str(state): states.get(state, 0) for state in MatchState},
    }
