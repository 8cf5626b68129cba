"""The messages about a record, with the mails that the portal sent about it; where a message begins."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.bulk.actions import action_of
from cxc.core.links import path_of
from cxc.messaging.bulk import message_code
from cxc.messaging.overview import Overview, page_of
from cxc.messaging.subjects import subject_of
from cxc.web.bulk_start import start_run
from cxc.workflow import NotAllowed

PER_PAGE = 25


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def messages_about(request: PortalRequest, kind: str, pk: int) -> HttpResponse:
    """All that one may read of them, or with `show=mails` the portal's own mails; a POST begins a message."""
    overview = _overview(request, kind, pk)
    if request.method == "POST":
        return _begin(request, overview)
    shows_mails = request.GET.get("show") == "mails"
    rows = overview.mails if shows_mails else overview.messages
    page = page_of(rows, PER_PAGE, request.GET.get("page"), request.actor)
    context = {"overview": overview, "thing": overview.thing, "page": page, "shows_mails": shows_mails}
    return render(request, "messaging/messages_about.html", context)


def _overview(request: PortalRequest, kind: str, pk: int) -> Overview:
    subject = subject_of(kind)
    if subject is None:
        raise Http404
    return Overview(subject, subject.queryset().get_for(request.actor, pk=pk), request.actor)


def _begin(request: PortalRequest, overview: Overview) -> HttpResponse:
    if not overview.may_write:
        raise NotAllowed(_("You may read the messages about this record, but not write one."))
    action, thing = action_of(message_code(overview.subject.kind)), overview.thing
    assert action is not None
    rows = overview.subject.model.objects.filter(pk=thing.pk)
    return start_run(request, action, rows, next_url=path_of(thing, "record-messages"), page=overview.url)
