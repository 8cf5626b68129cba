"""Figures of host profiles, matches and Partnerships."""

from typing import Any

from django.db.models import Q

from cxc.access.scoped import Side
from matching.enums import MatchState
from matching.models import Match
from profiles.enums import Modality, ProfileKind, ProfileState
from profiles.models import Participation, Profile
from reports.statistics.counting import counts_by
from reports.statistics.exchanges import by_vop
from reports.statistics.filters import Filters

INITIATORS = (Side.VO, Side.HO, Side.VOP, Side.HOP, Side.SO)


def host_figures(filters: Filters) -> dict[str, Any]:
    """Published host profiles per country, as of now, by generation and modality.

    A host has no VOP and no start date: these filters do not touch it.
    """
    published = Profile.objects.filter(_of_profile(filters), kind=ProfileKind.HOST, state=ProfileState.PUBLISHED)
    by_country = counts_by(published, "organisation__country")
    return {"published": sum(by_country.values()), "by_country": by_country}


def _of_profile(filters: Filters) -> Q:
    condition = Q(generation=filters.generation) if filters.generation else Q()
    if filters.modality:
        condition &= Q(physical=True) if filters.modality == Modality.PHYSICAL else Q(virtual=True)
    return condition


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


def partnership_rows(filters: Filters) -> list[dict[str, Any]]:
    """Each Partnership's confirmed exchanges, as VOP, against its target, a row per generation."""
    wanted = {"generation": filters.generation, "partnership": filters.partnership}
    participations = (
        Participation.objects.filter(**{name: value for name, value in wanted.items() if value})
        .select_related("partnership", "generation")
        .order_by("generation__first_day", "partnership__acronym__folded")
    )
    done = by_vop(filters)
    nothing = {"confirmed": 0, "closed": 0}
    return [
        {
            "partnership": row.partnership.acronym,
            "generation": row.generation.code,
            "target": row.target,
            **done.get((row.partnership_id, row.generation_id), nothing),
        }
        for row in participations
    ]
