"""The mails of a question: to those who answer, back to who asks, and to a visitor to confirm the address."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cxc.comms.outbox import queue_mail
from cxc.core.links import absolute
from helpdesk.mailbox.addresses import reply_address
from helpdesk.mailbox.quotes import MARKER
from helpdesk.models import HelpMessage, HelpRequest
from profiles.queries.recipients import coordinators, support_office

if TYPE_CHECKING:
    from profiles.models import User


def answerers(request: HelpRequest) -> "list[User]":
    """Who is written to about a question: the Partnership's coordinators, else the Support Office."""
    if request.partnership_id is not None and not request.with_support_office:
        return coordinators(request.partnership_id)
    return support_office()


def notify_answerers(message: HelpMessage) -> None:
    """A question, or more on one, to those who answer; not to who wrote it."""
    request = message.request
    people = [person for person in answerers(request) if person.pk != message.author_id]
    _queue_mails("question", message, people, absolute(request.get_absolute_url()))


def notify_asker(message: HelpMessage) -> None:
    """An answer, to who asked."""
    request = message.request
    if request.asked_by is not None:
        _queue_mails("answer", message, [request.asked_by], absolute(request.get_absolute_url()))
    elif request.visitor_email:
        _queue_mails("answer", message, [request.visitor_email], absolute(request.visitor_path))


def send_confirmation_link(request: HelpRequest) -> None:
    """The secret address, to a visitor. Nothing that was typed is in it: anybody may type anybody's address."""
    link = absolute(request.visitor_path)
    queue_mail(template="helpdesk/mail/confirm", to=[request.visitor_email], about=request, link=link)


def _queue_mails(template: str, message: HelpMessage, people: "Iterable[User | str]", link: str) -> None:
    """One mail each, for each has an address of its own to answer to."""
    for person in people:
        address = person if isinstance(person, str) else person.email
        queue_mail(
            template=f"helpdesk/mail/{template}",
            to=[person],
            about=message.request,
            context={"message": message, "marker": MARKER},
            link=link,
            reply_to=reply_address(message.request_id, address),
        )
