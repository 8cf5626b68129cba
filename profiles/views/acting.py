"""Choosing for which body one acts."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.core.links import own_path
from profiles.models import User
from profiles.queries.principals import SESSION_KEY, hats_of, key_of


@signed_in
@require_http_methods(["GET", "POST"])
def acting(request: PortalRequest) -> HttpResponseBase:
    """Everything one may act for; choosing one goes to its to-do list, or where a link of its leads (`next`)."""
    assert isinstance(request.user, User)
    hats = hats_of(request.user)
    asked, onward = request.GET.get("hat", ""), _onward(request)
    if request.method == "GET" and onward and asked == key_of(request.actor):
        return redirect(onward)
    if request.method == "POST":
        chosen = next((hat for hat in hats if hat.key == request.POST.get("hat")), None)
        if chosen is not None:
            request.session[SESSION_KEY] = chosen.key
            return redirect(onward or "todo")
        messages.error(request, _("You can't act for that organisation or Partnership: choose one of these."))
    wanted = [hat for hat in hats if hat.key == asked] if onward else []
    return render(request, "profiles/acting.html", {"hats": wanted or hats, "is_asked_for": bool(wanted)})


def _onward(request: PortalRequest) -> str:
    """Where a link in a calendar or mail leads, within this portal."""
    return own_path(request, request.GET.get("next", ""))
