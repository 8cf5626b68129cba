"""The mails of this app that no move brings about."""

from django.urls import reverse

from cxc.ground.addresses import absolute
from cxc.ground.outbox import queue_mail
from profiles.enums import OrganisationRole, PartnershipRole
from profiles.models import Invitation, Organisation, Partnership, User


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
    lead = OrganisationRole.OWNER if isinstance(team, Organisation) else PartnershipRole.COORDINATOR
    leaders = [place.user for place in team.memberships.filter(role=lead).select_related("user")]
    queue_mail(
        template="profiles/mail/left",
        to=leaders,
        context={"team": team, "who": str(who), "email": who.email},
        about=team,
    )


def address_changed(who: User, *, old: str) -> None:
    """To the address that was changed by the Support Office, so that its owner learns of it there."""
    context = {"old": old, "new": who.email}
    queue_mail(template="profiles/mail/address_changed", to=[old], context=context, link=absolute(reverse("help")))
