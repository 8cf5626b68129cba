"""What becomes of messages when a person is anonymised.

Names and addresses are taken out of all texts by `cxc.core.erasure`. What was written to the person alone is removed,
and so is what they had not sent; what they wrote for their body stays as its message, under “Former user”.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cxc.bulk.models import BulkRun
from cxc.messaging.models import Message

if TYPE_CHECKING:
    # The type checker reads it as the class of settings.AUTH_USER_MODEL.
    from django.contrib.auth.models import _User as User


def erase_texts_of_person(user: "User") -> None:
    """Called when a person is anonymised, in that transaction."""
    removed = _("Removed for the protection of personal data.")
    Message.objects.filter(parties__person=user).update(subject=removed[:250], text=removed)
    BulkRun.objects.filter(by_user_id=user.pk, confirmed_at=None).delete()
