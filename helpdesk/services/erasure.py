"""Erases texts: of a person who is anonymised, and of visitors' questions long closed.

What somebody asked is removed with the answers to it, which may name them; what they answered to others
stays as the answer of the body they answered for, under “Former user”. Rule: docs/help.md.
"""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cxc import clock
from cxc.comms.models import Mail
from cxc.core.models import StoredFile
from cxc.workflow import kind_of
from helpdesk.models import HelpMessage, HelpRequest
from profiles.models import User


def erase_texts_of_person(user: User) -> None:
    """Called when a person is anonymised, in that transaction; what they asked before they registered goes too."""
    theirs = Q(asked_by=user) | Q(asked_by=None, visitor_email=user.email)
    remove_texts(HelpRequest.objects.filter(theirs, texts_removed_at=None))


def remove_texts(requests: "QuerySet[HelpRequest]") -> int:
    """Empty these questions and their mails; number, dates and events stay for the figures. Returns how many."""
    ids = list(requests.values_list("pk", flat=True))
    messages = HelpMessage.objects.filter(request__in=ids)
    files = list(messages.exclude(file=None).values_list("file_id", flat=True))
    removed = _("Removed for the protection of personal data.")
    messages.update(text=removed, file=None, message_id=None)
    for stored in StoredFile.objects.filter(pk__in=files):
        stored.erase()
    _empty_mails(ids)
    HelpRequest.objects.filter(pk__in=ids).update(
        subject=removed[:150],
        visitor_name="",
        visitor_email="",
        from_path="",
        about_label="",
        texts_removed_at=clock.now(),
    )
    return len(ids)


def _empty_mails(ids: list[int]) -> None:
    mails = Mail.objects.filter(about_kind=kind_of(HelpRequest), about_id__in=ids)
    mails.exclude(status=Mail.Status.SENT).delete()
    mails.filter(to_user=None).update(to_address="anonymous@anonymous.invalid")
    mails.update(key=None, subject="–", text="", html="", reply_to="")
