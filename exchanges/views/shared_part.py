"""The shared part of a visit's CTQ: texts, agenda, marked days, copies, remarks."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.ground.moves import perform
from cxc.ground.views import PortalRequest, signed_in
from exchanges.forms import ctq as forms
from exchanges.models import SharedPart, Visit
from exchanges.services import agenda
from exchanges.views.pages import form_page, offered, posted, version_read

WRITING = ("GET", "POST")
EDITOR = "exchanges/shared_editor.html"


def _to_write(request: PortalRequest, pk: int) -> SharedPart:
    """The shared part of that visit, for those who may edit it now."""
    shared = SharedPart.objects.select_related("visit__host_profile__organisation").get_for(request.actor, visit=pk)
    offered(shared, request.actor, "edit")
    return shared


def _page(
    request: PortalRequest, shared: SharedPart, form: Any, save: Callable[[Any], Any], title: str, **context: Any
) -> HttpResponse:
    defaults: dict[str, Any] = {
        "shared": shared,
        "visit": shared.visit,
        "version": shared.row_version,
        "template": EDITOR,
    }
    defaults |= {"thing": shared.visit, "comments": shared.comments}
    return form_page(request, form, save, title=title, back=shared.get_absolute_url(), **(defaults | context))


@signed_in
@require_http_methods(WRITING)
def texts(request: PortalRequest, pk: int) -> HttpResponse:
    """Write the shared texts; a text saved meanwhile by somebody else stands beside one's own."""
    shared = _to_write(request, pk)
    form = forms.SharedPartForm(posted(request), instance=shared)

    def save(fields: dict[str, Any]) -> None:
        perform(shared, "edit", by=request.actor, version_read=version_read(request.POST), fields=fields)

    return _page(request, shared, form, save, _("Shared part of the CTQ"), button=_("Save"))


@signed_in
@require_http_methods(WRITING)
def days(request: PortalRequest, pk: int) -> HttpResponse:
    """Mark days of the visit worked or not worked."""
    shared = _to_write(request, pk)
    form = forms.DayForm(posted(request), visit=shared.visit)

    def save(data: dict[str, Any]) -> None:
        read = version_read(request.POST)
        if data["mark"] == form.BY_CALENDAR:
            agenda.unmark_day(shared, data["day"], by=request.actor, version_read=read)
        else:
            worked = data["mark"] == form.WORKED
            reason = data["reason"]
            agenda.mark_day(shared, data["day"], is_worked=worked, reason=reason, by=request.actor, version_read=read)

    listed = forms.days_of(shared.visit)
    return _page(
        request, shared, form, save, _("Days worked"), button=_("Save"), days=listed, template="exchanges/days.html"
    )


@signed_in
@require_http_methods(WRITING)
def copy(request: PortalRequest, pk: int) -> HttpResponse:
    """Take texts and agenda of another visit into an empty draft."""
    shared = _to_write(request, pk)
    others = Visit.objects.visible_to(request.actor).select_related("host_profile__organisation").exclude(pk=pk)
    form = forms.CopyForm(posted(request), visits=others)

    def save(data: dict[str, Any]) -> str:
        read = version_read(request.POST)
        copied = agenda.copy_from(shared, data["source"], by=request.actor, version_read=read)
        return _("Copied, with %(items)s agenda items; %(left)s found no day in this visit.") % {
            "items": copied.items,
            "left": copied.left_out,
        }

    return _page(request, shared, form, save, _("Copy from another visit"))


@signed_in
@require_http_methods(WRITING)
def remark(request: PortalRequest, pk: int) -> HttpResponse:
    """Remark on the shared part, as any party of the visit may."""
    shared = SharedPart.objects.select_related("visit__host_profile__organisation").get_for(request.actor, visit=pk)
    offered(shared, request.actor, "remark")
    form = forms.RemarkForm(posted(request))

    def save(data: dict[str, Any]) -> str:
        perform(shared, "remark", by=request.actor, text=data["text"])
        return _("Remark kept.")

    return _page(request, shared, form, save, _("Remark on the shared part"))
