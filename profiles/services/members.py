"""Members of organisations and of Partnerships: roles, the right to sign, coming and going.

Rule: docs/rules.md, Members. An organisation always keeps an owner, a Partnership a coordinator.
"""

from django.utils.translation import gettext as _

from cxc.access.scoped import Actor
from cxc.workflow import NotAllowed, Refused
from cxc.workflow.unit_of_work import unit_of_work
from profiles.enums import OrganisationRole, PartnershipRole
from profiles.models import Membership, Organisation, Partnership, PartnershipMembership, User
from profiles.services import mails
from profiles.services.permissions import Team, require_manage

TeamMembership = Membership | PartnershipMembership


def team_of(membership: TeamMembership) -> Team:
    """The organisation or Partnership of this membership."""
    return membership.organisation if isinstance(membership, Membership) else membership.partnership


def leading_role(team: Team) -> str:
    """The role without which the team could not go on."""
    return OrganisationRole.OWNER if isinstance(team, Organisation) else PartnershipRole.COORDINATOR


def roles_in(team: Team) -> list[tuple[str, str]]:
    """The roles that this team knows, with their labels."""
    choices = OrganisationRole.choices if isinstance(team, Organisation) else PartnershipRole.choices
    return [(str(value), str(label)) for value, label in choices]


@unit_of_work()
def add(team: Team, user: User, *, role: str, is_signatory: bool) -> TeamMembership:
    """Make a person a member; a membership that is there already stays as it is."""
    _refuse_unknown_role(team, role)
    membership: TeamMembership
    if isinstance(team, Organisation):
        membership, _is_new = Membership.objects.get_or_create(
            organisation=team, user=user, defaults={"role": role, "is_signatory": is_signatory}
        )
    else:
        membership, _is_new = PartnershipMembership.objects.get_or_create(
            partnership=team, user=user, defaults={"role": role, "is_signatory": is_signatory}
        )
    return membership


@unit_of_work()
def change(membership: TeamMembership, *, by: Actor, role: str, is_signatory: bool) -> TeamMembership:
    """Give another role, or give and take the right to sign. The last owner stays owner."""
    team = team_of(membership)
    require_manage(by, team)
    _refuse_unknown_role(team, role)
    _lock(team)
    membership.refresh_from_db()
    if role != leading_role(team):
        _refuse_last(team, membership)
    membership.role, membership.is_signatory = role, is_signatory
    membership.save(update_fields=["role", "is_signatory"])
    return membership


@unit_of_work()
def set_joint_signatures(team: Team, *, by: Actor, are_joint: bool) -> None:
    """Ask for two signatories who sign jointly, or for one. Versions that were made before stay as they are."""
    require_manage(by, team)
    type(team)._base_manager.filter(pk=team.pk).update(signs_jointly=are_joint)


@unit_of_work()
def remove(membership: TeamMembership, *, by: Actor) -> None:
    """Remove a member, or leave oneself. The last owner can't."""
    team = team_of(membership)
    if by.user is None or by.user.pk != membership.user_id:
        require_manage(by, team)
    _lock(team)
    membership.refresh_from_db()
    _refuse_last(team, membership)
    left, was_left = membership.user, by.user is not None and by.user.pk == membership.user_id
    membership.delete()
    if was_left:
        mails.member_left(team, left)


def is_last_leader(membership: TeamMembership) -> bool:
    """Whether nobody else leads the team."""
    team = team_of(membership)
    leading = leading_role(team)
    return membership.role == leading and not team.memberships.filter(role=leading).exclude(pk=membership.pk).exists()


def _lock(team: Team) -> None:
    """Lock the team, so that two owners can't leave in the same moment."""
    (Organisation if isinstance(team, Organisation) else Partnership).objects.select_for_update(no_key=True).get(
        pk=team.pk
    )


def _refuse_last(team: Team, membership: TeamMembership) -> None:
    if not is_last_leader(membership):
        return
    if isinstance(team, Organisation):
        raise Refused(_("The last owner can't leave: make somebody else an owner first."))
    raise Refused(_("The last coordinator can't leave: make somebody else a coordinator first."))


def _refuse_unknown_role(team: Team, role: str) -> None:
    if role not in dict(roles_in(team)):
        raise NotAllowed(_("There is no such role."))
