"""Filters of the lists of exchanges and visits; every one stands in the address, so that a list can be shared."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from exchanges.enums import COUNTING_STATES, ExchangeState
from exchanges.models import Exchange, Visit
from profiles.enums import Modality
from profiles.models import Country, ExchangeType, Generation, Partnership

REFERENCE = "CXC-"
ANY = _("any")


def _day(label: Any, **options: Any) -> django_filters.DateFilter:
    return django_filters.DateFilter(label=label, widget=forms.DateInput(attrs={"type": "date"}), **options)


class ExchangeFilter(django_filters.FilterSet):
    """State, modality, generation, type, host country, Partnership, start date from and to, text."""

    text = django_filters.CharFilter(label=_("Text"), method="by_text")
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=ExchangeState.choices, widget=forms.SelectMultiple(attrs={"size": 3})
    )
    modality = django_filters.ChoiceFilter(label=_("Modality"), choices=Modality.choices, empty_label=ANY)
    generation = django_filters.ModelChoiceFilter(
        label=_("Generation"), queryset=Generation.objects.all(), to_field_name="code", empty_label=ANY
    )
    type = django_filters.ModelChoiceFilter(label=_("Type"), queryset=ExchangeType.objects.all(), empty_label=ANY)
    country = django_filters.ModelChoiceFilter(
        label=_("Host country"),
        field_name="visit__host_profile__organisation__country",
        queryset=Country.objects.all(),
        empty_label=ANY,
    )
    partnership = django_filters.ModelChoiceFilter(
        label=_("Visitor's Partnership"),
        field_name="match__visiting_profile__partnership",
        queryset=Partnership.objects.all(),
        to_field_name="acronym",
        empty_label=ANY,
    )

    class Meta:
        model = Exchange
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Exchange]) -> QuerySet[Exchange]:
        """The start that statistics go by: actual, else agreed, else planned."""
        starts_on = Coalesce("actual_start", "agreed_start", "planned_start")
        found: QuerySet[Exchange] = super().filter_queryset(queryset.annotate(starts_on=starts_on))
        return found

    def by_text(self, queryset: QuerySet[Exchange], _name: str, text: str) -> QuerySet[Exchange]:
        """Names of visitor and host, the visit's title, or the reference as papers print it."""
        number = text.upper().removeprefix(REFERENCE).lstrip("0")
        found = (
            Q(organisation__legal_name__icontains=text)
            | Q(visit__host_profile__organisation__legal_name__icontains=text)
            | Q(visit__title__icontains=text)
        )
        return queryset.filter(found | Q(pk=int(number)) if number.isdecimal() and len(number) < 10 else found)


class VisitFilter(django_filters.FilterSet):
    """Modality, host country, grouped or single, days from and to, text."""

    text = django_filters.CharFilter(label=_("Text"), method="by_text")
    modality = django_filters.ChoiceFilter(label=_("Modality"), choices=Modality.choices, empty_label=ANY)
    generation = django_filters.ModelChoiceFilter(
        label=_("Generation"),
        field_name="host_profile__generation",
        queryset=Generation.objects.all(),
        to_field_name="code",
        empty_label=ANY,
    )
    country = django_filters.ModelChoiceFilter(
        label=_("Host country"),
        field_name="host_profile__organisation__country",
        queryset=Country.objects.all(),
        empty_label=ANY,
    )
    size = django_filters.ChoiceFilter(
        label=_("Size"),
        choices=[("grouped", _("grouped: two or more")), ("single", _("single"))],
        method="by_size",
        empty_label=ANY,
    )

    class Meta:
        model = Visit
        fields: list[str] = []

    def by_text(self, queryset: QuerySet[Visit], _name: str, text: str) -> QuerySet[Visit]:
        return queryset.filter(
            Q(title__icontains=text)
            | Q(city__icontains=text)
            | Q(host_profile__organisation__legal_name__icontains=text)
        )

    def by_size(self, queryset: QuerySet[Visit], _name: str, size: str) -> QuerySet[Visit]:
        """Grouped or single: by confirmed exchanges."""
        wanted = {"number__gte": 2} if size == "grouped" else {"number": 1}
        counted: QuerySet[Visit] = with_number(queryset).filter(**wanted)
        return counted


class OpenVisitForm(forms.Form):
    """Refuses days in the wrong order, with a sentence."""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("from"), values.get("to")
        if first and last and last < first:
            self.add_error("to", _("The last day is before the first."))
        return values


class OpenVisitFilter(django_filters.FilterSet):
    """Open visits by host country, modality and days; the profile they are looked at for stands beside it."""

    country = django_filters.ModelChoiceFilter(
        label=_("Host country"),
        field_name="host_profile__organisation__country",
        queryset=Country.objects.all(),
        empty_label=ANY,
    )
    modality = django_filters.ChoiceFilter(label=_("Modality"), choices=Modality.choices, empty_label=ANY)

    class Meta:
        model = Visit
        form = OpenVisitForm
        fields: list[str] = []


def with_number(visits: QuerySet[Visit]) -> Any:
    """Each visit with its `number` of confirmed exchanges."""
    return visits.annotate(number=Count("exchanges", filter=Q(exchanges__state__in=COUNTING_STATES), distinct=True))


# `from` is a word of the language: such filters can't be declared as attributes. Named as in the statistics.
ExchangeFilter.base_filters |= {
    "from": _day(_("Starts from"), field_name="starts_on", lookup_expr="gte"),
    "to": _day(_("Starts until"), field_name="starts_on", lookup_expr="lte"),
}
VisitFilter.base_filters |= {
    "from": _day(_("From"), field_name="last_day", lookup_expr="gte"),
    "to": _day(_("Until"), field_name="first_day", lookup_expr="lte"),
}
OpenVisitFilter.base_filters |= {
    "from": _day(_("Not before"), field_name="first_day", lookup_expr="gte"),
    "to": _day(_("Not after"), field_name="last_day", lookup_expr="lte"),
}
