"""Writing a message, as a bulk action: the same for one record and for many."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cxc.bulk.actions import BulkAction, register
from cxc.messaging.forms import MessageForm
from cxc.messaging.limits import check_limit
from cxc.messaging.send import send_message
from cxc.messaging.subjects import MessageSubject, add_subject


def message_code(kind: str) -> str:
    """The code of the action that writes about records of this kind."""
    return f"message-{kind.partition('.')[2]}"


def register_subject(subject: MessageSubject) -> None:
    """Let people write about these records, from their pages and from lists of them. Called when the app is ready."""
    add_subject(subject)
    register(
        BulkAction(
            code=message_code(subject.kind),
            label=_("Write a message"),
            kind=subject.kind,
            carry_out=partial(send_message, subject),
            sides=tuple(subject.readers),
            accepts_comment=False,
            form=partial(MessageForm, message_subject=subject),
            shared_form=True,
            queryset=subject.queryset,
            name_of=str,
            check_mails=check_limit,
            done_text=_done_text,
        )
    )


def _done_text(number: int) -> Any:
    return ngettext("Message sent.", "%(number)d messages sent.", number) % {"number": number}
