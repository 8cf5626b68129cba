"""The catalogue: who visits and who hosts, and the card of each."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.core.links import absolute
from matching.catalogue.filter_chips import filter_chips, order_links
from matching.catalogue.query_string import clean_query
from matching.catalogue.search import CatalogueSearch, require_catalogue
from matching.models import Bookmark, Match
from matching.queries import catalogue as queries
from matching.queries.contacts import contacts, may_see_contacts
from matching.queries.own_profiles import partners_for
from matching.queries.places import count_free_places
from matching.views.catalogue_closed import catalogue_closed


@signed_in
@rate_limited("search")
@require_safe
def catalogue(request: PortalRequest) -> HttpResponse:
    """The published profiles, filtered; with a filter that can't be read, the form again and its sentence."""
    catalogue_search = CatalogueSearch(request.actor, request.GET)
    try:
        require_catalogue(catalogue_search)
    except PermissionDenied:
        return catalogue_closed(request, _("Catalogue"))
    context: dict[str, Any] = {
        "catalogue_search": catalogue_search,
        "form": catalogue_search.form,
        "page": catalogue_search.page,
        "cards": catalogue_search.cards,
    }
    if catalogue_search.is_valid:
        context["filter_chips"] = list(filter_chips(catalogue_search.form))
        context["order_links"] = order_links(catalogue_search.form, with_fit=catalogue_search.mine is not None)
    if catalogue_search.query:
        context["canonical"] = absolute(f"{request.path}?{catalogue_search.query}")
    return render(request, "matching/catalogue.html", context, status=200 if catalogue_search.is_valid else 400)


@signed_in
@require_safe
def catalogue_profile(request: PortalRequest, pk: int) -> HttpResponse:
    """One profile of the catalogue, with contacts once a match is confirmed."""
    profile = queries.get_readable_profile(request.actor, pk)
    field = "visiting_profile" if profile.is_visiting else "host_profile"
    partners = list(partners_for(request.actor, profile)) if request.actor.may_write else []
    context = {
        "profile": profile,
        "free": count_free_places(profile),
        "is_dormant": queries.is_dormant(profile),
        "partners": partners,
        "matches": Match.objects.visible_to(request.actor).filter(**{field: profile}).with_display_relations(),
        "may_see_contacts": may_see_contacts(request.actor, profile),
        "contacts": contacts(request.actor, profile),
        "list_query": clean_query(request.GET.get("list", "")),
        "is_bookmarked": Bookmark.objects.of(request.actor).filter(profile=profile).exists(),
    }
    return render(request, "matching/catalogue_profile.html", context)
