"""The mails of this app that no move brings about."""

from django.urls import reverse

from cxc.ground.addresses import absolute
from cxc.ground.outbox import queue_mail
from profiles.models import Invitation


def invitation_sent(invitation: Invitation) -> None:
    """The secret link, to the invited address."""
    queue_mail(
        template="profiles/mail/invitation",
        to=[invitation.email],
        context={"body": invitation.organisation or invitation.partnership, "by": invitation.invited_by},
        about=invitation,
        key=f"invitation-{invitation.pk}",
        link=absolute(reverse("invitation", args=[invitation.secret])),
    )
