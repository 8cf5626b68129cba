"""Invitations: the page behind the secret link."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.ground.email_addresses import same_address
from cxc.ground.views import PortalRequest, signed_in
from profiles.acting import SESSION_KEY
from profiles.models import Invitation, Organisation
from profiles.services import invitations


@signed_in
@require_http_methods(["GET", "POST"])
def invitation(request: PortalRequest, secret: str) -> HttpResponseBase:
    """Accept an invitation, signed in with the address it was sent to."""
    found = get_object_or_404(Invitation.objects.select_related("organisation", "partnership"), secret=secret)
    team = invitations.team_of(found)
    if request.method == "POST":
        invitations.accept(found, by=request.actor)
        kind = "organisation" if isinstance(team, Organisation) else "partnership"
        request.session[SESSION_KEY] = f"{kind}-{team.pk}"
        messages.success(request, _("Welcome: you belong to %(team)s now.") % {"team": team})
        return redirect("todo")
    assert request.actor.user is not None
    fits = same_address(request.actor.user.email, found.email)
    return render(request, "profiles/invitation.html", {"invitation": found, "team": team, "fits": fits})
