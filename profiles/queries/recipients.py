"""Who is written to: the people of an organisation, of a Partnership, of the Support Office."""

from collections.abc import Collection, Mapping

from cxc.access.scoped import ORGANISATION_SIDES, PARTNERSHIP_SIDES, Side
from cxc.comms.recipients import Addressee
from profiles.enums import OrganisationRole, PartnershipRole
from profiles.models import Membership, PartnershipMembership, User

# Those who can do something about it: a reader is not written to.
WRITING_ROLES = (OrganisationRole.OWNER, OrganisationRole.EDITOR)


def members(*organisation_ids: int) -> list[User]:
    """Owners and editors of these organisations, each once."""
    found = User.objects.filter(
        is_active=True, memberships__organisation_id__in=organisation_ids, memberships__role__in=WRITING_ROLES
    )
    return list(found.distinct().order_by("pk"))


def coordinators(*partnership_ids: int) -> list[User]:
    """Coordinators of these Partnerships, each once."""
    found = User.objects.filter(
        is_active=True,
        partnership_memberships__partnership_id__in=partnership_ids,
        partnership_memberships__role=PartnershipRole.COORDINATOR,
    )
    return list(found.distinct().order_by("pk"))


def support_office() -> list[User]:
    """The people of the Support Office."""
    return list(User.objects.filter(is_active=True, is_support_office=True).order_by("pk"))


def addressees_of(principals: Mapping[Side, Collection[int]]) -> list[Addressee]:
    """Who may write for these organisations and Partnerships, by side; the Support Office where it is a side of them.

    Each person once: for an organisation rather than for a Partnership.
    """
    found = [
        *([Addressee(person, Side.SO) for person in support_office()] if Side.SO in principals else []),
        *_members_of(_sides_by_principal(principals, ORGANISATION_SIDES)),
        *_coordinators_of(_sides_by_principal(principals, PARTNERSHIP_SIDES)),
    ]
    first: dict[int, Addressee] = {}
    for one in found:
        first.setdefault(one.person.pk, one)
    return list(first.values())


def _sides_by_principal(principals: Mapping[Side, Collection[int]], group: Collection[Side]) -> dict[int, Side]:
    """The first side of each organisation, or of each Partnership."""
    found: dict[int, Side] = {}
    for side in principals:
        if side in group:
            found = dict.fromkeys(principals[side], side) | found
    return found


def _members_of(sides: Mapping[int, Side]) -> list[Addressee]:
    if not sides:
        return []
    rows = Membership.objects.filter(organisation_id__in=sides, role__in=WRITING_ROLES, user__is_active=True)
    return [
        Addressee(row.user, sides[row.organisation_id], row.organisation_id)
        for row in rows.select_related("user").order_by("user_id", "pk")
    ]


def _coordinators_of(sides: Mapping[int, Side]) -> list[Addressee]:
    if not sides:
        return []
    rows = PartnershipMembership.objects.filter(
        partnership_id__in=sides, role=PartnershipRole.COORDINATOR, user__is_active=True
    )
    return [
        Addressee(row.user, sides[row.partnership_id], row.partnership_id)
        for row in rows.select_related("user").order_by("user_id", "pk")
    ]
