"""Addresses that stand in mails sent before they changed: each leads on to the one that took its place."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from cxc.access.guards import public


def redirect_to(name: str, *kept: str) -> Callable[..., HttpResponseBase]:
    """A view that leads on to the address of this name, with these parts of the old one and its query."""

    @public
    @require_safe
    def lead_on(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        address = reverse(name, kwargs={part: parts[part] for part in kept})
        return redirect(f"{address}?{query}" if query else address, permanent=True)

    return lead_on
