"""The mails that this app sends, each queued in the outbox and sent after the commit."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from cxc.ground.models import Mail
from profiles.models import Invitation


def address_of(name: str, *args: object) -> str:
    """The full address of a page."""
    return f"{settings.SITE_ADDRESS}{reverse(name, args=args)}"


def queue(*, to: str, subject: str, text: str, about: models.Model, key: str | None = None) -> None:
    """Put one mail into the outbox; with a `key`, once only."""
    row = {
        "to_address": to,
        "subject": subject[:250],
        "text": text,
        "about_kind": about._meta.label_lower,
        "about_id": about.pk,
    }
    if key is None:
        Mail.objects.create(**row)
    else:
        Mail.objects.get_or_create(key=key, defaults=row)


def invitation_sent(invitation: Invitation) -> None:
    """The secret link, to the invited address."""
    body = invitation.organisation or invitation.partnership
    queue(
        to=invitation.email,
        subject=_("Invitation to %(body)s") % {"body": body},
        text=_(
            "%(who)s invites you to take part in the ClusterXchange portal for %(body)s.\n\n"
            "Sign in or sign up with this e-mail address, then accept here:\n%(address)s\n"
        )
        % {
            "who": invitation.invited_by,
            "body": body,
            "address": address_of("invitation", invitation.secret),
        },
        about=invitation,
        key=f"invitation-{invitation.pk}",
    )
