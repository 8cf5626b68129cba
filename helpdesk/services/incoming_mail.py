"""A mail becomes a message on the question it answers, once. Rule: docs/help.md, Mails."""

from enum import StrEnum

from django.db import IntegrityError
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor, Principal
from cxc.comms.models import Mail
from cxc.core.email_addresses import same_address
from cxc.workflow import kind_of
from cxc.workflow.unit_of_work import unit_of_work
from helpdesk import rate_limits
from helpdesk.enums import Channel, HelpState
from helpdesk.mailbox.addresses import is_signed_for, read_address
from helpdesk.mailbox.html_text import text_of_html
from helpdesk.mailbox.quotes import without_quotes
from helpdesk.mailbox.received_mail import ReceivedMail, parse
from helpdesk.models import HelpMessage, HelpRequest
from helpdesk.services.messages import may_write_message, write_message, write_message_as_visitor
from profiles.models import User
from profiles.queries.principals import actor_of, available_principals

MAX_BYTES = 10 * 1024 * 1024
MAX_CHARACTERS = 10_000
MAX_ORIGINALS = 20


class Outcome(StrEnum):
    """What became of a mail that was read."""

    TAKEN = "taken"
    KNOWN = "taken before"
    AUTOMATIC = "written by a machine: left alone"


class MailRejected(Exception):
    """The mail is nobody's: the sender is to be told by the mail server."""


class MailWithoutText(MailRejected):
    """The mail is somebody's, but there is nothing in it that could be taken."""


def receive_mail(raw: bytes) -> Outcome:
    """Append what the mail says to its question. Rejected when address, signature and sender do not go together."""
    if len(raw) > MAX_BYTES:
        raise MailWithoutText("The mail is too large: at most 10 MB are read.")
    mail = parse(raw)
    if mail.is_automatic:
        return Outcome.AUTOMATIC
    request = _request_of(mail)
    if HelpMessage.objects.filter(message_id=mail.message_id).exists():
        return Outcome.KNOWN
    text = without_quotes(mail.text, _originals(request, mail.sender))
    if not text and not mail.attachments:
        raise MailWithoutText(
            "Nothing new was found in this mail: write your answer above the quoted text, or in the portal."
        )
    if not rate_limits.may_send(f"question-{request.pk}-{mail.sender}"):
        raise MailRejected("Too many mails came to this question: please use the portal.")
    try:
        with unit_of_work():
            _append(request, mail, text)
    except IntegrityError:  # the same mail at the same moment: the other one stands
        if HelpMessage.objects.filter(message_id=mail.message_id).exists():
            return Outcome.KNOWN
        raise
    return Outcome.TAKEN


def _request_of(mail: ReceivedMail) -> HelpRequest:
    """The question whose signed address the mail was sent to, by the person it was signed for."""
    for address in mail.recipients:
        found = read_address(address)
        if found is not None and is_signed_for(*found, mail.sender):
            request = HelpRequest.objects.filter(pk=found[0], texts_removed_at=None).exclude(
                state=HelpState.UNCONFIRMED
            )
            if (known := request.first()) is not None:
                return known
    raise MailRejected("No question is answered from this sender at this address: please use the portal.")


def _append(request: HelpRequest, mail: ReceivedMail, text: str) -> None:
    text = _text_with_notes(text, mail.attachments)
    if request.asked_by_id is None and same_address(request.visitor_email, mail.sender):
        write_message_as_visitor(request, text=text, channel=Channel.MAIL, message_id=mail.message_id)
        return
    by = _writer(request, mail.sender)
    if by is None:
        raise MailRejected("The sender may not write on this question any more.")
    write_message(request, by=by, text=text, channel=Channel.MAIL, message_id=mail.message_id)


def _text_with_notes(found: str, files: int) -> str:
    text = found[:MAX_CHARACTERS]
    if len(found) > MAX_CHARACTERS:
        text = text[:-200] + "\n\n" + _("(The rest of this mail was too long to be taken.)")
    if files:
        note = _("(Files of this mail were not taken: add them in the portal.)")
        text = f"{text[: MAX_CHARACTERS - 200]}\n\n{note}".strip()
    return text


def _originals(request: HelpRequest, sender: str) -> list[str]:
    """The mails that this one may answer, as text and as the words of their HTML, which some programs quote."""
    mails = Mail.objects.filter(about_kind=kind_of(request), about_id=request.pk, to_address=sender).order_by("-pk")
    found = mails.values_list("text", "html")[:MAX_ORIGINALS]
    return [text for plain, html in found for text in (plain, text_of_html(html)) if text]


def _writer(request: HelpRequest, address: str) -> Actor | None:
    """The sender, acting for whom they may write on this question."""
    user = User.objects.filter(email=address, is_active=True).first()
    if user is None:
        return None
    actors = [actor_of(user), *(actor_of(user, principal.key) for principal in available_principals(user))]
    able = [actor for actor in actors if may_write_message(request, actor)]
    return min(able, key=lambda actor: actor.principal is Principal.SUPPORT_OFFICE, default=None)
