"""“Fill this visit”: asked for on its page, then a plan like every other."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.workflow import NotAllowed, Refused
from exchanges.forms.filling import FillForm
from exchanges.models import Visit
from exchanges.queries import TO_ITS_SIDES
from exchanges.services.filling import fill as fill_visit
from exchanges.services.filling import may_fill, why_not_filled
from exchanges.views.pages import Done, form_page, posted


@signed_in
@require_http_methods(["GET", "POST"])
def fill(request: PortalRequest, pk: int) -> HttpResponse:
    """How many visitors, chosen how; then to the plan, which a worker makes."""
    visit = Visit.objects.with_host().prefetch_related(TO_ITS_SIDES).get_for(request.actor, pk=pk)
    if not may_fill(visit, request.actor):
        raise NotAllowed(_("The visit's Partnerships and the Support Office fill it."))
    if sentence := why_not_filled(visit):
        raise Refused(sentence)
    form = FillForm(posted(request), free=visit.places_left())

    def save(data: dict[str, Any]) -> Done:
        plan = fill_visit(
            visit, places=data["places"], method=data["method"], min_fit=data["min_fit"], by=request.actor
        )
        return Done(_("The best visitors for these places are being worked out."), plan.get_absolute_url())

    back = f"{visit.get_absolute_url()}#exchanges"
    return form_page(request, form, save, title=_("Fill this visit"), back=back, thing=visit, button=_("Work it out"))
