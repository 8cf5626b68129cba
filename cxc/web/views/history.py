"""The page of what happened to a record; the record's own page shows it once the reader unfolds it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cxc.access.guards import PortalRequest, signed_in
from cxc.core.links import path_of
from cxc.web.history import history_of, may_read_history
from cxc.web.views.records import record_of_kind


@signed_in
@require_safe
def history(request: PortalRequest, kind: str, pk: int) -> HttpResponse:
    """Each transition of the record: when, what, the state after, who, why."""
    thing = record_of_kind(request.actor, kind, pk)
    if not may_read_history(thing, request.actor):
        raise PermissionDenied
    return render(request, "history.html", {"thing": thing, "steps": history_of(thing), "page": path_of(thing)})
