"""Words for the screens of matching."""

from typing import Any

from django import template
from django.forms import BoundField, MultipleChoiceField
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString

from matching.models import Match
from matching.presenters import matches
from profiles import languages as known
from profiles.enums import Modality
from profiles.models import Profile

register = template.Library()


@register.filter
def languages(codes: list[str]) -> str:
    """The names of languages by their codes."""
    return ", ".join(known.names(codes))


@register.simple_tag
def fact(label: Any, value: Any) -> SafeString | str:
    """One line of facts, where there is a value. Made here: a page of the catalogue has a hundred of them."""
    return format_html("<dt>{}</dt><dd>{}</dd>", label, localize(value)) if value else ""


@register.filter
def modalities(profile: Profile) -> str:
    """Physical, virtual or both."""
    offered = ((Modality.PHYSICAL, profile.physical), (Modality.VIRTUAL, profile.virtual))
    return ", ".join(str(modality.label) for modality, is_offered in offered if is_offered)


@register.filter
def waits_for(match: Match) -> str:
    """Whose answer a proposal waits for; empty when for nobody's."""
    return matches.waits_for(match)


@register.filter
def is_multi_choice(field: BoundField) -> bool:
    """Whether a filter offers several ticks."""
    return isinstance(field.field, MultipleChoiceField)


@register.filter
def offers_choice(own: list[Profile]) -> bool:
    """Whether there is more than one profile for which one could look."""
    return len(own) > 1


@register.simple_tag(takes_context=True)
def current_query(context: dict[str, Any]) -> str:
    """The canonical query of the list as it is shown, its page included."""
    catalogue_search, page = context["catalogue_search"], context["page"]
    return f"{catalogue_search.query}&page={page.number}" if page.number > 1 else catalogue_search.query
