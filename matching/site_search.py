"""What the search finds of who meets whom: matches, profiles of the catalogue, contacts; actions of matching."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor, Principal, Side
from cxc.web.site_search.columns import labelled, newest, newest_of
from cxc.web.site_search.pages import add_action
from cxc.web.site_search.sources import Search, SearchResult, add_source, kind_name
from matching.models import Match
from matching.queries.catalogue import MET_STATES, browsable
from matching.services.plans.requests import SCOPES
from profiles.models import Membership, Organisation, Profile, User
from profiles.queries.recipients import WRITING_ROLES
from profiles.site_search import SEE_ALL, add_known, member_result, named_profiles, of_named_organisations


def find_matches(search: Search) -> Iterable[SearchResult]:
    """Those of the actor's list, by either organisation or number."""
    named = of_named_organisations(search, "visiting_organisation", "host_profile__organisation")
    if (number := search.text.number("match", kind_name(Match))) is not None:
        named.append(Q(pk=number))
    ids = newest(Match.objects.all(), search.actor, named, search.limit + 1)
    for found in labelled(Match, ids):
        detail = f"{found.get_modality_display()}, {found.get_state_display()}"
        yield SearchResult(str(found), found.get_absolute_url(), detail)


def find_in_catalogue(search: Search) -> Iterable[SearchResult]:
    """Published profiles of others that the actor may browse; who sees all profiles finds them as profiles."""
    named = named_profiles(search)
    if search.actor.principal in SEE_ALL or not named:
        return
    own = Profile.objects.filter(pk=OuterRef("pk")).visible_to(search.actor, few=True)
    others = browsable(search.actor).filter(~Exists(own))
    for found in labelled(Profile, newest_of([others], named, search.limit + 1)):
        detail = ", ".join(part for part in (found.title, found.generation.name) if part)
        yield SearchResult(str(found), reverse("catalogue-profile", args=[found.pk]), detail)


def find_contacts(search: Search) -> Iterable[SearchResult]:
    """The other side's people of confirmed matches, as the page of the match shows them."""
    people = search.pks_named(User)
    if search.actor.principal not in {Principal.ORGANISATION, Principal.PARTNERSHIP} or people == []:
        return
    named = Membership.objects.filter(user__in=people, user__is_active=True, role__in=WRITING_ROLES)
    met = _confirmed(search.actor, named if isinstance(people, list) else None)
    if not met:
        return
    own = Organisation.objects.filter(pk=OuterRef("organisation")).visible_to(search.actor, "members", few=True)
    organisations = met[0].union(*met[1:])
    members = named.filter(~Exists(own), organisation__in=organisations).select_related("user", "organisation")
    found = members.order_by("user__full_name__folded", "pk")[: search.limit + 1]
    matches = _latest_matches(search.actor, {member.organisation_id for member in found})
    for member in found:
        url = reverse("match", args=[matches[member.organisation_id]])
        yield member_result(member, member.organisation, url)


def _confirmed(actor: Actor, members: QuerySet[Membership] | None) -> list[QuerySet[Any, Any]]:
    """The organisations met in confirmed and completed matches, among those of the members where these are few."""
    if members is None:
        return [rows.filter(state__in=MET_STATES).order_by().values(path) for rows, path in _matches(actor)]
    organisations = set(members.order_by().values_list("organisation", flat=True))
    return [rows.values(path) for rows, path in _confirmed_with(actor, organisations)] if organisations else []


def _latest_matches(actor: Actor, organisations: set[int]) -> dict[int, int]:
    """The newest confirmed or completed match of the actor with each of these organisations."""
    found = [rows.values_list(path).annotate(latest=Max("pk")) for rows, path in _confirmed_with(actor, organisations)]
    return dict(sorted(found[0].union(*found[1:], all=True))) if organisations else {}


def _confirmed_with(actor: Actor, organisations: set[int]) -> Iterable[tuple[QuerySet[Any], str]]:
    for rows, path in _matches(actor):
        yield rows.filter(**{f"{path}__in": organisations}, state__in=MET_STATES).order_by(), path


def _met(actor: Actor) -> Iterable[tuple[QuerySet[Any], str]]:
    """On the other side of matches, and in the catalogue.

    By profiles: thousands of matches may be with a few, whose organisations are then looked up once each.
    """
    for side, rows in Match.objects.visible_parts(actor).items():
        profile = "host_profile" if side in {Side.VO, Side.VOP} else "visiting_profile"
        yield Profile.objects.filter(pk__in=rows.order_by().values(profile)), "organisation"
    yield browsable(actor), "organisation"


def _matches(actor: Actor) -> Iterable[tuple[QuerySet[Any], str]]:
    """The actor's matches by side, each with the path to the organisation on the other side."""
    for side, rows in Match.objects.visible_parts(actor).items():
        yield rows, "host_profile__organisation" if side in {Side.VO, Side.VOP} else "visiting_organisation"


def _plan_matches(actor: Actor) -> str:
    return reverse("plan-new") if actor.may_write and actor.principal in SCOPES else ""


def register() -> None:
    """Called when the app is ready."""
    add_known(_met)
    add_source(_("Matches"), find_matches, order=50)
    add_source(_("Catalogue"), find_in_catalogue, order=65)
    add_source(_("Contacts"), find_contacts, order=95)
    add_action(_("Plan matches"), _plan_matches)
