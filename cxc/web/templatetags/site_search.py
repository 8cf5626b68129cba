"""What the templates of the search ask of it."""

from django import template

from cxc.web.site_search.text import MAX_LENGTH

register = template.Library()


@register.simple_tag
def search_max_length() -> int:
    """The largest number of characters of a search."""
    return MAX_LENGTH
