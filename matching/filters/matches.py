"""What the list of matches is narrowed down by. The catalogue: `matching.catalogue`."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from cxc.web.listing import ListFilter, days_filter, late_filter
from cxc.web.listing.filters import multi_choice
from matching.enums import INITIATORS, Answer, MatchState
from matching.models import Match
from matching.queries.unmatched import needing_a_partner
from profiles.enums import Modality
from profiles.filters.profiles import ProfileFilter
from profiles.models import Country, Generation, Partnership

UNKNOWN = {"invalid_choice": gettext_lazy("“%(value)s” is not one of the choices.")}
LATE = {"matching.match": "pk"}
WAITS_FOR = [
    ("visitor", gettext_lazy("The visitor's answer")),
    ("host", gettext_lazy("The host's answer")),
    ("nobody", gettext_lazy("Nobody: the visitor has a match by now")),
]


class MatchFilter(ListFilter):
    """The list of matches' filters."""

    late_paths = LATE

    q = filters.CharFilter(label=gettext_lazy("Organisation"), method="matching_name", max_length=100)
    state = multi_choice(gettext_lazy("State"), MatchState.choices)
    waits_for = filters.ChoiceFilter(label=gettext_lazy("Proposal waits for"), choices=WAITS_FOR, method="waiting_for")
    modality = filters.ChoiceFilter(choices=Modality.choices, label=gettext_lazy("Modality"))
    generation = filters.ModelChoiceFilter(
        queryset=Generation.objects.all(), to_field_name="code", label=gettext_lazy("Generation")
    )
    partnership = filters.ModelChoiceFilter(
        queryset=Partnership.objects.all(),
        to_field_name="acronym",
        field_name="visitor_partnership",
        label=gettext_lazy("Visitor's Partnership"),
    )
    host_partnership = filters.ModelChoiceFilter(
        queryset=Partnership.objects.all(),
        to_field_name="acronym",
        field_name="host_partnership",
        label=gettext_lazy("Host's Partnership"),
    )
    visitor_country = filters.ModelChoiceFilter(
        queryset=Country.objects.all(),
        field_name="visiting_profile__organisation__country",
        label=gettext_lazy("Visitor's country"),
    )
    country = filters.ModelChoiceFilter(
        queryset=Country.objects.all(),
        field_name="host_profile__organisation__country",
        label=gettext_lazy("Host country"),
    )
    initiated_by = filters.ChoiceFilter(
        choices=[(side, side.label) for side in INITIATORS],
        label=gettext_lazy("Initiated by"),
    )

    def matching_name(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(
            Q(visiting_profile__organisation__legal_name__folded_contains=value)
            | Q(host_profile__organisation__legal_name__folded_contains=value)
        )

    def waiting_for(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Proposals that wait for this side; those whose visitor is matched elsewhere wait for nobody."""
        waiting = Match.objects.still_answerable().values("pk")
        if value == "nobody":
            return rows.filter(state=MatchState.PROPOSED).exclude(pk__in=waiting)
        return rows.filter(pk__in=waiting, **{f"{value}_answer": Answer.NONE})


MatchFilter.add_filters(
    **{
        "from": days_filter(gettext_lazy("Proposed from"), "proposed_at", "date__gte"),
        "to": days_filter(gettext_lazy("Proposed until"), "proposed_at", "date__lte"),
        "late": late_filter(LATE),
    }
)


def _by_partner(profiles: Any, _name: str, _value: str) -> QuerySet:
    return needing_a_partner(profiles)


ProfileFilter.add_filters(
    partner=filters.ChoiceFilter(
        label=gettext_lazy("Partner"), choices=[("needed", gettext_lazy("Still needs one"))], method=_by_partner
    )
)
