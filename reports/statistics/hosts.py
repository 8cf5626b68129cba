"""Figures of host profiles."""

from typing import Any

from django.db.models import Q

from profiles.enums import Modality, ProfileKind, ProfileState
from profiles.models import Profile
from reports.statistics.counts import counts_by
from reports.statistics.filters import Filters


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
