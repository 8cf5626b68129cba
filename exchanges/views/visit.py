"""The page of a visit."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.scoped import Actor, may_see
from cxc.bulk.actions import actions_for
from cxc.web.bulk_start import begin_bulk_run
from exchanges.enums import VisitState
from exchanges.models import Exchange, SharedPart, Visit
from exchanges.presenters.actions import actions_of
from exchanges.presenters.visit_move import may_ask
from exchanges.presenters.workspace.grid import NAME, Grid, grid_of
from exchanges.presenters.workspace.needs import needs_of
from exchanges.queries.decisions import waiting_for
from exchanges.queries.visit_documents import has_documents
from exchanges.queries.visits import VISITING_PROFILES, free_matches_at
from exchanges.services.documents_to_sign import may_sign_on_paper
from exchanges.services.evidence_submission import letter_is_wanted
from exchanges.services.visit_copy import may_copy
from exchanges.services.visit_plan import may_plan, planning_problem

OPENING_TRANSITIONS = frozenset({"open_to_visitors", "change_opening", "close_to_visitors"})
LAST_MOVES = 3


def _visit(request: PortalRequest, pk: int) -> Visit:
    visits = Visit.objects.with_host().with_places()
    return visits.prefetch_related(VISITING_PROFILES).get_for(request.actor, pk=pk)


@signed_in
@require_http_methods(["GET", "POST"])
def visit(request: PortalRequest, pk: int) -> HttpResponse:
    """The workspace: what the visit needs, who comes and how far each is, agenda, shared part; an action on many."""
    found = _visit(request, pk)
    grid = grid_of(found, request.actor, sort=request.GET.get("sort", NAME), only=request.GET.get("only", ""))
    if request.method == "POST":
        shown = found.exchanges.filter(pk__in=grid.exchange_ids)
        return begin_bulk_run(request, shown, next_url=request.get_full_path())
    return render(request, "exchanges/visit.html", _context(found, grid, request.actor))


def _context(visit: Visit, grid: Grid, actor: Actor) -> dict[str, Any]:
    shared = visit.shared_part_or_none
    return {
        "visit": visit,
        "page_address": visit.get_absolute_url(),
        "grid": grid,
        "needs": needs_of(grid.todo),
        "bulk_actions": actions_for("exchanges.exchange", actor) if grid.exchange_ids else [],
        "has_documents": has_documents(visit, actor),
        "number": visit.confirmed_exchanges_count(),
        **_opening(visit, actor),
        "moves": visit.moves.visible_to(actor)[:LAST_MOVES],
        "may_move": may_ask(visit, actor),
        "may_copy": may_copy(visit, actor),
        "to_add": _matches_to_add_count(visit, actor),
        "may_plan": may_plan(visit, actor) and not planning_problem(visit, visit.free_places),
        "to_decide": len(waiting_for(actor, Exchange.objects.filter(visit=visit))),
        "may_hand_in_letter": letter_is_wanted(visit, actor),
        "may_sign": grid.waits_for_signatures and may_sign_on_paper(visit, actor),
        **(_shared(shared, actor) if shared and may_see(actor, shared) else {}),
    }


def _opening(visit: Visit, actor: Actor) -> dict[str, Any]:
    """The actions of the visit, those of opening it apart, and whether there is somebody to look at."""
    actions = actions_of(visit, actor)
    is_opening = [action.available.transition.name in OPENING_TRANSITIONS for action in actions]
    return {
        "actions": [action for action, apart in zip(actions, is_opening, strict=True) if not apart],
        "opening_actions": [action for action, apart in zip(actions, is_opening, strict=True) if apart],
        "free_places": visit.free_places,
        "may_see_join_requests": may_see(actor, visit, "join_requests"),
        "has_join_requests": visit.state == VisitState.OPEN
        or visit.proposals.exists()
        or visit.waiting_list_entries.exists(),
    }


def _shared(shared: SharedPart, actor: Actor) -> dict[str, Any]:
    actions = actions_of(shared, actor)
    return {
        "shared": shared,
        "shared_actions": actions,
        "may_edit_shared": any(action.available.transition.name == "edit" for action in actions),
        "texts": [(label, getattr(shared, name)) for name, label in shared.TEXTS.items()],
        "remarks": shared.remarks.all(),
    }


def _matches_to_add_count(visit: Visit, actor: Actor) -> int:
    """How many confirmed matches with this host could come along."""
    if not actor.may_write:
        return 0
    return free_matches_at(visit, actor).count()
