"""What an organisation without a published profile reads where the catalogue and open visits would be."""

from django.http import HttpResponse
from django.shortcuts import render

from cxc.access.guards import PortalRequest


def catalogue_closed(request: PortalRequest, title: str) -> HttpResponse:
    """How to open the page of this title: by publishing a profile."""
    return render(request, "matching/catalogue_closed.html", {"title": title})
