"""What the catalogue and the list of matches are narrowed down by."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.ground.access import Side
from matching.enums import MatchState
from matching.models import Match
from profiles import languages
from profiles.enums import Modality, OrganisationKind, ProfileKind
from profiles.models import Country, ExchangeType, Generation, Partnership, Profile, Sector

UNKNOWN = {"invalid_choice": gettext_lazy("“%(value)s” is not one of the choices.")}
TEXT_FIELDS = ("organisation__legal_name", "organisation__city", "organisation__mission", "title", "description")


def _day(label: Any, lookup: str, name: str) -> filters.DateFilter:
    return filters.DateFilter(
        field_name=name,
        lookup_expr=lookup,
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Enter a date as YYYY-MM-DD.")},
    )


class _PeriodForm(forms.Form):
    """Refuses a period whose last day is before its first."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("free_from"), cleaned.get("free_to")
        if first and last and first > last:
            self.add_error("free_to", _("The last day is before the first."))
        return cleaned


class CatalogueFilter(filters.FilterSet):
    """The catalogue's filters; each address with its parameters can be shared."""

    q = filters.CharFilter(label=gettext_lazy("Text"), method="with_text", max_length=100)
    kind = filters.ChoiceFilter(label=gettext_lazy("Looking for"), choices=ProfileKind.choices, error_messages=UNKNOWN)
    country = filters.ModelChoiceFilter(
        field_name="organisation__country", queryset=Country.objects.all(), label=gettext_lazy("Country")
    )
    organisation_kind = filters.ChoiceFilter(
        field_name="organisation__kind", choices=OrganisationKind.choices, label=gettext_lazy("Kind of organisation")
    )
    sector = filters.ModelChoiceFilter(
        field_name="own_sectors", queryset=Sector.objects.all(), label=gettext_lazy("Sector")
    )
    type = filters.ModelChoiceFilter(
        field_name="types", queryset=ExchangeType.objects.all(), label=gettext_lazy("Type of exchange")
    )
    language = filters.ChoiceFilter(
        field_name="languages",
        lookup_expr="contains",
        label=gettext_lazy("Language"),
        choices=languages.choices,
        method="with_language",
    )
    modality = filters.ChoiceFilter(label=gettext_lazy("Modality"), choices=Modality.choices, method="with_modality")
    free_from = _day(gettext_lazy("Free between"), "gte", "available_to")
    free_to = _day(gettext_lazy("and"), "lte", "available_from")
    generation = filters.ModelChoiceFilter(
        queryset=Generation.objects.all(), to_field_name="code", label=gettext_lazy("Generation")
    )
    partnership = filters.ModelChoiceFilter(queryset=Partnership.objects.all(), label=gettext_lazy("Partnership"))

    class Meta:
        model = Profile
        form = _PeriodForm
        fields: list[str] = []

    def with_text(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Every word somewhere in the profile."""
        for word in value.split():
            anywhere = Q(offers__name__icontains=word) | Q(seeks__name__icontains=word)
            for field in TEXT_FIELDS:
                anywhere |= Q(**{f"{field}__icontains": word})
            rows = rows.filter(pk__in=Profile.objects.filter(anywhere).values("pk"))
        return rows

    def with_language(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(languages__contains=[value])

    def with_modality(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(**{value: True})


class MatchFilter(filters.FilterSet):
    """The list of matches' filters."""

    state = filters.ChoiceFilter(choices=MatchState.choices, label=gettext_lazy("State"), error_messages=UNKNOWN)
    modality = filters.ChoiceFilter(choices=Modality.choices, label=gettext_lazy("Modality"))
    generation = filters.ModelChoiceFilter(
        queryset=Generation.objects.all(), to_field_name="code", label=gettext_lazy("Generation")
    )
    initiated_by = filters.ChoiceFilter(
        choices=[(side, side.label) for side in (Side.VO, Side.HO, Side.VOP, Side.HOP, Side.SO)],
        label=gettext_lazy("Initiated by"),
    )
    q = filters.CharFilter(label=gettext_lazy("Organisation"), method="with_name", max_length=100)

    class Meta:
        model = Match
        fields: list[str] = []

    def with_name(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(
            Q(visiting_profile__organisation__legal_name__icontains=value)
            | Q(host_profile__organisation__legal_name__icontains=value)
        )
