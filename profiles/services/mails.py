"""The mails of this app that follow no transition."""

from django.urls import reverse

from cxc.access.scoped import Side
from cxc.comms.outbox import queue_mail
from cxc.comms.recipients import Addressee
from cxc.core.links import absolute
from profiles.enums import OrganisationRole, PartnershipRole
from profiles.models import Invitation, MembershipRequest, Organisation, Partnership, User
from profiles.queries.recipients import support_office


def invitation_sent(invitation: Invitation) -> None:
    """The secret link, to the invited address."""
    queue_mail(
        template="profiles/mail/invitation",
        to=[invitation.email],
        context={
            "body": invitation.organisation or invitation.partnership,
            "by": invitation.invited_by,
            "until": invitation.open_until,
        },
        about=invitation,
        key=f"invitation-{invitation.pk}",
        link=absolute(reverse("invitation", args=[invitation.secret])),
    )


def member_left(team: Organisation | Partnership, who: User) -> None:
    """To the owners of an organisation, or the coordinators of a Partnership, whom somebody has left."""
    context = {"team": team, "who": str(who), "email": who.email}
    queue_mail(template="profiles/mail/member_left", to=_leaders(team), context=context, about=team)


def _leaders(team: Organisation | Partnership) -> list[Addressee]:
    """On the side of their team, so that they find the mail on its page."""
    is_organisation = isinstance(team, Organisation)
    role = OrganisationRole.OWNER if is_organisation else PartnershipRole.COORDINATOR
    side = Side.HOLDER if is_organisation else Side.PARTNERSHIP
    members = team.memberships.filter(role=role).select_related("user")
    return [Addressee(member.user, side, team.pk) for member in members]


def asks_to_join(asked: MembershipRequest) -> None:
    """To the owners; to the Support Office where there are none yet."""
    team, who = asked.organisation, asked.user
    address = reverse("team", kwargs={"kind": "organisations", "pk": team.pk})
    queue_mail(
        template="profiles/mail/membership_request",
        to=_leaders(team) or support_office(),
        context={"team": team, "who": str(who), "email": who.email, "message": asked.message},
        about=asked,
        link=absolute(f"{address}#requests"),
    )


def request_to_join_answered(asked: MembershipRequest) -> None:
    """The answer to the person who asked: accepted, or refused with the sentence."""
    queue_mail(
        template="profiles/mail/membership_request_answered",
        to=[asked.user],
        context={"team": asked.organisation, "asked": asked},
        about=asked,
        link=absolute(reverse("todo")),
    )


def address_changed(who: User, *, old: str) -> None:
    """To the address that was changed by the Support Office, so that its owner learns of it there."""
    context = {"old": old, "new": who.email}
    queue_mail(template="profiles/mail/address_changed", to=[old], context=context, link=absolute(reverse("help")))
