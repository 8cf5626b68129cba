"""Where a bulk action begins: the form of a list, of a workspace, or the button of one record."""

from collections.abc import Collection, Iterable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cxc.access.guards import PortalRequest
from cxc.bulk import runs
from cxc.bulk.actions import BulkAction, action_of
from cxc.core.refusals import Refused
from cxc.core.sanitise import whole_number
from cxc.workflow import NotAllowed


def begin_bulk_run(
    request: PortalRequest, rows: QuerySet, *, next_url: str, offered: Collection[BulkAction] | None = None
) -> HttpResponse:
    """Begin the `action` of a list's or workspace's form, with the selected rows (`row`) or with `all` of these.

    The view of the page calls it with the rows that it shows the person. `offered`: the actions of the page, where
    it takes no others. A refusal goes back there, as a message.
    """
    action = action_of(request.POST.get("action", ""))
    if action is None or not action.takes_rows_of(rows.model._meta.label_lower):
        messages.error(request, _("Choose an action."))
        return redirect(next_url)
    if offered is not None and action.code not in {one.code for one in offered}:
        raise NotAllowed(_("You may not do this: %(action)s.") % {"action": action.label})
    selected = rows if "all" in request.POST else rows.filter(pk__in=_numbers(request.POST.getlist("row")))
    return start_run(request, action, selected, next_url=next_url, page=next_url)


def start_run(request: PortalRequest, action: BulkAction, rows: QuerySet, *, next_url: str, page: str) -> HttpResponse:
    """Begin the run and go to it; where that is refused, back to this page with the sentences as a message."""
    try:
        return redirect(runs.create_run(action, rows, by=request.actor, next_url=next_url))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, " ".join(map(str, refusal.sentences)))
        return redirect(page)


def _numbers(texts: Iterable[str]) -> list[int]:
    return [number for text in texts if (number := whole_number(text)) is not None]
