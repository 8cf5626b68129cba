"""How much a profile says: numbers of its topics, sectors, types and countries, in one query."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cxc.core.compiled_queries import compiled_once
from profiles.models import Profile

COUNTED = ("seeks", "offers", "own_sectors", "wanted_sectors", "types", "wanted_countries")


def counts_of(profile: Profile) -> Mapping[str, int]:
    """By the name of the field (`COUNTED`); languages too."""
    (row,) = _counts(pk=profile.pk)
    return dict(zip(COUNTED, row, strict=True)) | {"languages": len(profile.languages)}


@compiled_once
def _counts(*, pk: int) -> "QuerySet[Profile, tuple[Any, ...]]":
    return Profile.objects.filter(pk=pk).order_by().values_list(*(_number_of(name) for name in COUNTED))


def _number_of(name: str) -> Coalesce:
    through: Any = getattr(Profile, name).through
    rows = through.objects.filter(profile=OuterRef("pk")).order_by().values("profile")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)
