"""The shared part of a visit's CTQ: texts, agenda, marked days, copies, remarks."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.scoped import may_see
from cxc.workflow import perform
from cxc.workflow.batch import reading_together
from cxc.workflow.merge import Baseline, digests, write_merged
from exchanges.forms import ctq as forms
from exchanges.models import SharedPart, Visit
from exchanges.presenters.actions import actions_of
from exchanges.services import agenda
from exchanges.views.form_page import (
    baseline_fields,
    form_page,
    post_data,
    require_available,
    save_merged,
    version_read,
)

WRITING = ("GET", "POST")


def _editable_shared_part(request: PortalRequest, pk: int) -> SharedPart:
    """The shared part of that visit, for those who may edit it now."""
    shared = _of_visit(request, pk)
    require_available(shared, request.actor, "edit")
    return shared


def _page(
    request: PortalRequest, shared: SharedPart, form: Any, save: Callable[[Any], Any], title: str, **context: Any
) -> HttpResponse:
    defaults: dict[str, Any] = {"shared": shared, "visit": shared.visit, "version": shared.row_version}
    defaults |= {"thing": shared.visit, "comments": shared.comments}
    return form_page(request, form, save, title=title, back=shared.get_absolute_url(), **(defaults | context))


@signed_in
@require_safe
def shared_part(request: PortalRequest, pk: int) -> HttpResponse:
    """The shared part as it stands, with agenda, marked days and remarks, and what the reader can do with it.

    Who sees no more than how far it is, an observer, follows a late task to the visit.
    """
    shared = _of_visit(request, pk, "steps")
    if not may_see(request.actor, shared):
        return redirect(shared.visit)
    with reading_together() as batch:
        batch.add([shared])
        actions = actions_of(shared, request.actor)
        context = {
            "shared": shared,
            "visit": shared.visit,
            "page_address": shared.get_absolute_url(),
            "actions": actions,
            "may_edit": any(action.available.transition.name == "edit" for action in actions),
            "texts": [(label, getattr(shared, name)) for name, label in shared.TEXTS.items()],
            "remarks": shared.remarks.all(),
        }
        return render(request, "exchanges/shared_part.html", context)


def _of_visit(request: PortalRequest, pk: int, act: str = "see") -> SharedPart:
    """The shared part of that visit, for those who may do this with it."""
    return SharedPart.objects.select_related("visit__host_profile__organisation").get_for(request.actor, act, visit=pk)


@signed_in
@require_http_methods(WRITING)
def texts(request: PortalRequest, pk: int) -> HttpResponse:
    """Write the shared texts; what others have saved meanwhile is merged field by field."""
    shared = _editable_shared_part(request, pk)
    form = forms.SharedPartForm(post_data(request), instance=shared)

    def save(fields: dict[str, Any]) -> None:
        save_merged(request, shared, fields)

    carried = baseline_fields(request, shared, form)
    return _page(request, shared, form, save, _("Shared part of the CTQ"), button=_("Save"), **carried)


@signed_in
@require_http_methods(WRITING)
def days(request: PortalRequest, pk: int) -> HttpResponse:
    """Mark days of the visit worked or not worked."""
    shared = _editable_shared_part(request, pk)
    form = forms.DayForm(post_data(request), visit=shared.visit)

    def save(data: dict[str, Any]) -> None:
        _save_mark(request, shared, data)

    context: dict[str, Any] = {"button": _("Save"), "template": "exchanges/days.html"}
    context |= {"days": forms.days_of(shared.visit), "version": version_read(request.POST) or shared.row_version}
    context |= {"base": request.POST.get("base") or digests(forms.marks_of(shared.visit))}
    return _page(request, shared, form, save, _("Days worked"), **context)


def _save_mark(request: PortalRequest, shared: SharedPart, data: dict[str, Any]) -> None:
    """Mark the one day; what was changed on other days meanwhile stays."""
    day, mark, by = data["day"], data["mark"], request.actor

    def write(version: int, _changed: dict[str, Any]) -> None:
        if mark == forms.DayForm.BY_CALENDAR:
            agenda.unmark_day(shared, day, by=by, version_read=version)
        else:
            worked = mark == forms.DayForm.WORKED
            agenda.mark_day(shared, day, is_worked=worked, reason=data["reason"], by=by, version_read=version)

    typed = {day.isoformat(): forms.mark_text(mark, data["reason"])}
    write_merged(
        write,
        typed=typed,
        current=lambda: SharedPart.objects.select_related("edited_by", "visit").get(pk=shared.pk),
        baseline=Baseline.sent(request.POST),
        by=request.user,
        values=lambda row, _days: forms.marks_of(row.visit),
    )


@signed_in
@require_http_methods(WRITING)
def copy(request: PortalRequest, pk: int) -> HttpResponse:
    """Take texts and agenda of another visit into an empty draft."""
    shared = _editable_shared_part(request, pk)
    others = Visit.objects.visible_to(request.actor).select_related("host_profile__organisation").exclude(pk=pk)
    form = forms.CopyForm(post_data(request), visits=others)

    def save(data: dict[str, Any]) -> str:
        # Only an empty draft takes a copy, so that nothing can be overwritten.
        copied = agenda.copy_from(shared, data["source"], by=request.actor, version_read=shared.row_version)
        return _("Copied, with %(items)s agenda items; %(left)s found no day in this visit.") % {
            "items": copied.items,
            "left": copied.left_out,
        }

    return _page(request, shared, form, save, _("Copy from another visit"))


@signed_in
@require_http_methods(WRITING)
def remark(request: PortalRequest, pk: int) -> HttpResponse:
    """Remark on the shared part, as any party of the visit may."""
    shared = _of_visit(request, pk)
    require_available(shared, request.actor, "remark")
    form = forms.RemarkForm(post_data(request))

    def save(data: dict[str, Any]) -> str:
        perform(shared, "remark", by=request.actor, text=data["text"])
        return _("Remark saved.")

    return _page(request, shared, form, save, _("Remark on the shared part"))
