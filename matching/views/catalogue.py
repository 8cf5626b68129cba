"""The catalogue: who visits and who hosts, and the card of each."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cxc.access.guards import PortalRequest, signed_in
from cxc.core.links import absolute
from matching.browsing.address import tidy
from matching.browsing.catalogue import Browsing, may_open
from matching.browsing.chips import chips, orders
from matching.models import Bookmark, Match
from matching.queries import catalogue as queries
from matching.queries.contacts import contacts, may_see_contacts
from matching.queries.own import partners_for
from matching.queries.places import places_free


@signed_in
@require_safe
def catalogue(request: PortalRequest) -> HttpResponse:
    """The published profiles, filtered; with a filter that can't be read, the form again and its sentence."""
    browsing = Browsing(request.actor, request.GET)
    may_open(browsing)
    context: dict[str, Any] = {
        "browsing": browsing,
        "form": browsing.form,
        "page": browsing.page,
        "cards": browsing.cards,
    }
    if browsing.is_valid:
        context["chips"] = list(chips(browsing.form))
        context["orders"] = orders(browsing.form, with_fit=browsing.mine is not None)
    if browsing.query:
        context["canonical"] = absolute(f"{request.path}?{browsing.query}")
    return render(request, "matching/catalogue.html", context, status=200 if browsing.is_valid else 400)


@signed_in
@require_safe
def card(request: PortalRequest, pk: int) -> HttpResponse:
    """One profile of the catalogue, with contacts once a match is confirmed."""
    profile = queries.card(request.actor, pk)
    field = "visiting_profile" if profile.is_visiting else "host_profile"
    partners = list(partners_for(request.actor, profile)) if request.actor.may_write else []
    context = {
        "profile": profile,
        "free": places_free(profile),
        "partners": partners,
        "matches": Match.objects.visible_to(request.actor).filter(**{field: profile}).with_display_relations(),
        "may_see_contacts": may_see_contacts(request.actor, profile),
        "contacts": contacts(request.actor, profile),
        "list_query": tidy(request.GET.get("list", "")),
        "is_bookmarked": Bookmark.objects.of(request.actor).filter(profile=profile).exists(),
    }
    return render(request, "matching/card.html", context)
