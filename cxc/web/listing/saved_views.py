"""Saved views on the page of a list: the query that they hold, and the form that saves one."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cxc.access.guards import PortalRequest
from cxc.core.refusals import Refused
from cxc.web.models import SavedView
from cxc.web.saved_views import store
from cxc.web.saved_views.forms import SavedViewForm

# The name of the button that saves a view.
SAVE = "save_view"


def canonical_query(query: QueryDict, names: Iterable[str]) -> str:
    """The parameters with these names as a query string, values of one name in alphabetical order."""
    pairs = [(name, value) for name in names for value in sorted(set(query.getlist(name))) if value]
    return urlencode(pairs)


def view_form(request: PortalRequest) -> SavedViewForm:
    """The form that saves a view, with what was sent if it was this form."""
    return SavedViewForm(request.POST if SAVE in request.POST else None)


def save_view(request: PortalRequest, form: SavedViewForm, list_name: str, query: str) -> HttpResponseBase | None:
    """Save the shown list as the form says, and go to it. None where it is refused; the form says why."""
    if not form.is_valid():
        return None
    try:
        view = store.save(SavedView, list_name, query=query, by=request.actor, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("name", str(refusal))
        return None
    messages.success(request, _("View “%(name)s” saved.") % {"name": view.name})
    return redirect(view)
