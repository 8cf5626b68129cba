"""Frequently asked questions."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cxc.access.guards import public
from helpdesk.faq import groups


@public
@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """All of them, with the scheme's present numbers."""
    return render(request, "helpdesk/faq.html", {"groups": groups()})
