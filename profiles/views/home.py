"""The front page, and the page of who belongs nowhere yet."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cxc.ground.views import PortalRequest, public, signed_in
from profiles.forms.organisations import RegisterForm
from profiles.queries import open_generations
from profiles.services.invitations import waiting_for


@public
def home(request: HttpRequest) -> HttpResponse:
    """What this is, for everybody."""
    return render(request, "profiles/home.html", {"generations": open_generations()})


@signed_in
@require_GET
def welcome(request: PortalRequest) -> HttpResponseBase:
    """Register an organisation, or accept an invitation."""
    assert request.actor.user is not None
    context = {"invitations": waiting_for(request.actor.user), "form": RegisterForm()}
    return render(request, "profiles/welcome.html", context)
