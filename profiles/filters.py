"""What lists can be narrowed by; each address with its filter can be shared."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from profiles.enums import ProfileKind, ProfileState
from profiles.models import Country, Generation, Partnership, Profile, Sector


class ProfileFilter(filters.FilterSet):
    """Profiles by state, kind, generation and words."""

    q = filters.CharFilter(label=_("Words"), method="by_words", max_length=100)
    state = filters.MultipleChoiceFilter(label=_("State"), choices=ProfileState.choices)
    kind = filters.ChoiceFilter(label=_("Kind"), choices=ProfileKind.choices)
    generation = filters.ModelChoiceFilter(
        label=_("Generation"), queryset=Generation.objects.all(), to_field_name="code"
    )

    class Meta:
        model = Profile
        fields = ("q", "state", "kind", "generation")

    def by_words(self, profiles: QuerySet, _name: str, words: str) -> QuerySet:
        """In the organisation's name, or in the profile's title."""
        return profiles.filter(Q(organisation__legal_name__icontains=words) | Q(title__icontains=words))


class PartnershipFilter(filters.FilterSet):
    """Partnerships by a sector they work in, a country of theirs, and words. Only what some Partnership has."""

    q = filters.CharFilter(label=_("Words"), method="by_words", max_length=100)
    sector = filters.ModelChoiceFilter(label=_("Sector"), queryset=lambda _request: _named("sectors", Sector))
    country = filters.ModelChoiceFilter(
        label=_("Country"), queryset=lambda _request: _named("countries", Country, "seat"), method="by_country"
    )

    class Meta:
        model = Partnership
        fields = ("q", "sector", "country")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["sector"].field_name = "sectors"

    def by_words(self, partnerships: QuerySet, _name: str, words: str) -> QuerySet:
        """In acronym, name or summary."""
        return partnerships.filter(
            Q(acronym__icontains=words) | Q(full_name__icontains=words) | Q(summary__icontains=words)
        )

    def by_country(self, partnerships: QuerySet, _name: str, country: Country) -> QuerySet:
        """Its seat, or a country it names."""
        named = Partnership.countries.through.objects.filter(country=country).values("partnership")
        return partnerships.filter(Q(seat=country) | Q(pk__in=named))


def _named(name: str, model: Any, also: str = "") -> QuerySet:
    """Those rows that some Partnership names."""
    condition = Q(pk__in=Partnership.objects.order_by().values(name))
    if also:
        condition |= Q(pk__in=Partnership.objects.order_by().values(also))
    return model.objects.filter(condition)
