"""Best matches for one of one's profiles, each with its reasons; what matters; why somebody is not among them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Actor
from cxc.core.sanitise import storable
from matching.fit import ranked
from matching.fit.exclusions import PositionAnswer, count_exclusions, explain_position
from matching.forms.matches import PrioritiesForm
from matching.presenters.best_matches import best_matches
from matching.presenters.profile_sources import advice_on, sources_of
from matching.queries import catalogue
from matching.queries.own_profiles import own_published
from matching.queries.profile_counts import counts_of
from matching.search.spelling import nearest_names
from matching.services import priorities
from profiles.models import Profile

ROWS = 10
MAX_ANSWERS = 5


@signed_in
@require_safe
def choose(request: PortalRequest) -> HttpResponseBase:
    """Which of one's published profiles to look for; straight to it when there is only one."""
    profiles = own_published(request.actor).select_related("organisation")
    page = Paginator(profiles, 20).get_page(request.GET.get("page"))
    if page.paginator.count == 1:
        return redirect("best-matches", page[0].pk)
    return render(request, "matching/best_matches_choose.html", {"page": page})


@signed_in
@rate_limited("search")
@require_safe
def best_matches_of(request: PortalRequest, pk: int) -> HttpResponse:
    """The list for one profile, the best first."""
    profile = _mine(request.actor, pk)
    return _page(request, profile, PrioritiesForm(instance=priorities.get_priorities(profile)))


@signed_in
@rate_limited("search")
@require_POST
def set_priorities(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Say what matters; the list is in the new order at once."""
    profile = _mine(request.actor, pk)
    if not priorities.may_set(profile, request.actor):
        raise PermissionDenied(_("Only those who look after a profile say what matters to it."))
    form = PrioritiesForm(request.POST, instance=priorities.get_priorities(profile))
    if not form.is_valid():
        return _page(request, profile, form)
    priorities.set_priorities(profile, by=request.actor, **form.cleaned_data)
    messages.success(request, _("Saved. The list is in the new order."))
    return redirect("best-matches", pk)


def _mine(actor: Actor, pk: int) -> Profile:
    profile: Profile = Profile.objects.with_display_relations().get_for(actor, pk=pk)
    return profile


def _page(request: PortalRequest, profile: Profile, form: PrioritiesForm) -> HttpResponse:
    page = Paginator(ranked(profile), ROWS).get_page(request.GET.get("page"))
    searched_name = storable(request.GET.get("who", "")).strip()[:100]
    others, exclusions = count_exclusions(profile)
    counts = counts_of(profile)
    context = {
        "profile": profile,
        "page": page,
        "best_matches": best_matches(profile, page.object_list, request.actor),  # type: ignore[arg-type]
        "form": form,
        "may_set": priorities.may_set(profile, request.actor),
        "sources": sources_of(profile, counts),
        "advice": advice_on(profile, counts),
        "others": others,
        "exclusions": exclusions,
        "searched_name": searched_name,
        "answers": _answers(request.actor, profile, searched_name) if searched_name else [],
    }
    return render(request, "matching/best_matches.html", context, status=400 if form.errors else 200)


def _answers(actor: Actor, mine: Profile, searched_name: str) -> list[PositionAnswer]:
    """For those whom the actor may browse, by name or nearly."""
    known = catalogue.browsable(actor).with_display_relations()
    found = list(known.filter(organisation__legal_name__folded_contains=searched_name).order_by("pk")[:MAX_ANSWERS])
    if not found:
        names = nearest_names(searched_name, catalogue.browsable(actor))
        found = list(known.filter(organisation__legal_name__in=names).order_by("pk")[:MAX_ANSWERS])
    return [explain_position(mine, other) for other in found]
