"""The page on which a person chooses for whom they act."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.personal import principal_key
from cxc.core.links import own_path
from profiles.models import User
from profiles.queries.principals import SESSION_KEY, available_principals


@signed_in
@require_http_methods(["GET", "POST"])
def act_for(request: PortalRequest) -> HttpResponseBase:
    """Everything one may act for; choosing one goes to its to-do list, or where a link of its leads (`next`)."""
    assert isinstance(request.user, User)
    principals = available_principals(request.user)
    requested, target = _requested_key(request), _link_target(request)
    if request.method == "GET" and target and requested == principal_key(request.actor):
        return redirect(target)
    if request.method == "POST":
        chosen = next((available for available in principals if available.key == request.POST.get("principal")), None)
        if chosen is not None:
            request.session[SESSION_KEY] = chosen.key
            return redirect(target or "todo")
        messages.error(request, _("You can't act for that organisation or Partnership: choose one of these."))
    wanted = [available for available in principals if available.key == requested] if target else []
    return render(request, "profiles/act_for.html", {"principals": wanted or principals, "is_requested": bool(wanted)})


def _requested_key(request: PortalRequest) -> str:
    """The key of the principal that a link names; links in mails and calendars sent earlier call it `hat`."""
    return request.GET.get("principal", "") or request.GET.get("hat", "")


def _link_target(request: PortalRequest) -> str:
    """Where a link in a calendar or mail leads, within this portal."""
    return own_path(request, request.GET.get("next", ""))
