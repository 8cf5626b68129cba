"""The coordinator's bench: who still needs a partner, with the best three of each."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.scoped import Actor
from matching.models import Plan
from matching.queries.unmatched import free_places_by_host, unmatched_profiles
from matching.services.plans.partners import Partner, partners
from matching.services.plans.requests import SCOPES
from profiles.enums import ProfileKind
from profiles.models import Profile

ROWS = 10
BEST = 3


@dataclass(frozen=True)
class Card:
    """A profile without a partner, and who fits it best."""

    profile: Profile
    free: int
    best: list[tuple[Profile, Partner]]


def require_bench(actor: Actor) -> None:
    """PermissionDenied for all but Partnerships and the Support Office."""
    if actor.principal not in SCOPES:
        raise PermissionDenied(_("This page is for Partnerships and the Support Office."))


@signed_in
@require_safe
def bench(request: PortalRequest) -> HttpResponse:
    """One's unmatched profiles, each with its best partners; `?kind=` visitors or hosts."""
    require_bench(request.actor)
    numbers = {kind: unmatched_profiles(request.actor, kind).count() for kind in ProfileKind}
    kind = _kind(request.GET.get("kind", ""), numbers)
    page = Paginator(unmatched_profiles(request.actor, kind), ROWS).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "cards": _cards(list(page)),
        "tabs": [(each.value, each.label, number, each == kind) for each, number in numbers.items()],
        "plans": Plan.objects.visible_to(request.actor).select_related("host__organisation", "partnership")[:5],
    }
    return render(request, "matching/bench/bench.html", context)


def _kind(wanted: str, numbers: dict[ProfileKind, int]) -> ProfileKind:
    """What was asked for; else the first kind of which somebody is left."""
    if wanted in ProfileKind.values:
        return ProfileKind(wanted)
    return next((kind for kind, number in numbers.items() if number), ProfileKind.VISITING)


def _cards(profiles: list[Profile]) -> list[Card]:
    """One ranking for each profile, and one query for the faces of all their partners."""
    found = {profile.pk: partners(profile, limit=BEST) for profile in profiles}
    partner_profiles = Profile.objects.with_display_relations().in_bulk(
        {each.profile_id for best in found.values() for each in best}
    )
    free = free_places_by_host(profiles)
    return [
        Card(profile, free[profile.pk], [(partner_profiles[each.profile_id], each) for each in found[profile.pk]])
        for profile in profiles
    ]
