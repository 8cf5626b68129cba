"""“Fill this visit”: a plan of the best set of visitors for its places, whose proposals are for the visit.

Rule: docs/bench.md. A person edits and sends it like every plan.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.scoped import Actor, Principal, Side, sides_of
from cxc.core.calendar import working_dates
from cxc.workflow import NotAllowed, Refused
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.enums import VisitState
from exchanges.models import Visit, VisitPlan, VisitProposal
from exchanges.services.join_requests import propose_for_visit, visit_sentence
from matching.links import Link, add_plan_links
from matching.models import Match, Plan, PlannedPair
from matching.services.plans.requests import request_plan_for_host
from matching.services.plans.submission import add_proposer
from matching.services.proposals import propose

COORDINATOR_SIDES = frozenset({Side.LEAD, Side.HOP, Side.VOP, Side.SO})


def may_plan(visit: Visit, actor: Actor) -> bool:
    """Coordinators of the visit's Partnerships, and the Support Office."""
    return (
        actor.may_write
        and actor.principal is not Principal.ORGANISATION
        and bool(sides_of(actor, visit) & COORDINATOR_SIDES)
    )


def planning_problem(visit: Visit, free_places: int) -> str:
    """Why nobody can be planned for it any more, with so many places left; '' while one can."""
    if visit.has_begun(clock.now()):
        return _("Choose a visit that has not begun: it is too late for this one.")
    if free_places < 1:
        return _(
            "Enter more places for the visit, or wait until one is free: all %(places)s are taken or asked for."
        ) % {"places": visit.effective_places}
    return ""


def plan_visit(visit: Visit, *, places: int, method: str, min_fit: int = 0, by: Actor) -> Plan:
    """Ask for the plan of a visit: visitors who are free on all its days and do not want to stay longer.

    `places`: how many visitors at most, within those left. A Partnership that is not the host's plans for
    its own visitors. NotAllowed for who does not coordinate it, Refused where it has begun or is full.
    """
    if not may_plan(visit, by):
        raise NotAllowed(
            _("Ask a coordinator of the visit's Partnerships, or the Support Office: only they plan its visitors.")
        )
    free_places = visit.count_free_places()
    if sentence := planning_problem(visit, free_places):
        raise Refused(sentence)
    if places > free_places:
        raise Refused(_("Enter at most %(places)s places: no more are left.") % {"places": free_places})
    with unit_of_work():
        plan = request_plan_for_host(
            by=by,
            host=visit.host_profile,
            modality=visit.modality,
            places=places,
            method=method,
            min_fit=min_fit,
            first_day=visit.first_day,
            last_day=visit.last_day,
            working_days=working_days_of(visit),
        )
        visit_plan, _is_new = VisitPlan.objects.get_or_create(plan=plan, defaults={"visit": visit})
    if visit_plan.visit_id != visit.pk:
        raise Refused(_("Try again in a minute: another visit of this host on the same days is being planned."))
    return plan


def working_days_of(visit: Visit) -> int:
    """Its working days by the host country's calendar, and by the marks on its days."""
    worked, not_worked = visit.marked_days()
    country = visit.host_country.pk
    dates = working_dates(visit.first_day, visit.last_day, country=country, worked=worked, not_worked=not_worked)
    return len(dates)


@add_proposer
def propose_for_its_visit(pair: PlannedPair, plan: Plan, actor: Actor) -> Match | None:
    """The pairs of such a plan are proposed for its visit; an open one asks what every proposal for it is asked."""
    visit_plan = (
        VisitPlan.objects.filter(plan=plan).select_related("visit__host_profile__organisation__country").first()
    )
    if visit_plan is None:
        return None
    visit = visit_plan.visit
    if visit.state == VisitState.OPEN:
        return propose_for_visit(visit, pair.visiting, by=actor, message=plan.message)
    message = f"{visit_sentence(visit)}\n\n{plan.message}".strip()
    match = propose(visiting=pair.visiting, host=pair.host, modality=plan.modality, by=actor, message=message)
    VisitProposal.objects.create(match=match, visit=visit)
    return match


@add_plan_links
def visit_link(plan: Plan, _actor: Actor) -> Iterable[Link]:
    """Back from the plan to its visit."""
    visit_plan = VisitPlan.objects.filter(plan=plan).select_related("visit__host_profile__organisation").first()
    if visit_plan is not None:
        yield Link(_("For the visit “%(visit)s”") % {"visit": visit_plan.visit}, visit_plan.visit.get_absolute_url())
