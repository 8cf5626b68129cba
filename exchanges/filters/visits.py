"""The filter of the list of visits."""

from typing import Any

import django_filters
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cxc.web.listing import ListFilter, days_filter, late_filter
from exchanges.enums import CONFIRMED_STATES, VisitState
from exchanges.filters import fields
from exchanges.models import Exchange, Visit
from profiles.models import Partnership

# What is owed on a visit itself, on the shared part of its Commitment to Quality, and on a move of it.
LATE = {
    "exchanges.visit": "pk",
    "exchanges.sharedpart": "visit_id",
    "exchanges.visitmove": "visit_id",
    "exchanges.visitmoveconsent": "move__visit_id",
}


class VisitFilter(ListFilter):
    """Modality, host country, Partnerships, grouped or single, days from and to, late, text."""

    late_paths = LATE

    text = django_filters.CharFilter(label=_("Text"), method="by_text", max_length=100)
    state = django_filters.ChoiceFilter(label=_("Open to visitors"), choices=VisitState.choices)
    modality = fields.modality()
    generation = fields.generation("host_profile__generation")
    country = fields.country("host_profile__organisation__country")
    partnership = fields.partnership(_("A visitor's Partnership"), method="by_visitors")
    host_partnership = fields.partnership(_("Host's Partnership"), "host_profile__partnership")
    lead = fields.partnership(_("Lead Partnership"), "lead")
    size = django_filters.ChoiceFilter(
        label=_("Size"),
        choices=[("grouped", _("grouped: two or more")), ("single", _("single"))],
        method="by_size",
    )

    def by_text(self, queryset: QuerySet[Visit], _name: str, text: str) -> QuerySet[Visit]:
        return queryset.filter(
            Q(title__folded_contains=text)
            | Q(city__folded_contains=text)
            | Q(host_profile__organisation__legal_name__folded_contains=text)
        )

    def by_visitors(self, queryset: QuerySet[Visit], _name: str, partnership: Partnership) -> QuerySet[Visit]:
        """Visits with an exchange of a visitor of this Partnership, whatever became of it."""
        path = "exchanges__visitor_partnership"
        return queryset.filter(pk__in=Visit.objects.filter(**{path: partnership}).values("pk"))

    def by_size(self, queryset: QuerySet[Visit], _name: str, size: str) -> QuerySet[Visit]:
        """Grouped or single: by confirmed exchanges."""
        wanted = {"number__gte": 2} if size == "grouped" else {"number": 1}
        counted: QuerySet[Visit] = with_number(queryset).filter(**wanted)
        return counted


def with_number(visits: QuerySet[Visit]) -> Any:
    """Each visit with its `number` of confirmed exchanges."""
    confirmed = Exchange.objects.filter(visit=OuterRef("pk"), state__in=CONFIRMED_STATES).order_by()
    numbers = confirmed.values("visit").annotate(number=Count("pk")).values("number")
    return visits.annotate(number=Coalesce(Subquery(numbers, output_field=IntegerField()), 0))


VisitFilter.add_filters(
    **{
        "from": days_filter(_("From"), "last_day", "gte"),
        "to": days_filter(_("Until"), "first_day", "lte"),
        "late": late_filter(LATE),
    }
)
