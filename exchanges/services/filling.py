"""“Fill this visit”: a plan of the best set of visitors for its places, whose proposals are for the visit.

Rule: the coordinator's bench. A person edits and sends it like every plan.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.scoped import Actor, Principal, Side, sides_of
from cxc.core.calendar import working_dates
from cxc.workflow import NotAllowed, Refused
from exchanges.enums import VisitState
from exchanges.models import Filling, Visit, VisitProposal
from exchanges.services.joining import propose_for, what_for
from matching.links import Link, add_plan_links
from matching.models import Match, Plan, PlannedPair
from matching.services.plans.requests import request_plan_for_host
from matching.services.plans.submission import add_proposer
from matching.services.proposals import propose

COORDINATING = frozenset({Side.LEAD, Side.HOP, Side.VOP, Side.SO})


def may_fill(visit: Visit, actor: Actor) -> bool:
    """Coordinators of the visit's Partnerships, and the Support Office."""
    return (
        actor.may_write
        and actor.principal is not Principal.ORGANISATION
        and bool(sides_of(actor, visit) & COORDINATING)
    )


def why_not_filled(visit: Visit) -> str:
    """Why nobody can be planned for it any more; '' while one can."""
    if visit.has_begun(clock.now()):
        return _("The visit has begun.")
    if visit.places_left() < 1:
        return _("All %(places)s places of the visit are taken or asked for.") % {"places": visit.places_in_force}
    return ""


def fill(visit: Visit, *, places: int, method: str, min_fit: int = 0, by: Actor) -> Plan:
    """Ask for the plan of a visit: visitors who are free on all its days and do not want to stay longer.

    `places`: how many visitors at most, within those left. A Partnership that is not the host's plans for
    its own visitors. NotAllowed for who does not coordinate it, Refused where it has begun or is full.
    """
    if not may_fill(visit, by):
        raise NotAllowed(_("The visit's Partnerships and the Support Office fill it."))
    if sentence := why_not_filled(visit):
        raise Refused(sentence)
    if places > visit.places_left():
        raise Refused(_("Only %(places)s places are left.") % {"places": visit.places_left()})
    with transaction.atomic():
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
        filling, _is_new = Filling.objects.get_or_create(plan=plan, defaults={"visit": visit})
    if filling.visit_id != visit.pk:
        raise Refused(_("Another visit of this host on the same days is being filled: try again in a minute."))
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
    filling = Filling.objects.filter(plan=plan).select_related("visit__host_profile__organisation__country").first()
    if filling is None:
        return None
    visit = filling.visit
    if visit.state == VisitState.OPEN:
        return propose_for(visit, pair.visiting, by=actor, message=plan.message)
    message = f"{what_for(visit)}\n\n{plan.message}".strip()
    match = propose(visiting=pair.visiting, host=pair.host, modality=plan.modality, by=actor, message=message)
    VisitProposal.objects.create(match=match, visit=visit)
    return match


@add_plan_links
def visit_link(plan: Plan, _actor: Actor) -> Iterable[Link]:
    """Back from the plan to its visit."""
    filling = Filling.objects.filter(plan=plan).select_related("visit__host_profile__organisation").first()
    if filling is not None:
        yield Link(_("For the visit “%(visit)s”") % {"visit": filling.visit}, filling.visit.get_absolute_url())
