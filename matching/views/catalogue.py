"""The catalogue: who visits and who hosts, and the card of each."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cxc.ground.views import PortalRequest, signed_in
from matching.filters import CatalogueFilter
from matching.models import Match
from matching.queries import catalogue as queries
from matching.queries.contacts import contacts, may_see_contacts
from matching.queries.own import partners_for
from matching.queries.places import places_free

ROWS = 20


@signed_in
@require_safe
def catalogue(request: PortalRequest) -> HttpResponse:
    """The published profiles, filtered; with a filter that can't be read, the form again and its sentence."""
    queries.require_browsing(request.actor)
    rows = queries.listed(request.actor).with_faces().prefetch_related("types", "own_sectors")
    found = CatalogueFilter(request.GET, rows.order_by("-published_at", "-pk"))
    valid = found.form.is_valid()
    page = Paginator(found.qs if valid else rows.none(), ROWS).get_page(request.GET.get("page"))
    return render(request, "matching/catalogue.html", {"filter": found, "page": page}, status=200 if valid else 400)


@signed_in
@require_safe
def card(request: PortalRequest, pk: int) -> HttpResponse:
    """One profile of the catalogue, with contacts once a match is confirmed."""
    profile = queries.card(request.actor, pk)
    field = "visiting_profile" if profile.is_visiting else "host_profile"
    context = {
        "profile": profile,
        "free": places_free(profile),
        "partners": list(partners_for(request.actor, profile)) if request.actor.may_write else [],
        "matches": Match.objects.visible_to(request.actor).filter(**{field: profile}).with_faces(),
        "may_see_contacts": may_see_contacts(request.actor, profile),
        "contacts": contacts(request.actor, profile),
    }
    return render(request, "matching/card.html", context)
