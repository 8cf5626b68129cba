"""What the search finds of who takes part: organisations, Partnerships, profiles, people; actions of theirs.

Which organisations somebody meets elsewhere, apps above say (`add_known`), as only they know matches and visits.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor, Principal
from cxc.web.site_search.columns import by_likeness, labelled, newest
from cxc.web.site_search.names import add_names
from cxc.web.site_search.pages import add_action
from cxc.web.site_search.sources import Search, SearchResult, add_source, kind_name
from profiles.models import Membership, Organisation, Partnership, PartnershipMembership, Profile, User
from profiles.services.permissions import MANAGING_RANKS

# At most `MAX_RANKED` organisations whose name matches are ranked; records are searched for the first `MAX_NAMED`.
MAX_RANKED, MAX_NAMED = 200, 20
SEE_ALL = frozenset({Principal.SUPPORT_OFFICE, Principal.OBSERVER})

# Where an actor meets other organisations: rows of theirs, each with the path to the organisation.
Known = Callable[[Actor], Iterable[tuple[QuerySet[Any], str]]]
_known: list[Known] = []


def add_known(function: Known) -> None:
    """Add rows by which an actor knows the names of organisations. Called when an app is ready."""
    if function not in _known:
        _known.append(function)


def named_organisations(search: Search) -> list[int]:
    """The ids of the organisations whose name matches and that the actor meets anywhere, the best first.

    They only say by which organisations a source looks for records; which records there are, its own permissions say.
    """
    found: list[int] = search.once("organisations", _named_organisations)
    return found


def of_named_organisations(search: Search, *paths: str) -> list[Q]:
    """The conditions that a record is of such an organisation, by one of these paths; none where there is none."""
    organisations = named_organisations(search)
    return [Q(**{f"{path}__in": organisations}) for path in paths] if organisations else []


def _named_organisations(search: Search) -> list[int]:
    few = search.few_named(Organisation)
    if few == []:
        return []
    if search.actor.principal in SEE_ALL:
        known: QuerySet[Organisation] = Organisation.objects.filter(pk__in=search.pks_named(Organisation)[:MAX_RANKED])
    else:
        known = _met_by(search.actor, few).filter(*search.named(Organisation))
    ranked = known.order_by(*by_likeness(search.text, "legal_name"))
    return list(ranked.values_list("pk", flat=True)[:MAX_NAMED])


def _met_by(actor: Actor, few: list[int] | None) -> QuerySet[Organisation]:
    """The organisations that the actor meets anywhere; where few names match, among these only."""
    known = [one for function in (_own_or_looked_after, *_known) for one in function(actor)]
    found = [_organisations_of(rows, path, few) for rows, path in known]
    return Organisation.objects.filter(pk__in=found[0].union(*found[1:])) if found else Organisation.objects.none()


def _organisations_of(rows: QuerySet[Any], path: str, few: list[int] | None) -> QuerySet[Any]:
    """The ids of the organisations at the end of the path from these rows, among few or all."""
    among = rows if few is None else rows.filter(**{f"{path}__in": few})
    return among.order_by().values_list(path, flat=True).distinct()


def _own_or_looked_after(actor: Actor) -> Iterable[tuple[QuerySet[Any], str]]:
    return ((part, "pk") for part in Organisation.objects.visible_parts(actor).values())


# --- sources ---------------------------------------------------------------------------------------


def find_organisations(search: Search) -> Iterable[SearchResult]:
    """Those whose page the actor may open."""
    organisations = named_organisations(search)
    if not organisations:
        return
    visible = Organisation.objects.visible_to(search.actor, few=True).select_related("country")
    ranked = visible.filter(pk__in=organisations).order_by(*by_likeness(search.text, "legal_name"))
    for found in ranked[: search.limit + 1]:
        yield SearchResult(str(found), found.get_absolute_url(), f"{found.city}, {found.country}")


def find_partnerships(search: Search) -> Iterable[SearchResult]:
    """All of them: their pages are public."""
    for condition in search.named(Partnership):
        named = Partnership.objects.filter(condition).order_by("acronym__folded")
        for found in named[: search.limit + 1]:
            yield SearchResult(str(found), found.get_absolute_url(), found.full_name)


def find_profiles(search: Search) -> Iterable[SearchResult]:
    """Those of the actor's list, by organisation, title or number; archived ones last."""
    named = named_profiles(search)
    if (number := search.text.number("profile", kind_name(Profile))) is not None:
        named.append(Q(pk=number))
    ids = newest(Profile.objects.all(), search.actor, named, search.limit + 1)
    for found in labelled(Profile, ids):
        parts = (found.title, found.generation.name, found.get_state_display())
        yield SearchResult(str(found), found.get_absolute_url(), ", ".join(part for part in parts if part))


def named_profiles(search: Search) -> list[Q]:
    """The conditions that the name of a profile's organisation, or its title, matches."""
    return [*of_named_organisations(search, "organisation"), *search.named(Profile)]


def find_people(search: Search) -> Iterator[SearchResult]:
    """By name or e-mail address, as the pages of their organisations and Partnerships show members."""
    people = search.pks_named(User)
    if people == []:
        return
    if search.actor.principal is Principal.SUPPORT_OFFICE:
        named = User.objects.filter(pk__in=people, is_active=True)
        for person in named.order_by(*by_likeness(search.text, "full_name"))[: search.limit + 1]:
            yield SearchResult(str(person), reverse("admin:profiles_user_change", args=[person.pk]), person.email)
        return
    memberships: tuple[tuple[Any, Any, str], ...] = (
        (Membership, Organisation, "organisation"),
        (PartnershipMembership, Partnership, "partnership"),
    )
    for model, body, name in memberships:
        visible = body.objects.filter(pk=OuterRef(name)).visible_to(search.actor, "members", few=True)
        members = model.objects.filter(Exists(visible), user__in=people, user__is_active=True)
        for member in members.select_related("user", name).order_by("user__full_name__folded")[: search.limit + 1]:
            yield member_result(member, getattr(member, name), getattr(member, name).get_absolute_url())


def member_result(member: Membership | PartnershipMembership, team: object, url: str) -> SearchResult:
    """A person with address, and organisation or Partnership."""
    return SearchResult(str(member.user), url, f"{member.user.email}, {team}")


# --- actions ---------------------------------------------------------------------------------------


def _new_profile(actor: Actor) -> str:
    return reverse("profile-new") if actor.may_write and actor.principal is not Principal.NONE else ""


def _register_organisation(actor: Actor) -> str:
    if actor.principal in {Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE}:
        return reverse("organisation-on-behalf") if actor.may_write else ""
    return "" if actor.principal is Principal.OBSERVER else reverse("organisation-new")


def _invite_member(actor: Actor) -> str:
    if actor.principal not in MANAGING_RANKS or actor.rank < MANAGING_RANKS[actor.principal]:
        return ""
    return reverse("team", kwargs={"kind": f"{actor.principal}s", "pk": actor.principal_id})


def register() -> None:
    """Called when the app is ready."""
    add_names(Organisation, "legal_name")
    add_names(Profile, "title")
    add_names(Partnership, "acronym", "full_name")
    add_names(User, "full_name", "email")
    add_source(_("Profiles"), find_profiles, order=60)
    add_source(_("Organisations"), find_organisations, order=70)
    add_source(_("Partnerships"), find_partnerships, order=80)
    add_source(_("People"), find_people, order=90)
    add_action(_("New profile"), _new_profile)
    add_action(_("Register an organisation"), _register_organisation)
    add_action(_("Invite a member"), _invite_member)
