"""Words for the screens of profiles."""

from django import template

from profiles import languages

register = template.Library()


@register.filter
def language_names(codes: list[str]) -> str:
    """The names of languages by their codes."""
    return ", ".join(languages.names(codes))
