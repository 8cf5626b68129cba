"""What the list of matches is narrowed down by. The catalogue: `matching.browsing`."""

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from cxc.ground.access import Side
from matching.enums import MatchState
from matching.models import Match
from profiles.enums import Modality
from profiles.models import Generation

UNKNOWN = {"invalid_choice": gettext_lazy("“%(value)s” is not one of the choices.")}


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
