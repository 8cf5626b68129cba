"""Words for the screens of profiles."""

from django import template

from cxc.access.scoped import Actor
from profiles import languages
from profiles.models import Profile
from profiles.presenters import profile_status

register = template.Library()


@register.simple_tag
def next_step(profile: Profile, actor: Actor) -> str:
    """What comes next for a profile, in the words of whoever looks at it."""
    return profile_status.next_step(profile, actor)


@register.filter
def language_names(codes: list[str]) -> str:
    """The names of languages by their codes."""
    return ", ".join(languages.names(codes))
