"""Choosing for which body one acts."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.ground.views import PortalRequest, signed_in
from profiles.acting import SESSION_KEY, hats_of
from profiles.models import User


@signed_in
@require_http_methods(["GET", "POST"])
def acting(request: PortalRequest) -> HttpResponseBase:
    """Everything one may act for; choosing one goes to its to-do list."""
    assert isinstance(request.user, User)
    hats = hats_of(request.user)
    if request.method == "POST":
        chosen = next((hat for hat in hats if hat.key == request.POST.get("hat")), None)
        if chosen is not None:
            request.session[SESSION_KEY] = chosen.key
            return redirect("todo")
        messages.error(request, _("You can't act for that: choose one of these."))
    return render(request, "profiles/acting.html", {"hats": hats})
