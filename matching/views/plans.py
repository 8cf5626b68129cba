"""Plans: asked for, on their way, as a draft, sent."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Actor
from matching import links
from matching.enums import PlanStage
from matching.forms.plans import PlanForm, SendForm
from matching.models import Plan
from matching.queries.plans import figures_of, places_left_by_host, unplanned_visitors
from matching.services.plans.requests import discard, request_plan, require_coordinator
from matching.services.plans.submission import submit
from matching.views.bench import require_bench

ROWS = 25
MAX_UNPLANNED = 50


@signed_in
@require_safe
def plans(request: PortalRequest) -> HttpResponse:
    """The plans of this bench, the newest first."""
    require_bench(request.actor)
    rows = Plan.objects.visible_to(request.actor).select_related("host__organisation", "partnership", "generation")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "matching/bench/plans.html", {"page": page})


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: PortalRequest) -> HttpResponseBase:
    """Ask for a plan; a worker makes it."""
    require_coordinator(request.actor)
    form = PlanForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        return redirect(request_plan(by=request.actor, method=fields.pop("plan_method"), **fields))
    return render(request, "matching/bench/new.html", {"form": form}, status=400 if form.errors else 200)


@signed_in
@require_safe
def plan(request: PortalRequest, pk: int) -> HttpResponse:
    """How far it is; the draft with its totals and reasons; what came of each proposal."""
    found = plan_of(request.actor, pk)
    if getattr(request, "htmx", False):
        return _progress(request, found)
    return render(request, "matching/bench/plan.html", _context(request, found, SendForm()))


@signed_in
@rate_limited("mail")
@require_POST
def send_plan(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Send the kept pairs as proposals; a worker makes them."""
    found = plan_of(request.actor, pk)
    form = SendForm(request.POST)
    if not form.is_valid():
        return render(request, "matching/bench/plan.html", _context(request, found, form), status=400)
    submit(found, by=request.actor, message=form.cleaned_data["message"])
    messages.success(request, _("The proposals are on their way."))
    return redirect(found)


@signed_in
@require_POST
def discard_plan(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Delete a plan that was not sent."""
    discard(plan_of(request.actor, pk), by=request.actor)
    messages.success(request, _("Plan deleted. Nobody was told of it."))
    return redirect("bench")


def plan_of(actor: Actor, pk: int) -> Plan:
    """Http404 for a plan of another bench."""
    relations = ("host__organisation__country", "partnership", "generation", "requested_by", "submitted_by")
    return Plan.objects.select_related(*relations).get_for(actor, pk=pk)


def _progress(request: PortalRequest, found: Plan) -> HttpResponse:
    """The part of the page that looks again by itself; the whole page once there is something new to see."""
    if not found.is_under_way:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "matching/bench/parts/progress.html", {"plan": found, "figures": figures_of(found)})


def _context(request: PortalRequest, found: Plan, form: SendForm) -> dict[str, Any]:
    rows = found.pairs.with_display_relations().order_by(
        "host__organisation__legal_name__folded", "host", "-score", "pk"
    )
    context = {
        "plan": found,
        "figures": figures_of(found),
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "send_form": form,
        "links": links.plan_links(found, request.actor),
    }
    return context | (_unplanned(found) if found.stage is PlanStage.DRAFT else {})


def _unplanned(found: Plan) -> dict[str, Any]:
    """Who is left over, on either side, and which host is given more than it has places for."""
    count_free_places, visitors = places_left_by_host(found), unplanned_visitors(found)
    return {
        "unplanned_visitors": visitors[:MAX_UNPLANNED],
        "unplanned_visitors_count": visitors.count(),
        "hosts_with_places": [(host, places) for host, places in count_free_places.items() if places > 0][
            :MAX_UNPLANNED
        ],
        "overfilled_hosts": {host.pk for host, places in count_free_places.items() if places < 0},
    }
