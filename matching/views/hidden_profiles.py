"""“Not for me”: buttons that come back to where they were pressed, and the list of hidden profiles."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cxc.access.guards import PortalRequest, signed_in
from cxc.core.sanitise import whole_number
from cxc.web.back_links import back_address
from matching.models import HiddenProfile
from matching.queries import catalogue as queries
from matching.queries.own_profiles import own_published
from matching.services import hidden_profiles
from profiles.models import Profile

ROWS = 20


@signed_in
@require_POST
def hide(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Hide a profile (`on`) from one's own (`for`), or show it again."""
    mine = _mine(request)
    if request.POST.get("on"):
        hidden_profiles.hide(profile=mine, other=queries.get_readable_profile(request.actor, pk), by=request.actor)
        if not request.headers.get("HX-Request"):
            messages.success(request, _("Not shown any more, and nobody is told. It waits under “Not for me”."))
    else:
        hidden_profiles.unhide(profile=mine, other=_hidden_one(request, mine, pk), by=request.actor)
    return redirect(back_address(request))


@signed_in
@require_safe
def hidden(request: PortalRequest) -> HttpResponse:
    """What is hidden from one's own profiles, each to be shown again."""
    rows = HiddenProfile.objects.visible_to(request.actor).select_related(
        "profile__organisation", "other__organisation__country", "other__partnership"
    )
    page = Paginator(rows.order_by("-pk"), ROWS).get_page(request.GET.get("page"))
    return render(request, "matching/hidden_profiles.html", {"page": page})


def _mine(request: PortalRequest) -> Profile:
    mine = own_published(request.actor).filter(pk=whole_number(request.POST.get("for")) or 0).first()
    if mine is None:
        raise Http404
    return mine


def _hidden_one(request: PortalRequest, mine: Profile, pk: int) -> Profile:
    """Also one that is not in the catalogue any more."""
    row = HiddenProfile.objects.visible_to(request.actor).filter(profile=mine, other=pk).select_related("other").first()
    if row is None:
        return queries.get_readable_profile(request.actor, pk)
    return row.other
