"""Figures of host profiles."""

from typing import Any

from django.db.models import Q

from cxc import clock
from profiles.enums import Modality, ProfileKind, ProfileState
from profiles.models import Generation, Profile
from reports.statistics.counts import counts_by
from reports.statistics.filters import Filters


def host_figures(filters: Filters) -> dict[str, Any]:
    """Published host profiles per country, by generation and modality: as of now, or of a generation that is over those
    that were published in it, whatever became of them.

    A host has no VOP and no start date: these filters do not touch it.
    """
    published = Profile.objects.filter(_of_profile(filters), _is_counted(filters.generation), kind=ProfileKind.HOST)
    by_country = counts_by(published, "organisation__country")
    return {"published": sum(by_country.values()), "by_country": by_country}


def _is_counted(generation: Generation | None) -> Q:
    if generation is not None and generation.last_day < clock.today():
        return Q(published_at__isnull=False)
    return Q(state=ProfileState.PUBLISHED)


def _of_profile(filters: Filters) -> Q:
    condition = Q(generation=filters.generation) if filters.generation else Q()
    if filters.modality:
        condition &= Q(physical=True) if filters.modality == Modality.PHYSICAL else Q(virtual=True)
    return condition
