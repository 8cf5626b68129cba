"""The filter of the public list of Partnerships."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from profiles.models import Country, Partnership, Sector


class PartnershipFilter(filters.FilterSet):
    """Partnerships by a sector they work in, a country of theirs, and words. Only what some Partnership has."""

    q = filters.CharFilter(label=_("Words"), method="by_text", max_length=100)
    sector = filters.ModelChoiceFilter(
        label=_("Sector"), queryset=lambda _request: _named_by_partnerships("sectors", Sector)
    )
    country = filters.ModelChoiceFilter(
        label=_("Country"),
        queryset=lambda _request: _named_by_partnerships("countries", Country, "seat"),
        method="by_country",
    )

    class Meta:
        model = Partnership
        fields = ("q", "sector", "country")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["sector"].field_name = "sectors"

    def by_text(self, partnerships: QuerySet, _name: str, text: str) -> QuerySet:
        """In acronym, name or summary."""
        return partnerships.filter(
            Q(acronym__folded_contains=text) | Q(full_name__folded_contains=text) | Q(summary__folded_contains=text)
        )

    def by_country(self, partnerships: QuerySet, _name: str, country: Country) -> QuerySet:
        """Its seat, or a country it names."""
        named = Partnership.countries.through.objects.filter(country=country).values("partnership")
        return partnerships.filter(Q(seat=country) | Q(pk__in=named))


def _named_by_partnerships(name: str, model: Any, also: str = "") -> QuerySet:
    """Those rows that some Partnership names."""
    condition = Q(pk__in=Partnership.objects.order_by().values(name))
    if also:
        condition |= Q(pk__in=Partnership.objects.order_by().values(also))
    return model.objects.filter(condition)
