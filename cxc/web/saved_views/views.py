"""The page on which a person renames and deletes the saved views of a list and chooses the default."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cxc.access.guards import PortalRequest, signed_in
from cxc.core.refusals import Refused
from cxc.web.models import SavedView
from cxc.web.saved_views import store
from cxc.web.saved_views.forms import RenameForm


@signed_in
@require_safe
def views_of_list(request: PortalRequest, list_name: str) -> HttpResponse:
    """The person's saved views of a list; 404 where there are none."""
    return _page(request, list_name)


@signed_in
@require_POST
def change(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Do what the `action` of the form says: delete, default, no-default; without one, rename."""
    view = get_object_or_404(SavedView.objects.of(request.actor), pk=pk)
    action = request.POST.get("action", "")
    if action == "delete":
        return _delete(request, view)
    if action in {"default", "no-default"}:
        store.set_default(view, is_default=action == "default", by=request.actor)
        messages.success(request, _("Default view changed."))
        return redirect("saved_views", view.list_name)
    return _rename(request, view)


def _delete(request: PortalRequest, view: SavedView) -> HttpResponseBase:
    view.delete()
    messages.success(request, _("“%(name)s” deleted.") % {"name": view.name})
    remain = store.views_of(view.list_name, request.actor)
    return redirect("saved_views", view.list_name) if remain else redirect(view.list_name)


def _rename(request: PortalRequest, view: SavedView) -> HttpResponseBase:
    form = _form(view, request)
    if form.is_valid():
        try:
            store.rename(view, form.cleaned_data["name"], by=request.actor)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Name changed."))
            return redirect("saved_views", view.list_name)
    return _page(request, view.list_name, {view.pk: form})


def _page(request: PortalRequest, list_name: str, refused: dict[int, RenameForm] | None = None) -> HttpResponse:
    """The page, with the forms that were refused as they were sent."""
    forms = refused or {}
    rows = [(view, forms.get(view.pk) or _form(view)) for view in store.views_of(list_name, request.actor)]
    if not rows:
        raise Http404
    context = {"rows": rows, "refused": list(forms.values()), "back_url": reverse(list_name)}
    return render(request, "saved_views.html", context, status=HTTPStatus.BAD_REQUEST if forms else HTTPStatus.OK)


def _form(view: SavedView, request: PortalRequest | None = None) -> RenameForm:
    data = request.POST if request is not None else None
    return RenameForm(data, initial={"name": view.name}, auto_id=f"view-{view.pk}-%s", use_required_attribute=False)
