"""The first page of everyone who signs in."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Principal
from cxc.core.links import own_path, path_of
from cxc.todo import TodoRow, todo_page
from cxc.todo.remind import remind_now

# More than so many at once help nobody: the page shows the most urgent, and the rest on request.
MOST_ITEMS = 10

URGENCIES = (_("Late"), _("Within a week"), _("Later"), _("Without a date"))


@signed_in
@require_safe
def todo(request: PortalRequest) -> HttpResponseBase:
    """What waits for me, late ones first; below it where my things stand and who holds them."""
    page = todo_page(request.actor, None if "all" in request.GET else MOST_ITEMS)
    found = page.todo
    context = {
        "items": found.rows,
        "number": found.number,
        "late": found.late,
        "groups": groups_of(found.rows),
        "left_out": found.number - len(found.rows),
        "stages": page.stages,
        "shows_next_links": request.actor.may_write
        and request.actor.principal in {Principal.ORGANISATION, Principal.PARTNERSHIP},
    }
    return render(request, "todo.html", context)


@signed_in
@rate_limited("mail")
@require_POST
def remind(request: PortalRequest, kind: str, pk: int, code: str) -> HttpResponseBase:
    """Remind those who owe this, and go back to the page of the button."""
    thing = remind_now(kind, pk, code, by=request.actor)
    messages.success(request, _("The reminder is sent, and recorded in the history."))
    return redirect(own_path(request, request.POST.get("next", "")) or path_of(thing))


def groups_of(items: Sequence[TodoRow]) -> list[dict[str, Any]]:
    """Late, within a week, later, without a date; those that have something in them."""
    found = [
        {"label": label, "is_late": number == 0, "items": [item for item in items if item.urgency == number]}
        for number, label in enumerate(URGENCIES)
    ]
    return [group for group in found if group["items"]]
