"""“Fill this visit”: asked for on its page, then a plan like every other."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.workflow import NotAllowed, Refused
from exchanges.forms.visit_plan import VisitPlanForm
from exchanges.models import Visit
from exchanges.queries.visits import VISITING_PROFILES
from exchanges.services.visit_plan import may_plan, planning_problem
from exchanges.services.visit_plan import plan_visit as create_plan
from exchanges.views.form_page import SaveResult, form_page, post_data


@signed_in
@require_http_methods(["GET", "POST"])
def plan_visit(request: PortalRequest, pk: int) -> HttpResponse:
    """How many visitors, chosen how; then to the plan, which a worker makes."""
    visit = Visit.objects.with_host().with_places().prefetch_related(VISITING_PROFILES).get_for(request.actor, pk=pk)
    if not may_plan(visit, request.actor):
        raise NotAllowed(_("The visit's Partnerships and the Support Office fill it."))
    if sentence := planning_problem(visit, visit.free_places):
        raise Refused(sentence)
    form = VisitPlanForm(post_data(request), free=visit.free_places)

    def save(data: dict[str, Any]) -> SaveResult:
        plan = create_plan(
            visit, places=data["places"], method=data["plan_method"], min_fit=data["min_fit"], by=request.actor
        )
        return SaveResult(_("The best visitors for these places are being worked out."), plan.get_absolute_url())

    back = f"{visit.get_absolute_url()}#exchanges"
    return form_page(request, form, save, title=_("Fill this visit"), back=back, thing=visit, button=_("Work it out"))
