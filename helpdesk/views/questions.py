"""A question's page for who is signed in, and the list of questions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cxc import clock
from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.core.refusals import FilesUnavailable
from cxc.web.uploads import send_file
from cxc.workflow.unit_of_work import unit_of_work
from helpdesk.enums import HelpState
from helpdesk.forms import MessageForm
from helpdesk.models import HelpMessage, HelpRequest
from helpdesk.queries import records
from helpdesk.services.messages import is_asker, may_write_message, write_message
from helpdesk.views.rate_limits import is_within_limit, writer_of

_PER_PAGE = 50


@signed_in
@require_GET
def listing(request: PortalRequest) -> HttpResponseBase:
    """The questions one asked, or may answer; those that wait first."""
    state = request.GET.get("state", "")
    rows = HelpRequest.objects.visible_to(request.actor).select_related("asked_by", "partnership")
    if state in HelpState.values:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("-waiting_since", "-pk"), _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "helpdesk/questions.html", {"page": page, "states": HelpState.choices, "state": state})


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def question(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Read and write on a question."""
    rows = HelpRequest.objects.select_related("asked_by", "partnership")
    found: HelpRequest = rows.get_for(request.actor, pk=pk)
    form = MessageForm(request.POST or None, request.FILES or None)
    by_asker = is_asker(found, request.actor)
    # Who answers may write as much as is asked.
    if (
        request.method == "POST"
        and form.is_valid()
        and (not by_asker or is_within_limit(form, writer_of(request.actor)))
    ):
        try:
            write_message(found, by=request.actor, text=form.cleaned_data["text"], file=form.cleaned_data["file"])
        except FilesUnavailable as refusal:
            form.add_error(None, list(refusal.sentences))
        else:
            messages.success(request, _("Sent."))
            return redirect(found.get_absolute_url())
    if by_asker and request.method == "GET":
        with unit_of_work():
            HelpRequest.objects.filter(pk=found.pk).update(read_at=clock.now())
    context = {
        "question": found,
        "thread": found.messages.select_related("author", "file"),
        "record": records.visible_record_by_id(found.about_kind, found.about_id, request.actor),
        "form": form if may_write_message(found, request.actor) else None,
        "is_asker": by_asker,
    }
    return render(request, "helpdesk/question.html", context, status=400 if request.method == "POST" else 200)


@signed_in
@require_GET
def file(request: PortalRequest, pk: int, message: int) -> FileResponse:
    """The file of a message, for whoever may see the question."""
    found: HelpRequest = HelpRequest.objects.get_for(request.actor, pk=pk)
    row = HelpMessage.objects.filter(pk=message, request=found).select_related("file").first()
    if row is None or row.file is None:
        raise Http404
    return send_file(row.file)
