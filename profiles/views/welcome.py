"""The page of who belongs nowhere yet."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cxc.access.guards import PortalRequest, signed_in
from profiles.forms.organisations import RegisterForm
from profiles.services.invitations import open_invitations_to
from profiles.views.organisations import ELIGIBILITY_ANSWERS


@signed_in
@require_GET
def welcome(request: PortalRequest) -> HttpResponseBase:
    """Register an organisation, or accept an invitation."""
    assert request.actor.user is not None
    context = {
        "invitations": open_invitations_to(request.actor.user),
        "form": RegisterForm(initial=request.session.get(ELIGIBILITY_ANSWERS, {})),
    }
    return render(request, "profiles/welcome.html", context)
