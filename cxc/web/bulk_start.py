"""Where an action on many things begins: the form of a list or a workspace."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cxc.access.guards import PortalRequest
from cxc.bulk import runs
from cxc.bulk.actions import action_of
from cxc.core.refusals import Refused
from cxc.core.sanitise import whole_number
from cxc.workflow import NotAllowed


def begin_bulk_run(request: PortalRequest, rows: QuerySet, *, next_url: str) -> HttpResponse:
    """Begin the `action` of a list's or workspace's form, with the selected rows (`row`) or with `all` of these.

    The view of the page calls it with the rows that it shows the person. A refusal goes back there, as a message.
    """
    action = action_of(request.POST.get("action", ""))
    if action is None or not action.takes_rows_of(rows.model._meta.label_lower):
        messages.error(request, _("Choose an action."))
        return redirect(next_url)
    chosen = rows if "all" in request.POST else rows.filter(pk__in=_numbers(request.POST.getlist("row")))
    try:
        return redirect(runs.create_run(action, chosen, by=request.actor, next_url=next_url))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, " ".join(map(str, refusal.sentences)))
        return redirect(next_url)


def _numbers(texts: Iterable[str]) -> list[int]:
    return [number for text in texts if (number := whole_number(text)) is not None]
