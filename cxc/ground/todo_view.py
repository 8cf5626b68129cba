"""The first page of everyone who signs in."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cxc.ground.todo import items_for, standings_for
from cxc.ground.views import PortalRequest, signed_in


@signed_in
@require_safe
def todo(request: PortalRequest) -> HttpResponseBase:
    """What waits for me, late ones first; below it where my things stand."""
    context = {"items": items_for(request.actor), "standings": standings_for(request.actor)}
    return render(request, "todo.html", context)
