"""The filter of the list of payments."""

import django_filters
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cxc.web.listing import ListFilter, days_filter, late_filter
from cxc.web.listing.filters import multi_choice
from exchanges.enums import PaymentState
from exchanges.filters import fields
from exchanges.models import Exchange, Instalment, Payment

LATE = {"exchanges.payment": "pk"}
PARTS = [("none", _("Nothing")), ("part", _("In part")), ("full", _("In full"))]


class PaymentFilter(ListFilter):
    """Due or paid, late, generation, Partnership, host country, grouped or single, days, text."""

    late_paths = LATE

    text = django_filters.CharFilter(label=_("Text"), method="by_text", max_length=100)
    state = multi_choice(_("State"), PaymentState.choices)
    late = late_filter(LATE)
    paid = django_filters.ChoiceFilter(label=_("Paid so far"), choices=PARTS, method="by_part")
    generation = fields.generation("exchange__generation")
    partnership = fields.partnership(_("Visitor's Partnership"), "visitor_partnership")
    country = fields.country("exchange__visit__host_profile__organisation__country")
    size = django_filters.ChoiceFilter(label=_("Grouped or single"), choices=fields.SIZES, method="by_size")
    due_from = days_filter(_("Due from"), "due_on", "gte")
    due_to = days_filter(_("Due until"), "due_on", "lte")
    paid_from = days_filter(_("Paid from"), "paid_on", "gte")
    paid_to = days_filter(_("Paid until"), "paid_on", "lte")

    def by_text(self, queryset: QuerySet[Payment], _name: str, text: str) -> QuerySet[Payment]:
        """Names of visitor and host, the visit's title, the exchange's reference or those of the instalments."""
        paid = Instalment.objects.filter(reference__folded_contains=text).values("payment")
        return queryset.filter(fields.matching_text(text, exchange="exchange__") | Q(pk__in=paid))

    def by_part(self, queryset: QuerySet[Payment], _name: str, part: str) -> QuerySet[Payment]:
        """How much of what is due was paid."""
        found = {
            "none": Q(paid_amount=0),
            "part": Q(paid_amount__gt=0, paid_amount__lt=F("amount")),
            "full": Q(paid_amount=F("amount")),
        }
        return queryset.filter(found[part])

    def by_size(self, queryset: QuerySet[Payment], _name: str, size: str) -> QuerySet[Payment]:
        """Whether its exchange's visit has two or more confirmed exchanges."""
        grouped = Exchange.objects.on_grouped("exchange__visit")
        return queryset.filter(grouped if size == "grouped" else ~grouped)
