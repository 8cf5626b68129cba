"""Members of organisations and of Partnerships: roles, the right to sign, coming and going.

Rule: who uses it. An organisation always keeps an owner, a Partnership a coordinator.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor
from cxc.workflow import NotAllowed, Refused
from profiles.enums import OrganisationRole, PartnershipRole
from profiles.models import Membership, Organisation, Partnership, PartnershipMembership, User
from profiles.services import telling
from profiles.services.allowed import Team, require_manage

Place = Membership | PartnershipMembership


def team_of(place: Place) -> Team:
    """The organisation or Partnership in which this is a place."""
    return place.organisation if isinstance(place, Membership) else place.partnership


def leading_role(team: Team) -> str:
    """The role without which the team could not go on."""
    return OrganisationRole.OWNER if isinstance(team, Organisation) else PartnershipRole.COORDINATOR


def roles_in(team: Team) -> list[tuple[str, str]]:
    """The roles that this team knows, with their labels."""
    choices = OrganisationRole.choices if isinstance(team, Organisation) else PartnershipRole.choices
    return [(str(value), str(label)) for value, label in choices]


@transaction.atomic
def add(team: Team, user: User, *, role: str, is_signatory: bool) -> Place:
    """Give a person a place; who has one already keeps it as it is."""
    _refuse_unknown_role(team, role)
    place: Place
    if isinstance(team, Organisation):
        place, _is_new = Membership.objects.get_or_create(
            organisation=team, user=user, defaults={"role": role, "is_signatory": is_signatory}
        )
    else:
        place, _is_new = PartnershipMembership.objects.get_or_create(
            partnership=team, user=user, defaults={"role": role, "is_signatory": is_signatory}
        )
    return place


@transaction.atomic
def change(place: Place, *, by: Actor, role: str, is_signatory: bool) -> Place:
    """Give another role, or give and take the right to sign. The last owner stays owner."""
    team = team_of(place)
    require_manage(by, team)
    _refuse_unknown_role(team, role)
    _hold(team)
    place.refresh_from_db()
    if role != leading_role(team):
        _refuse_last(team, place)
    place.role, place.is_signatory = role, is_signatory
    place.save(update_fields=["role", "is_signatory"])
    return place


@transaction.atomic
def remove(place: Place, *, by: Actor) -> None:
    """Let a member go, or leave oneself. The last owner can't."""
    team = team_of(place)
    if by.user is None or by.user.pk != place.user_id:
        require_manage(by, team)
    _hold(team)
    place.refresh_from_db()
    _refuse_last(team, place)
    left, was_left = place.user, by.user is not None and by.user.pk == place.user_id
    place.delete()
    if was_left:
        telling.member_left(team, left)


def is_last(place: Place) -> bool:
    """Whether nobody else leads the team."""
    team = team_of(place)
    lead = leading_role(team)
    return place.role == lead and not team.memberships.filter(role=lead).exclude(pk=place.pk).exists()


def _hold(team: Team) -> None:
    """Lock the team, so that two owners can't leave in the same moment."""
    (Organisation if isinstance(team, Organisation) else Partnership).objects.select_for_update(no_key=True).get(
        pk=team.pk
    )


def _refuse_last(team: Team, place: Place) -> None:
    if not is_last(place):
        return
    if isinstance(team, Organisation):
        raise Refused(_("The last owner can't leave: make somebody else an owner first."))
    raise Refused(_("The last coordinator can't leave: make somebody else a coordinator first."))


def _refuse_unknown_role(team: Team, role: str) -> None:
    if role not in dict(roles_in(team)):
        raise NotAllowed(_("There is no such role."))
