"""Who is written to: the people of an organisation, of a Partnership, of the Support Office."""

from collections.abc import Callable, Iterable

from cxc.access.scoped import ORGANISATION_SIDES, PARTNERSHIP_SIDES, Scoped, Side, principals_on
from profiles.enums import OrganisationRole, PartnershipRole
from profiles.models import User

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


def people_on(thing: Scoped, *sides: Side) -> list[User]:
    """Who stands on these sides of a thing and may write, each once: `people_on(match, Side.VO, Side.HOP)`."""
    found = [
        *(support_office() if Side.SO in sides else []),
        *_of(members, thing, ORGANISATION_SIDES.intersection(sides)),
        *_of(coordinators, thing, PARTNERSHIP_SIDES.intersection(sides)),
    ]
    return list({person.pk: person for person in found}.values())


def _of(people: Callable[..., list[User]], thing: Scoped, sides: Iterable[Side]) -> list[User]:
    """Asked once for all bodies on these sides."""
    bodies = {body for side in sides for body in principals_on(thing, side)}
    return people(*sorted(bodies)) if bodies else []
