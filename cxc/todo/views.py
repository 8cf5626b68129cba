"""The first page of everyone who signs in."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.scoped import Principal
from cxc.todo import TodoRow, items_for, stages_for, survey
from cxc.workflow.deadlines import Deadlines

# More than so many at once help nobody: the page shows the most urgent, and the rest on request.
MOST_ITEMS = 20

URGENCIES = (_("Late"), _("Within a week"), _("Later"), _("Without a date"))


@signed_in
@require_safe
def todo(request: PortalRequest) -> HttpResponseBase:
    """What waits for me, late ones first; below it where my things stand and who holds them."""
    deadlines = Deadlines()
    owed = survey(request.actor, deadlines)
    items = items_for(request.actor, deadlines, owed)
    shown = items if "all" in request.GET else items[:MOST_ITEMS]
    context = {
        "items": items,
        "late": sum(item.is_late for item in items),
        "groups": groups_of(shown),
        "left_out": len(items) - len(shown),
        "stages": stages_for(request.actor, owed),
        "shows_next_links": request.actor.may_write
        and request.actor.principal in {Principal.ORGANISATION, Principal.PARTNERSHIP},
    }
    return render(request, "todo.html", context)


def groups_of(items: Sequence[TodoRow]) -> list[dict[str, Any]]:
    """Late, within a week, later, without a date; those that have something in them."""
    found = [
        {"label": label, "is_late": number == 0, "items": [item for item in items if item.urgency == number]}
        for number, label in enumerate(URGENCIES)
    ]
    return [group for group in found if group["items"]]
