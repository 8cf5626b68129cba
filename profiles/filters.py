"""What lists can be narrowed by; each address with its filter can be shared."""

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from profiles.enums import ProfileKind, ProfileState
from profiles.models import Generation, Profile


class ProfileFilter(filters.FilterSet):
    """Profiles by state, kind, generation and words."""

    q = filters.CharFilter(label=_("Words"), method="by_words", max_length=100)
    state = filters.MultipleChoiceFilter(label=_("State"), choices=ProfileState.choices)
    kind = filters.ChoiceFilter(label=_("Kind"), choices=ProfileKind.choices)
    generation = filters.ModelChoiceFilter(
        label=_("Generation"), queryset=Generation.objects.all(), to_field_name="code"
    )

    class Meta:
        model = Profile
        fields = ("q", "state", "kind", "generation")

    def by_words(self, profiles: QuerySet, _name: str, words: str) -> QuerySet:
        """In the organisation's name, or in the profile's title."""
        return profiles.filter(Q(organisation__legal_name__icontains=words) | Q(title__icontains=words))
