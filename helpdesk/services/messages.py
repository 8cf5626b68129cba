"""Messages on a question: an answer, or more from who asked."""

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cxc.access.scoped import PORTAL, Actor, Principal, Side, sides_of
from cxc.core.languages import in_the_portals_language
from cxc.core.models import StoredFile
from cxc.workflow import NotAllowed, perform, perform_as_system
from cxc.workflow.unit_of_work import unit_of_work
from helpdesk.enums import AuthorRole, Channel, HelpState
from helpdesk.models import HelpMessage, HelpRequest
from helpdesk.services.notifications import notify_answerers, notify_asker


def is_asker(request: HelpRequest, by: Actor) -> bool:
    """Whether what the actor writes here is the asker's, not an answer."""
    return by.user is not None and request.asked_by_id == by.user.pk


def may_write_message(request: HelpRequest, by: Actor) -> bool:
    """Who asked, the coordinators of its Partnership, the Support Office; nobody before the address is confirmed or
    once its texts are removed.
    """
    if request.state == HelpState.UNCONFIRMED or request.texts_removed_at is not None:
        return False
    own = sides_of(by, request)
    return Side.ASKER in own or (by.may_write and bool(own & {Side.PARTNERSHIP, Side.SO}))


@unit_of_work()
def write_message(
    request: HelpRequest,
    *,
    by: Actor,
    text: str,
    file: UploadedFile | None = None,
    channel: Channel = Channel.PORTAL,
    message_id: str | None = None,
) -> HelpMessage:
    """A message by somebody signed in: it answers the question, or opens it again.

    NotAllowed for a reader, an observer, a stranger.
    """
    by_asker = is_asker(request, by)
    perform(request, "write_again" if by_asker else "answer", by=by)
    message = HelpMessage.objects.create(
        request=request,
        author_role=AuthorRole.ASKER if by_asker else AuthorRole.ANSWERER,
        author=by.user,
        written_for="" if by_asker else _answering_for(by),
        text=text,
        file=StoredFile.store_upload(file, by=by.user) if file else None,
        channel=channel,
        message_id=message_id,
    )
    (notify_answerers if by_asker else notify_asker)(message)
    return message


@in_the_portals_language
def _answering_for(by: Actor) -> str:
    return str(by.label) if by.principal in {Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE} else ""


@unit_of_work()
def write_message_as_visitor(
    request: HelpRequest, *, text: str, channel: Channel = Channel.PORTAL, message_id: str | None = None
) -> HelpMessage:
    """More from a visitor, who came by the secret link or by a signed mail."""
    if request.asked_by_id is not None:
        raise NotAllowed(_("This question was asked from an account: sign in to write."))
    perform_as_system(request, "write_again")
    message = HelpMessage.objects.create(
        request=request, author_role=AuthorRole.ASKER, text=text, channel=channel, message_id=message_id
    )
    notify_answerers(message)
    return message


def close_question_as_visitor(request: HelpRequest) -> HelpRequest:
    """The visitor has what was asked for."""
    if request.asked_by_id is not None:
        raise NotAllowed(_("This question was asked from an account: sign in to write."))
    return perform(request, "close", by=PORTAL)
