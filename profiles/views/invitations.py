"""Invitations: the page behind the secret link."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, public
from cxc.core.email_addresses import same_address
from profiles.models import Invitation, Organisation
from profiles.queries.principals import SESSION_KEY
from profiles.services import invitations, members


@public
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: PortalRequest, secret: str) -> HttpResponseBase:
    """Who invites to what, for whoever has the link; accepted by who signed in with the address it was sent to."""
    rows = Invitation.objects.select_related("organisation", "partnership", "invited_by")
    found = get_object_or_404(rows, secret=secret)
    team = invitations.team_of(found)
    if request.method == "POST":
        return _accept(request, found)
    user = request.actor.user
    fits = user is not None and same_address(user.email, found.email)
    context = {"invitation": found, "team": team, "role": dict(members.roles_in(team)).get(found.role, "")}
    response = render(request, "profiles/invitation.html", context | {"fits": fits})
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _accept(request: PortalRequest, found: Invitation) -> HttpResponseBase:
    if not request.actor.is_signed_in:
        return redirect_to_login(request.path)
    team = invitations.team_of(found)
    invitations.accept(found, by=request.actor)
    kind = "organisation" if isinstance(team, Organisation) else "partnership"
    request.session[SESSION_KEY] = f"{kind}-{team.pk}"
    messages.success(request, _("Welcome: you belong to %(team)s now.") % {"team": team})
    return redirect("todo")
