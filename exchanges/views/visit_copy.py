"""Copying a visit as the beginning of the next."""

from typing import Any

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from exchanges.forms.visits import CopyVisitForm
from exchanges.models import Visit
from exchanges.queries.visits import VISITING_PROFILES
from exchanges.services.visit_copy import VisitCopy, copy_visit, new_copy
from exchanges.views.form_page import SaveResult, form_page, post_data, require_may_create


@signed_in
@require_http_methods(["GET", "POST"])
def copy(request: PortalRequest, pk: int) -> HttpResponse:
    """A new visit at the same host profile, from its first day and this visit's texts and agenda."""
    visit = Visit.objects.with_host().prefetch_related(VISITING_PROFILES).get_for(request.actor, pk=pk)
    require_may_create(new_copy(visit, by=request.actor), request.actor, "create_by_copy")
    form = CopyVisitForm(post_data(request), initial={"title": visit.title})

    def save(data: dict[str, Any]) -> SaveResult:
        made = copy_visit(visit, by=request.actor, **data)
        return SaveResult(_what_was_copied(made), made.visit.get_absolute_url())

    context: dict[str, Any] = {"thing": visit, "visit": visit, "template": "exchanges/visit_copy.html"}
    return form_page(request, form, save, title=_("Copy the visit"), back=visit.get_absolute_url(), **context)


def _what_was_copied(made: VisitCopy) -> str:
    days = {"first": date_format(made.visit.first_day), "last": date_format(made.visit.last_day)}
    if not made.items:
        return _("The visit is copied to %(first)s – %(last)s. It has no agenda yet.") % days
    sentence = ngettext(
        "The visit is copied to %(first)s – %(last)s, with %(count)s agenda item.",
        "The visit is copied to %(first)s – %(last)s, with %(count)s agenda items.",
        made.items,
    )
    return sentence % (days | {"count": made.items})
