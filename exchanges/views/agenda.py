"""The agenda editor: by day and hour. Every button keeps what is typed, with and without scripts."""

from typing import Any

from django.contrib import messages
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.core.sanitise import whole_number
from cxc.web.form_drafts.restore import refill_rows, restore_form_draft
from cxc.workflow import NotAllowed, Refused, Stale
from cxc.workflow.merge import Baseline, digests
from exchanges.forms import agenda as forms
from exchanges.forms import agenda_rows
from exchanges.forms.agenda_rows import ButtonResult, Row
from exchanges.forms.ctq import day_choices
from exchanges.models import AgendaItem, SharedPart, Visit
from exchanges.services.agenda import by_day, lines_for, save_merged_agenda
from exchanges.views.form_page import require_available, version_read

# How many earlier visits are offered to copy from, newest first.
EARLIER = 50


@signed_in
@require_http_methods(["GET", "POST"])
def agenda(request: PortalRequest, pk: int) -> HttpResponse:
    """Write the agenda. A button that moves lines about (`do`) gives the page again with the rows as they are then."""
    shared = SharedPart.objects.select_related("visit__host_profile__organisation").get_for(request.actor, visit=pk)
    require_available(shared, request.actor, "edit")
    if request.method == "GET":
        return _page(request, shared, _as_typed(shared, forms.first_rows(shared.visit)))
    if "do" in request.POST:
        changed = _apply_button(request, shared)
        rows = _as_typed(shared, changed.rows)
        return _page(request, shared, rows, focus=changed.focus, announcement=changed.announcement)
    rows = forms.AgendaFormSet(request.POST, form_kwargs={"visit": shared.visit})
    context = _save(request, shared, rows) if rows.is_valid() else {"sentences": rows.non_form_errors()}
    if context is None:
        messages.success(request, _("Agenda saved."))
        return redirect(shared.get_absolute_url())
    return _page(request, shared, rows, status=400, **context)


def _as_typed(shared: SharedPart, typed: list[Row]) -> Any:
    """Rows as they were typed, without a word on what is still wrong with them."""
    data = agenda_rows.as_data(typed)
    rows = forms.AgendaFormSet(data, form_kwargs={"visit": shared.visit})
    refill_rows(rows, data)
    return rows


def _apply_button(request: PortalRequest, shared: SharedPart) -> ButtonResult:
    typed, button = agenda_rows.typed_rows(request.POST, most=forms.MAX_LINES), request.POST["do"]
    if button == "copy day":
        return agenda_rows.copy_day(typed, request.POST.get("from_day", ""), request.POST.get("to_day", ""))
    if button == "copy visit":
        return _copy_visit(request, shared, typed)
    return agenda_rows.apply_button(typed, button)


def _copy_visit(request: PortalRequest, shared: SharedPart, typed: list[Row]) -> ButtonResult:
    """The lines of an earlier visit on this one's working days, behind what is typed already."""
    source = earlier_visits(request, shared).filter(pk=whole_number(request.POST.get("source", "")) or 0).first()
    if source is None:
        return ButtonResult(typed, "source", _("Choose a visit to copy from."))
    lines, left_out = lines_for(source, shared.visit)
    filled = [row for row in typed if row["title"].strip() or row["leader"].strip()]
    copied = forms.rows_of(lines)
    announcement = _("%(count)s lines copied; %(left)s found no day in this visit.") % {
        "count": len(copied),
        "left": left_out,
    }
    return ButtonResult(
        [*filled, *copied][: forms.MAX_LINES], f"{copied[0]['key']}-title" if copied else "source", announcement
    )


def earlier_visits(request: PortalRequest, shared: SharedPart) -> QuerySet[Visit]:
    """Visits with an agenda that the writer may read: the same host's first, then the newest."""
    read = SharedPart.objects.visible_to(request.actor).exclude(pk=shared.pk)
    with_agenda = AgendaItem.objects.filter(visit__shared_part__in=read).values("visit")
    same_host = Q(host_profile__organisation=shared.visit.host_profile.organisation_id)
    found = Visit.objects.filter(pk__in=with_agenda).select_related("host_profile__organisation")
    return found.annotate(is_same_host=ExpressionWrapper(same_host, output_field=BooleanField())).order_by(
        "-is_same_host", "-first_day", "-pk"
    )


def _save(request: PortalRequest, shared: SharedPart, rows: Any) -> dict[str, Any] | None:
    """None when saved; else what the page shows: why not, and the agenda as it stands now when it is newer."""
    lines = [form.line() for form in rows.filled()]
    try:
        save_merged_agenda(shared, lines, by=request.actor, baseline=Baseline.sent(request.POST))
    except NotAllowed:
        raise
    except Stale as error:
        days = error.merged.conflicts if error.merged else []
        now = [item for item in shared.visit.agenda_items.all() if item.day.isoformat() in days]
        return {"sentences": error.sentences, "theirs": now, "overwrite": error.current.row_version}
    except Refused as error:
        return {"sentences": error.sentences}
    return None


def _page(request: PortalRequest, shared: SharedPart, rows: Any, *, status: int = 200, **context: Any) -> HttpResponse:
    saved_rows = forms.first_rows(shared.visit)
    form_draft = restore_form_draft(
        request, rows, base=repr([[row[name] for name in agenda_rows.NAMES] for row in saved_rows])
    )
    if form_draft.is_changed:
        context |= {"theirs": shared.visit.agenda_items.all()}
    defaults = {
        "visit": shared.visit,
        "rows": rows,
        "days": forms.days_with(shared.visit, rows),
        "day_choices": day_choices(shared.visit),
        "earlier": earlier_visits(request, shared)[:EARLIER],
        "form_draft": form_draft,
        "version": version_read(request.POST) or shared.row_version,
        "base": request.POST.get("base") or digests(by_day(shared.visit)),
    }
    return render(request, "exchanges/agenda.html", defaults | context, status=status)
