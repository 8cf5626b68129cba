"""What lists can be narrowed by; each address with its filter can be shared."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cxc.web.listing import ListFilter, days_filter, late_filter
from cxc.web.listing.filters import multi_choice
from profiles.enums import Modality, ProfileKind, ProfileState
from profiles.models import Country, Generation, Partnership, Sector

LATE = {"profiles.profile": "pk"}


class ProfileFilter(ListFilter):
    """Profiles by state, kind, modality, generation, Partnership, country, days and words. `matching` adds to it."""

    late_paths = LATE

    q = filters.CharFilter(label=_("Words"), method="by_words", max_length=100)
    state = multi_choice(_("State"), ProfileState.choices)
    kind = filters.ChoiceFilter(label=_("Kind"), choices=ProfileKind.choices)
    modality = filters.ChoiceFilter(label=_("Modality"), choices=Modality.choices, method="by_modality")
    generation = filters.ModelChoiceFilter(
        label=_("Generation"), queryset=Generation.objects.all(), to_field_name="code"
    )
    partnership = filters.ModelChoiceFilter(
        label=_("Partnership"), queryset=Partnership.objects.all(), to_field_name="acronym"
    )
    country = filters.ModelChoiceFilter(
        label=_("Country"), field_name="organisation__country", queryset=Country.objects.all()
    )
    eligibility = filters.ChoiceFilter(
        label=_("Eligibility"), choices=[("again", _("To be confirmed anew"))], method="by_eligibility"
    )

    def by_words(self, profiles: QuerySet, _name: str, words: str) -> QuerySet:
        """In the organisation's name, or in the profile's title."""
        return profiles.filter(Q(organisation__legal_name__folded_contains=words) | Q(title__folded_contains=words))

    def by_modality(self, profiles: QuerySet, _name: str, modality: str) -> QuerySet:
        """Those that would exchange in this way, whether or not in the other as well."""
        return profiles.filter(**{modality: True})

    def by_eligibility(self, profiles: QuerySet, _name: str, _value: str) -> QuerySet:
        """Published, and kind, country or cluster changed since."""
        return profiles.filter(state=ProfileState.PUBLISHED, eligibility_confirmed_at=None)


ProfileFilter.add_filters(
    **{
        "from": days_filter(_("Possible from"), "available_to", "gte"),
        "to": days_filter(_("Possible until"), "available_from", "lte"),
        "late": late_filter(LATE),
    }
)


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
            Q(acronym__folded_contains=words) | Q(full_name__folded_contains=words) | Q(summary__folded_contains=words)
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
