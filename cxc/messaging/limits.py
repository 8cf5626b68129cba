"""How many mails one person may send in an hour by writing messages: the one place that says so."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils.translation import gettext as _

from cxc import clock
from cxc.core.models import SchemeSettings
from cxc.core.refusals import Refused
from cxc.messaging.models import Message

if TYPE_CHECKING:
    # The type checker reads it as the class of settings.AUTH_USER_MODEL.
    from django.contrib.auth.models import _User as User


def check_limit(writer: "User", number: int) -> None:
    """Refused where so many more mails would exceed what one person may send in an hour."""
    most = SchemeSettings.current().message_mails_an_hour
    sent = mails_of_last_hour(writer)
    if sent + number > most:
        raise Refused(
            _(
                "Select fewer rows, or wait an hour: one person can send at most %(most)d mails an hour, you have sent"
                " %(sent)d, and this would send %(number)d more."
            )
            % {"most": most, "sent": sent, "number": number}
        )


def mails_of_last_hour(writer: "User") -> int:
    """How many mails this person's messages of the last hour made."""
    recent = Message.objects.filter(written_by=writer, written_at__gt=clock.now() - timedelta(hours=1))
    return int(recent.aggregate(sum=Sum("mails_count"))["sum"] or 0)
