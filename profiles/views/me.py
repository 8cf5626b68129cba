"""One's own data."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cxc.access.confirmed_identity import confirmed_identity
from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Rank
from cxc.core.links import absolute
from cxc.workflow import Refused
from profiles.forms.accounts import PersonForm
from profiles.models import User
from profiles.queries.principals import available_principals
from profiles.services import preferences
from profiles.services.people import anonymise


@signed_in
@require_http_methods(["GET", "POST"])
def me(request: PortalRequest) -> HttpResponseBase:
    """Settings: one's data, language, what one is told and how, address and password, leaving."""
    assert isinstance(request.user, User)
    form = PersonForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("me")
    mine, principals = preferences.preferences_of(request.user), available_principals(request.user)
    context = {
        "form": form,
        "principals": principals,
        "preferences": mine,
        "written_for": [principal.label for principal in principals if principal.rank >= Rank.EDITOR],
        "calendar": mine.calendar_key and absolute(reverse("calendar-feed", args=[mine.calendar_key])),
    }
    return render(request, "profiles/me.html", context, status=400 if request.method == "POST" else 200)


@signed_in
@rate_limited("mail")
@confirmed_identity
@require_POST
def anonymise_me(request: PortalRequest) -> HttpResponseBase:
    """Anonymise oneself: asked twice, for there is no way back."""
    assert request.actor.user is not None
    if "sure" not in request.POST:
        messages.error(request, _("Tick that you are sure: there is no way back."))
        return redirect("me")
    try:
        anonymise(request.actor.user, by=request.actor)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.sentences))
        return redirect("me")
    logout(request)
    messages.success(request, _("Your name, address and telephone number are removed."))
    return redirect("home")
