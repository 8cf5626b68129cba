"""Renders a record's page, or its short form for the panel beside a list, from one context.

So both obey the same permissions. The panel is `templates/components/listing/quick_look.html`.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from cxc.access.guards import PortalRequest

# The parameter of an address that asks for the record in brief.
QUICK_LOOK = "quick_look"


def render_record(
    request: PortalRequest, page: str, context: Mapping[str, Any], *, quick_look: str, status: int = 200
) -> HttpResponse:
    """The page of a record, or with `quick_look` in the address the template of its quick look, without the layout."""
    is_quick_look = QUICK_LOOK in request.GET
    template = quick_look if is_quick_look else page
    return render(request, template, {**context, "is_quick_look": is_quick_look}, status=status)
