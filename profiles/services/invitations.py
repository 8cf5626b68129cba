"""Invitations by e-mail: a secret link, accepted by whoever signs in with that address."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.scoped import Actor, may_see
from cxc.core.email_addresses import same_address
from cxc.core.models import SchemeSettings
from cxc.workflow import NotAllowed, Refused
from cxc.workflow.unit_of_work import unit_of_work
from profiles.enums import OrganisationRole
from profiles.models import Invitation, Organisation, User
from profiles.services import mails
from profiles.services.members import TeamMembership, add, roles_in
from profiles.services.permissions import Team, require_manage


def team_of(invitation: Invitation) -> Team:
    """The organisation or Partnership that invites."""
    team = invitation.organisation or invitation.partnership
    assert team is not None  # by constraint
    return team


def open_invitations() -> "QuerySet[Invitation]":
    """Neither accepted nor withdrawn, nor left too long."""
    since = clock.now() - timedelta(days=SchemeSettings.current().invitation_days)
    found = _unanswered().filter(invited_at__gt=since)
    return found.select_related("organisation", "partnership", "invited_by")


def _unanswered() -> "QuerySet[Invitation]":
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None)


def open_invitations_of(team: Team) -> "QuerySet[Invitation]":
    """The open invitations of this organisation or Partnership."""
    return open_invitations().filter(**_in(team))


def unanswered_invitations_to(user: User) -> "QuerySet[Invitation]":
    """Those to this person that are neither accepted nor withdrawn, however old: it reads no settings."""
    return _unanswered().filter(email=user.email)


def open_invitations_to(user: User) -> "QuerySet[Invitation]":
    """The open invitations to the address with which this person signs in."""
    return open_invitations().filter(email=user.email)


@unit_of_work()
def invite(team: Team, *, by: Actor, email: str, role: str, is_signatory: bool = False) -> Invitation:
    """Invite an address. Asked twice, the open invitation is renewed instead of doubled."""
    require_manage(by, team)
    assert by.user is not None
    if role not in dict(roles_in(team)):
        raise NotAllowed(_("There is no such role."))
    if team.memberships.filter(user__email=email).exists():
        raise Refused(_("%(email)s is a member already.") % {"email": email})
    open_invitations().filter(email=email, **_in(team)).update(withdrawn_at=clock.now())
    return _send(team, by.user, email=email, role=role, is_signatory=is_signatory)


def invite_first_owner(organisation: Organisation, *, by: Actor, email: str) -> Invitation:
    """Invite who is to own an organisation that was registered on their behalf and has no member yet."""
    is_theirs = by.may_write and may_see(by, organisation, "identity")
    if by.user is None or not is_theirs or organisation.memberships.exists():
        raise NotAllowed(_("An owner of the organisation invites its members."))
    return _send(organisation, by.user, email=email, role=OrganisationRole.OWNER, is_signatory=False)


@unit_of_work()
def _send(team: Team, by: User, *, email: str, role: str, is_signatory: bool) -> Invitation:
    _limit_invitations(by, email)
    made = Invitation.objects.create(email=email, role=role, is_signatory=is_signatory, invited_by=by, **_in(team))
    mails.invitation_sent(made)
    return made


def _limit_invitations(by: User, email: str) -> None:
    """So many a person and day, so many an address and week: the portal's mails are nobody's tool to bother others."""
    scheme, now = SchemeSettings.current(), clock.now()
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one after the other
    sent = Invitation.objects.filter(invited_by=by, invited_at__gt=now - timedelta(days=1)).count()
    if sent >= scheme.invitations_a_day:
        raise Refused(
            _("You have sent %(number)s invitations within a day. Send the others tomorrow.") % {"number": sent}
        )
    got = Invitation.objects.filter(email=email, invited_at__gt=now - timedelta(days=7)).count()
    if got >= scheme.invitations_an_address:
        raise Refused(
            _("%(email)s was invited %(number)s times within a week. Tell them to look into their mail, or wait.")
            % {"email": email, "number": got}
        )


@unit_of_work()
def accept(invitation: Invitation, *, by: Actor) -> TeamMembership:
    """Become a member. Only for the person who signed in with the invited address."""
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if by.user is None or not same_address(by.user.email, row.email):
        raise NotAllowed(
            _("This invitation was sent to another address: sign in with %(email)s.") % {"email": row.email}
        )
    if row.withdrawn_at:
        raise Refused(_("This invitation was withdrawn: ask for a new one."))
    team = team_of(row)
    if row.accepted_at:
        return _membership_of(by.user, team)
    if row.is_expired:
        raise Refused(_("This invitation has expired: ask %(who)s for a new one.") % {"who": row.invited_by})
    row.accepted_at = clock.now()
    row.save(update_fields=["accepted_at"])
    return add(team, by.user, role=row.role, is_signatory=row.is_signatory)


def _membership_of(user: User, team: Team) -> TeamMembership:
    """An accepted link brings nobody back who was removed since."""
    membership = team.memberships.filter(user=user).first()
    if membership is None:
        raise Refused(_("This invitation was used already: ask for a new one."))
    return membership


@unit_of_work()
def withdraw(invitation: Invitation, *, by: Actor) -> None:
    """Make the link worthless. Doing it twice changes nothing; what was accepted stays."""
    require_manage(by, team_of(invitation))
    open_invitations().filter(pk=invitation.pk).update(withdrawn_at=clock.now())


def _in(team: Team) -> dict[str, Team]:
    return {"organisation": team} if isinstance(team, Organisation) else {"partnership": team}
