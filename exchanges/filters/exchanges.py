"""The filter of the list of exchanges."""

import django_filters
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cxc.web.listing import ListFilter, days_filter, late_filter
from cxc.web.listing.filters import multi_choice
from exchanges.enums import ExchangeState
from exchanges.filters import fields
from exchanges.models import Exchange
from profiles.models import ExchangeType

# What is owed on an exchange itself, and on what belongs to it and is in no list of its own.
LATE = {
    "exchanges.exchange": "pk",
    "exchanges.ownpart": "exchange_id",
    "exchanges.financialagreement": "exchange_id",
    "exchanges.finalactivityreport": "exchange_id",
    "exchanges.evidence": "exchange_id",
}


class ExchangeFilter(ListFilter):
    """State, modality, generation, type, countries, Partnerships, start, grouped or single, late, text."""

    late_paths = LATE

    text = django_filters.CharFilter(label=_("Text"), method="by_text", max_length=100)
    state = multi_choice(_("State"), ExchangeState.choices)
    modality = fields.modality()
    generation = fields.generation()
    type = django_filters.ModelChoiceFilter(label=_("Type"), queryset=ExchangeType.objects.all())
    country = fields.country("visit__host_profile__organisation__country")
    visitor_country = fields.country("organisation__country", _("Visitor's country"))
    partnership = fields.partnership(_("Visitor's Partnership"), "visitor_partnership")
    host_partnership = fields.partnership(_("Host's Partnership"), "host_partnership")
    size = django_filters.ChoiceFilter(label=_("Grouped or single"), choices=fields.SIZES, method="by_size")
    cancelling = django_filters.ChoiceFilter(
        label=_("Request to cancel"),
        choices=[("asked", _("Waits for an answer"))],
        method="by_request",
        empty_label=_("Any or none"),
    )

    def filter_queryset(self, queryset: QuerySet[Exchange]) -> QuerySet[Exchange]:
        """The start that statistics go by: actual, else agreed, else planned."""
        starts_on = Coalesce("actual_start", "agreed_start", "planned_start")
        found: QuerySet[Exchange] = super().filter_queryset(queryset.annotate(starts_on=starts_on))
        return found

    def by_text(self, queryset: QuerySet[Exchange], _name: str, text: str) -> QuerySet[Exchange]:
        """Names of visitor and host, the visit's title, or the reference as documents print it."""
        return queryset.filter(fields.matching_text(text))

    def by_size(self, queryset: QuerySet[Exchange], _name: str, size: str) -> QuerySet[Exchange]:
        """Whether its visit has two or more confirmed exchanges."""
        grouped = Exchange.objects.on_grouped("visit")
        return queryset.filter(grouped if size == "grouped" else ~grouped)

    def by_request(self, queryset: QuerySet[Exchange], _name: str, _value: str) -> QuerySet[Exchange]:
        """A visitor or host asked to cancel, and nobody has answered."""
        return queryset.filter(cancel_asked_at__isnull=False)


# `from` is a word of the language: such filters can't be declared as attributes. Named as in the statistics.
ExchangeFilter.add_filters(
    **{
        "from": days_filter(_("Starts from"), "starts_on", "gte"),
        "to": days_filter(_("Starts until"), "starts_on", "lte"),
        "late": late_filter(LATE),
    }
)
