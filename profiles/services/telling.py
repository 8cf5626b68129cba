"""The mails of this app: invitations, and what becomes of a profile. Each goes through the outbox."""

from django.urls import reverse

from cxc.ground import outbox
from cxc.ground.access import Side
from cxc.ground.addresses import absolute
from cxc.ground.moves import Ask
from cxc.ground.registries import after
from profiles.models import Invitation, User
from profiles.recipients import people_on

PROFILE = "profiles.profile"


def invitation_sent(invitation: Invitation) -> None:
    """The secret link, to the invited address."""
    outbox.queue_mail(
        template="profiles/mail/invitation",
        to=[invitation.email],
        context={"body": invitation.organisation or invitation.partnership, "by": invitation.invited_by},
        about=invitation,
        key=f"invitation-{invitation.pk}",
        link=absolute(reverse("invitation", args=[invitation.secret])),
    )


@after(PROFILE, "submit", "submit_again", order=80)
def tell_partnership(ask: Ask) -> None:
    """A profile waits for its Partnership."""
    profile = ask.thing
    outbox.queue_mail(
        template="profiles/mail/submitted",
        to=_others(ask, Side.PARTNERSHIP),
        context={"reason": ask.reason},
        about=profile,
        occasion=ask.occasion,
    )


def _others(ask: Ask, side: Side) -> list[User]:
    """Everybody who may write on that side, but for the person who just did this."""
    return [person for person in people_on(ask.thing, side) if person != ask.actor.user]


@after(PROFILE, "publish", "send_back", "refuse", "reassign", "archive_draft", "archive_at_the_end", order=80)
def tell_holder(ask: Ask) -> None:
    """Somebody else, or the portal, moved the profile: its holder learns what and why."""
    if ask.side is Side.HOLDER:
        return
    outbox.queue_mail(
        template="profiles/mail/moved",
        to=_others(ask, Side.HOLDER),
        context={"reason": ask.reason, "state": ask.thing.get_state_display()},
        about=ask.thing,
        occasion=ask.occasion,
    )
