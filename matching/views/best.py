"""Best matches for one of one's profiles, each with its reasons."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cxc.ground.views import PortalRequest, signed_in
from matching.fit import best_matches
from matching.queries.own import own_published
from profiles.models import Profile

ROWS = 20


@signed_in
@require_safe
def choose(request: PortalRequest) -> HttpResponse:
    """Which of one's published profiles to look for; straight to it when there is only one."""
    profiles = own_published(request.actor).select_related("organisation")
    page = Paginator(profiles, ROWS).get_page(request.GET.get("page"))
    if page.paginator.count == 1:
        return redirect("best-matches", page[0].pk)
    return render(request, "matching/choose.html", {"page": page})


@signed_in
@require_safe
def best(request: PortalRequest, pk: int) -> HttpResponse:
    """The list for one profile, the best first."""
    profile = Profile.objects.with_faces().get_for(request.actor, pk=pk)
    page = Paginator(best_matches(profile), ROWS).get_page(request.GET.get("page"))
    return render(request, "matching/best.html", {"profile": profile, "page": page})
