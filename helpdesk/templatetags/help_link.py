"""The link to the help page, which every page carries."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from helpdesk.queries import records

register = template.Library()


@register.simple_tag(takes_context=True)
def help_address(context: template.Context) -> str:
    """The help page's address, with the record that this page shows and the page's own path."""
    request = context.get("request")
    if request is None or request.path.startswith(reverse("help")):
        return reverse("help")
    match = request.resolver_match
    shown = records.record_of_page(_values(context), request.path, match.kwargs.get("pk") if match else None)
    carried = {"about": records.reference(shown)} if shown is not None else {}
    return f"{reverse('help')}?{urlencode({**carried, 'from': request.path})}"


def _values(context: template.Context) -> list[Any]:
    return [value for layer in context.dicts if isinstance(layer, Mapping) for value in layer.values()]
