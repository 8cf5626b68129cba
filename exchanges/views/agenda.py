"""The agenda editor: by day and hour; rows are added with and without scripts."""

from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.ground.moves import NotAllowed, Refused, Stale
from cxc.ground.views import PortalRequest, signed_in
from exchanges.forms.ctq import EMPTY_ROWS, AgendaFormSet, agenda_rows
from exchanges.models import SharedPart
from exchanges.services.agenda import save_agenda
from exchanges.views.pages import offered, version_read


@signed_in
@require_http_methods(["GET", "POST"])
def agenda(request: PortalRequest, pk: int) -> HttpResponse:
    """Write the agenda; “more rows” gives the page again with what was typed and three rows more."""
    shared = SharedPart.objects.select_related("visit__host_profile__organisation").get_for(request.actor, visit=pk)
    offered(shared, request.actor, "edit")
    if request.method == "GET":
        return _page(request, shared, _rows(shared))
    if "more" in request.POST:
        return _page(request, shared, _rows(shared, with_more_rows(request.POST)))
    rows = _rows(shared, request.POST)
    context = _save(request, shared, rows) if rows.is_valid() else {}
    if context is None:
        messages.success(request, _("Agenda saved."))
        return redirect(shared.get_absolute_url())
    return _page(request, shared, rows, status=400, **context)


def _rows(shared: SharedPart, data: Any = None) -> BaseFormSet:
    initial = agenda_rows(shared.visit) if data is None else None
    return AgendaFormSet(data, form_kwargs={"visit": shared.visit}, initial=initial)


def with_more_rows(data: Any) -> Any:
    """What was typed, with the number of rows raised."""
    more = data.copy()
    typed = more.get("form-TOTAL_FORMS", "")
    more["form-TOTAL_FORMS"] = str((int(typed) if typed.isdecimal() else 0) + EMPTY_ROWS)
    return more


def _save(request: PortalRequest, shared: SharedPart, rows: BaseFormSet) -> dict[str, Any] | None:
    """None when saved; else what the page shows: why not, and the agenda as it stands now when it is newer."""
    kept = [form for form in rows.forms if form.cleaned_data.get("title") and not form.cleaned_data.get("DELETE")]
    lines = [form.line() for form in kept]
    try:
        save_agenda(shared, lines, by=request.actor, version_read=version_read(request.POST))
    except NotAllowed:
        raise
    except Stale as error:
        now = shared.visit.agenda_items.all()
        return {"sentences": error.sentences, "theirs": now, "version": error.current.row_version}
    except Refused as error:
        return {"sentences": error.sentences}
    return None


def _page(
    request: PortalRequest, shared: SharedPart, rows: BaseFormSet, *, status: int = 200, **context: Any
) -> HttpResponse:
    defaults = {"visit": shared.visit, "rows": rows, "version": version_read(request.POST) or shared.row_version}
    return render(request, "exchanges/agenda.html", defaults | context, status=status)
