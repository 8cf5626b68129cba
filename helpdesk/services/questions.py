"""New questions: by somebody signed in, or by a visitor who confirms an address first."""

from django.core.files.uploadedfile import UploadedFile

from cxc.access.scoped import PORTAL, Actor, Principal, Scoped
from cxc.core.languages import in_the_portals_language
from cxc.core.models import StoredFile
from cxc.workflow import create, kind_of, perform_as_system
from cxc.workflow.unit_of_work import unit_of_work
from helpdesk.enums import AuthorRole
from helpdesk.models import HelpMessage, HelpRequest
from helpdesk.services.notifications import notify_answerers, send_confirmation_link
from helpdesk.services.routing import partnership_for


@unit_of_work()
def ask_question(
    *,
    by: Actor,
    subject: str,
    text: str,
    file: UploadedFile | None = None,
    about: Scoped | None = None,
    from_path: str = "",
) -> HelpRequest:
    """A question by somebody signed in, whatever their role; mailed to those who answer.

    about  the record it is about, which the asker may see (`helpdesk.queries.records.visible_record`); named by value
    """
    request = HelpRequest(
        subject=subject,
        asked_by=by.user,
        acting_for=_acting_for(by),
        partnership=partnership_for(by, about),
        from_path=from_path[:500],
        **_record_fields(about),
    )
    create(request, "ask_help", by=by)
    stored = StoredFile.store_upload(file, by=by.user) if file else None
    notify_answerers(
        HelpMessage.objects.create(
            request=request, author_role=AuthorRole.ASKER, author=by.user, text=text, file=stored
        )
    )
    return request


@in_the_portals_language
def _record_fields(about: Scoped | None) -> dict[str, object]:
    if about is None:
        return {}
    return {"about_kind": kind_of(about), "about_id": about.pk, "about_label": str(about)[:300]}


@in_the_portals_language
def _acting_for(by: Actor) -> str:
    return str(by.label) if by.principal is not Principal.NONE else ""


@unit_of_work()
def ask_question_as_visitor(*, name: str, email: str, subject: str, text: str, from_path: str = "") -> HelpRequest:
    """A question by somebody not signed in. Nobody is told of it before the address is confirmed."""
    request = HelpRequest(subject=subject, visitor_name=name, visitor_email=email, from_path=from_path[:500])
    create(request, "ask_as_visitor", by=PORTAL)
    HelpMessage.objects.create(request=request, author_role=AuthorRole.ASKER, text=text)
    send_confirmation_link(request)
    return request


@unit_of_work()
def confirm_question(request: HelpRequest) -> HelpRequest:
    """The visitor came by the secret link: the question goes to the Support Office."""
    perform_as_system(request, "confirm_address")
    notify_answerers(request.messages.order_by("pk")[0])
    return request
