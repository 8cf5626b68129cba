"""What the search finds of who meets whom: matches, profiles of the catalogue, contacts; actions of matching."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor, Principal, Side
from cxc.web.site_search.columns import holds_words, newest
from cxc.web.site_search.pages import add_action
from cxc.web.site_search.sources import Search, SearchResult, add_source, kind_name
from matching.models import Match
from matching.queries.catalogue import MET_STATES, browsable
from matching.services.plans.requests import SCOPES
from profiles.models import Membership, Organisation, Profile, User
from profiles.queries.recipients import WRITING_ROLES
from profiles.site_search import SEE_ALL, add_known, member_result, named_organisations

SIDES = ("visiting_profile__organisation", "host_profile__organisation")


def find_matches(search: Search) -> Iterable[SearchResult]:
    """Those of the actor's list, by either organisation or number."""
    organisations = named_organisations(search)
    named = [Q(visiting_organisation__in=organisations), Q(host_profile__organisation__in=organisations)]
    if (number := search.text.number("match", kind_name(Match))) is not None:
        named.append(Q(pk=number))
    ids = newest(Match.objects.visible_parts(search.actor).values(), named, search.limit + 1)
    for found in Match.objects.filter(pk__in=ids).with_labels().order_by("-pk"):
        detail = f"{found.get_modality_display()}, {found.get_state_display()}"
        yield SearchResult(str(found), found.get_absolute_url(), detail)


def find_in_catalogue(search: Search) -> Iterable[SearchResult]:
    """Published profiles of others that the actor may browse; who sees all profiles finds them as profiles."""
    if search.actor.principal in SEE_ALL:
        return
    own = Profile.objects.filter(pk=OuterRef("pk")).visible_to(search.actor, few=True)
    others = browsable(search.actor).filter(~Exists(own))
    named = [Q(organisation__in=named_organisations(search)), holds_words(search.text, "title")]
    for found in Profile.objects.filter(pk__in=newest([others], named, search.limit + 1)).with_labels().order_by("-pk"):
        detail = ", ".join(part for part in (found.title, found.generation.name) if part)
        yield SearchResult(str(found), reverse("catalogue-profile", args=[found.pk]), detail)


def find_contacts(search: Search) -> Iterable[SearchResult]:
    """The other side's people of confirmed matches, as the page of the match shows them."""
    if search.actor.principal not in {Principal.ORGANISATION, Principal.PARTNERSHIP}:
        return
    met = [_latest_match(search.actor, side) for side in SIDES]
    own = Organisation.objects.filter(pk=OuterRef("organisation")).visible_to(search.actor, "members", few=True)
    people = User.objects.filter(holds_words(search.text, "full_name", "email"), is_active=True)
    members = Membership.objects.filter(
        ~Exists(own), Q(Exists(met[0])) | Q(Exists(met[1])), user__in=people.values("pk"), role__in=WRITING_ROLES
    ).annotate(match_id=Coalesce(Subquery(met[0]), Subquery(met[1])))
    rows = members.select_related("user", "organisation").order_by("user__full_name__folded", "pk")
    for member in rows[: search.limit + 1]:
        yield member_result(member, member.organisation, reverse("match", args=[member.match_id]))


def _latest_match(actor: Actor, side: str) -> QuerySet[Any]:
    """Of a membership: the actor's newest confirmed or completed match with this organisation on one side."""
    found = Match.objects.filter(**{side: OuterRef("organisation")}, state__in=MET_STATES)
    return found.visible_to(actor, few=True).order_by("-pk").values("pk")[:1]


def _met(actor: Actor) -> Iterable[tuple[QuerySet[Any], str]]:
    """On the other side of matches, and in the catalogue."""
    for side, rows in Match.objects.visible_parts(actor).items():
        yield rows, "host_profile__organisation" if side in {Side.VO, Side.VOP} else "visiting_organisation"
    yield browsable(actor), "organisation"


def _plan_matches(actor: Actor) -> str:
    return reverse("plan-new") if actor.may_write and actor.principal in SCOPES else ""


def register() -> None:
    """Called when the app is ready."""
    add_known(_met)
    add_source(_("Matches"), find_matches, order=50)
    add_source(_("Catalogue"), find_in_catalogue, order=65)
    add_source(_("Contacts"), find_contacts, order=95)
    add_action(_("Plan matches"), _plan_matches)
