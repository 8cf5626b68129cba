"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cxc.ground.views import public


@public
def home(request: HttpRequest) -> HttpResponse:
    """What this is, for everybody."""
    return render(request, "profiles/home.html")
