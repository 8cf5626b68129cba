"""Where one is signed in, and when one has signed in: for oneself."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.confirmed_identity import confirmed_identity
from cxc.access.guards import PortalRequest, signed_in
from cxc.core.sanitise import whole_number
from profiles.models import User
from profiles.services import sign_ins

MOST_SHOWN = 50


@signed_in
@confirmed_identity
@require_http_methods(["GET", "POST"])
def sessions(request: PortalRequest) -> HttpResponseBase:
    """The browsers in which one is signed in, with a button to end each; and the last times one has signed in."""
    assert isinstance(request.user, User)
    if request.method == "POST":
        return _end(request, request.user)
    found = UserSession.objects.purge_and_list(request.user)
    context = {
        "sessions": sorted(found, key=lambda one: one.last_seen_at, reverse=True),
        "sign_ins": request.user.sign_ins.all()[:MOST_SHOWN],
        "current": request.session.session_key,
    }
    return render(request, "profiles/sessions.html", context)


def _end(request: PortalRequest, user: User) -> HttpResponseBase:
    if "session" in request.POST:
        pk = whole_number(request.POST["session"])
        get_object_or_404(UserSession, user=user, pk=pk).end()
    else:
        sign_ins.end_other_sessions(request, user)
    messages.success(request, _("Ended."))
    return redirect("my-sessions")
