"""The filter of the list of payments."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cxc.ground.listing import ListFilter, days_filter, late_filter
from cxc.ground.listing.filters import ticks
from exchanges.enums import PaymentState
from exchanges.filters import words
from exchanges.models import Exchange, Payment

LATE = {"exchanges.payment": "pk"}


class PaymentFilter(ListFilter):
    """Due or paid, late, generation, Partnership, host country, grouped or single, days, text."""

    late_paths = LATE

    text = django_filters.CharFilter(label=_("Text"), method="by_text", max_length=100)
    state = ticks(_("State"), PaymentState.choices)
    late = late_filter(LATE)
    generation = words.generation("exchange__generation")
    partnership = words.partnership(_("Visitor's Partnership"), "exchange__match__visiting_profile__partnership")
    country = words.country("exchange__visit__host_profile__organisation__country")
    size = django_filters.ChoiceFilter(label=_("Grouped or single"), choices=words.SIZES, method="by_size")
    due_from = days_filter(_("Due from"), "due_on", "gte")
    due_to = days_filter(_("Due until"), "due_on", "lte")
    paid_from = days_filter(_("Paid from"), "paid_on", "gte")
    paid_to = days_filter(_("Paid until"), "paid_on", "lte")

    def by_text(self, queryset: QuerySet[Payment], _name: str, text: str) -> QuerySet[Payment]:
        """Names of visitor and host, the visit's title, the exchange's reference or the payment's own."""
        return queryset.filter(words.with_words(text, exchange="exchange__") | Q(reference__folded_contains=text))

    def by_size(self, queryset: QuerySet[Payment], _name: str, size: str) -> QuerySet[Payment]:
        """Whether its exchange's visit has two or more confirmed exchanges."""
        grouped = Exchange.objects.on_grouped("exchange__visit")
        return queryset.filter(grouped if size == "grouped" else ~grouped)
