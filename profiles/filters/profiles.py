"""The filters of the list of profiles; each address with its filter can be shared."""

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cxc.web.listing import ListFilter, days_filter, late_filter
from cxc.web.listing.filters import multi_choice
from profiles.enums import Modality, ProfileKind, ProfileState
from profiles.models import Country, Generation, Partnership

OVERDUE_PATHS = {"profiles.profile": "pk"}


class ProfileFilter(ListFilter):
    """Profiles by state, kind, modality, generation, Partnership, country, days and words. `matching` adds to it."""

    late_paths = OVERDUE_PATHS

    q = filters.CharFilter(label=_("Words"), method="by_text", max_length=100)
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

    def by_text(self, profiles: QuerySet, _name: str, text: str) -> QuerySet:
        """In the organisation's name, or in the profile's title."""
        return profiles.filter(Q(organisation__legal_name__folded_contains=text) | Q(title__folded_contains=text))

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
        "late": late_filter(OVERDUE_PATHS),
    }
)
