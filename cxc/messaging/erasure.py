"""What becomes of messages when a person is anonymised.

Names and addresses are taken out of all texts by `cxc.core.erasure`. What was written to the person alone is removed,
and so is what they had not sent; what they wrote for an organisation or a Partnership stays as its message, under
“Former user”.
"""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from cxc.bulk.models import BulkItem, BulkRun
from cxc.comms.models import Mail
from cxc.messaging.forms import person_choice
from cxc.messaging.models import Message, MessageParty

if TYPE_CHECKING:
    # The type checker reads it as the class of settings.AUTH_USER_MODEL.
    from django.contrib.auth.models import _User as User


def erase_texts_of_person(user: "User") -> None:
    """Called when a person is anonymised, in that transaction."""
    removed = _("Removed for the protection of personal data.")
    _to_nobody_else(user).update(subject=removed[:250], text=removed)
    Mail.objects.filter(to_user=user, is_message=True).update(subject="–", text="", html="")
    runs = BulkRun.objects.filter(finished_at__isnull=False, values__to__contains=[person_choice(user.pk)])
    BulkItem.objects.filter(run__in=runs).update(mails=[])
    runs.update(values={}, mails=[])
    BulkRun.objects.filter(by_user_id=user.pk, confirmed_at=None).delete()


def _to_nobody_else(user: "User") -> QuerySet[Message]:
    """What was written to this person, and to nobody else but people who are anonymised already."""
    readers = MessageParty.objects.filter(message=OuterRef("pk"), is_writer=False, person__anonymised_at=None)
    return Message.objects.filter(~Exists(readers.exclude(person=user)), parties__person=user)
