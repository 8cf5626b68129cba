"""Words for the screens of matching."""

from django import template
from django.utils.translation import gettext as _

from matching.models import Match
from profiles import languages as known
from profiles.enums import Modality
from profiles.models import Profile

register = template.Library()


@register.filter
def languages(codes: list[str]) -> str:
    """The names of languages by their codes."""
    return ", ".join(known.names(codes))


@register.filter
def modalities(profile: Profile) -> str:
    """Physical, virtual or both."""
    offered = ((Modality.PHYSICAL, profile.physical), (Modality.VIRTUAL, profile.virtual))
    return ", ".join(str(modality.label) for modality, is_offered in offered if is_offered)


@register.filter
def waits_for(match: Match) -> str:
    """Whose answer a proposal waits for; empty when for nobody's."""
    return _(" and ").join(str(side.label) for side in match.sides_asked)
