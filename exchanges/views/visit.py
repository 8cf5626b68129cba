"""The page of a visit."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from cxc import clock
from cxc.access.guards import PortalRequest, signed_in
from cxc.access.scoped import Actor, authorised, may_see
from cxc.bulk.actions import actions_for
from cxc.web.bulk_start import begin_bulk_run
from cxc.web.quick_look import render_record
from cxc.workflow.batch import reading_together
from exchanges.enums import CONFIRMED_STATES, VisitState
from exchanges.models import Exchange, Visit
from exchanges.presenters.actions import actions_of
from exchanges.presenters.visit_move import may_ask, moves_seen
from exchanges.presenters.workspace.grid import NAME, Grid, grid_of
from exchanges.presenters.workspace.needs import needs_of
from exchanges.queries.decisions import waiting_for
from exchanges.queries.visits import has_join_requests, ids_of_free_matches_at
from exchanges.queries.workspace import visit_with_workspace
from exchanges.services.documents_to_sign import may_sign_on_paper
from exchanges.services.evidence_submission import letter_is_wanted
from exchanges.services.visit_copy import may_copy
from exchanges.services.visit_plan import may_plan, planning_problem
from exchanges.services.visit_signing import may_sign_for_visit

OPENING_TRANSITIONS = frozenset({"open_to_visitors", "change_opening", "close_to_visitors"})
LAST_MOVES = 3


def _visit(request: PortalRequest, pk: int) -> Visit:
    return authorised(visit_with_workspace(pk), request.actor)


@signed_in
@require_http_methods(["GET", "POST"])
def visit(request: PortalRequest, pk: int) -> HttpResponse:
    """The workspace: what the visit needs, who comes and how far each is; an action on many."""
    found = _visit(request, pk)
    grid = grid_of(found, request.actor, sort=request.GET.get("sort", NAME), only=request.GET.get("only", ""))
    if request.method == "POST":
        shown = found.exchanges.filter(pk__in=grid.exchange_ids)
        return begin_bulk_run(request, shown, next_url=request.get_full_path())
    with reading_together() as batch:
        batch.add(part for part in [found.shared_part_or_none] if part is not None)
        context = _context(found, grid, request.actor)
        return render_record(request, "exchanges/visit.html", context, quick_look="exchanges/visit_quick_look.html")


def _context(visit: Visit, grid: Grid, actor: Actor) -> dict[str, Any]:
    shared = visit.shared_part_or_none
    return {
        "visit": visit,
        "page_address": visit.get_absolute_url(),
        "grid": grid,
        "needs": needs_of(grid.todo),
        "bulk_actions": actions_for("exchanges.exchange", actor) if grid.exchange_ids else [],
        "number": sum(one.state in CONFIRMED_STATES for one in visit.exchanges.all()),
        **_places(visit, actor),
        **_opening(visit, actor),
        "moves": moves_seen(visit, actor)[:LAST_MOVES],
        "may_move": may_ask(visit, actor),
        "may_copy": may_copy(visit, actor),
        "to_add": _matches_to_add_count(visit, actor),
        "to_decide": len(waiting_for(actor, Exchange.objects.filter(visit=visit))) if grid.waits_for_decision else 0,
        "may_hand_in_letter": letter_is_wanted(visit, actor),
        "may_sign": grid.waits_for_signatures and may_sign_on_paper(visit, actor),
        "may_sign_on_screen": grid.waits_for_signatures and may_sign_for_visit(visit, actor),
        "shared": shared if shared is not None and may_see(actor, shared) else None,
    }


def _places(visit: Visit, actor: Actor) -> dict[str, Any]:
    """How many places are free, counted where the page says so or leads to a plan; whether one may plan."""
    planned = may_plan(visit, actor) and not visit.has_begun(clock.now())
    if not planned and visit.state != VisitState.OPEN:
        return {}
    visit.count_places()
    free = visit.free_places
    return {"free_places": free, "may_plan": planned and not planning_problem(visit, free)}


def _opening(visit: Visit, actor: Actor) -> dict[str, Any]:
    """The actions of the visit, those of opening it apart, and whether there is somebody to look at."""
    actions = actions_of(visit, actor)
    is_opening = [action.available.transition.name in OPENING_TRANSITIONS for action in actions]
    opening = [action for action, apart in zip(actions, is_opening, strict=True) if apart]
    is_shown = bool(opening) or visit.state == VisitState.OPEN
    return {
        "actions": [action for action, apart in zip(actions, is_opening, strict=True) if not apart],
        "opening_actions": opening,
        "shows_join_requests": is_shown and may_see(actor, visit, "join_requests") and _has_join_requests(visit),
    }


def _has_join_requests(visit: Visit) -> bool:
    return visit.state == VisitState.OPEN or has_join_requests(visit)


def _matches_to_add_count(visit: Visit, actor: Actor) -> int:
    """How many confirmed matches with this host could come along."""
    if not actor.may_write:
        return 0
    return len(ids_of_free_matches_at(visit, actor))
