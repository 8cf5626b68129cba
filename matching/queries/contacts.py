"""Whose contacts one sees: nobody's before a match is confirmed. Rule: docs/rules.md, Catalogue and contacts."""

from cxc.access.scoped import ORGANISATION_SIDES, PARTNERSHIP_SIDE_OF, Actor, Principal, Side, sides_of
from matching.models import Match
from matching.queries.catalogue import MET_STATES
from profiles.models import Membership, Profile
from profiles.queries.recipients import WRITING_ROLES


def may_see_contacts(actor: Actor, profile: Profile) -> bool:
    """The profile's own holder, Partnership and the Support Office; the other side of a confirmed match, and its
    Partnership. Never the observer."""
    if actor.principal is Principal.OBSERVER:
        return False
    if sides_of(actor, profile):
        return True
    field = "visiting_profile" if profile.is_visiting else "host_profile"
    return Match.objects.visible_to(actor).filter(**{field: profile}, state__in=MET_STATES).exists()


def may_write_to(match: Match, writer: Side, reader: Side) -> bool:
    """An organisation writes to its own Partnership at any time, and to the other side once the match is confirmed."""
    return writer not in ORGANISATION_SIDES or reader == PARTNERSHIP_SIDE_OF[writer] or match.state in MET_STATES


def contacts(actor: Actor, profile: Profile) -> list[Membership]:
    """Owners and editors of the profile's organisation, as far as the actor may know them."""
    if not may_see_contacts(actor, profile):
        return []
    people = Membership.objects.filter(organisation=profile.organisation_id, role__in=WRITING_ROLES)
    return list(people.filter(user__is_active=True).select_related("user").order_by("user__full_name__folded"))
