"""Requests a plan, and discards a draft."""

from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor, Principal, Side, sides_of
from cxc.core.after_commit import after_commit, hand_over
from cxc.workflow import NotAllowed, Refused
from cxc.workflow.unit_of_work import unit_of_work
from matching.enums import PlanScope
from matching.models import Plan
from profiles.enums import Modality, ProfileState
from profiles.models import Generation, Profile

SCOPES = {
    Principal.PARTNERSHIP: (PlanScope.VISITORS, PlanScope.HOSTS),
    Principal.SUPPORT_OFFICE: (PlanScope.EVERYBODY,),
}

# What a plan is asked for; see the constraint `one_plan_in_the_making`.
REQUEST_FIELDS = ("generation", "modality", "scope", "host", "first_day", "last_day")


def request_plan(
    *, by: Actor, generation: Generation, modality: str, scope: str, method: str, min_fit: int = 0
) -> Plan:
    """Have a plan made, by a worker after the commit; who asks twice gets the one that is being made.

    `min_fit`: pairs that fit less, of 100, are not planned. By a coordinator for the own visitors or hosts,
    by the Support Office for everybody.
    """
    require_coordinator(by)
    if scope not in SCOPES[by.principal]:
        raise NotAllowed(
            _("Choose whom you may plan for: a Partnership its own visitors or hosts, the Support Office everybody.")
        )
    return _request(by, generation=generation, modality=modality, scope=scope, method=method, min_fit=min_fit)


def request_plan_for_host(
    *,
    by: Actor,
    host: Profile,
    modality: str,
    places: int,
    method: str,
    min_fit: int = 0,
    **days: Any,
) -> Plan:
    """The same for one host: the best set of visitors for so many places.

    `days`: first_day, last_day (local dates) and working_days of the visit that is to be filled; visitors
    who are not free on them, or want to stay longer, are not planned. A Partnership that is not the host's
    plans for its own visitors.
    """
    require_coordinator(by)
    if host.is_visiting or host.state != ProfileState.PUBLISHED:
        raise Refused(_("Have the host profile published first."))
    if host.is_over:
        raise Refused(_("Choose later days in the host profile: its period is over."))
    if places < 1:
        raise Refused(_("Enter at least one place."))
    fields = {"modality": modality, "scope": PlanScope.ONE_HOST, "method": method, "min_fit": min_fit}
    return _request(by, generation=host.generation, host=host, places=places, **fields, **days)


def discard(plan: Plan, *, by: Actor) -> None:
    """Delete a plan that was not sent; nobody was notified of it."""
    require_own(plan, by)
    with unit_of_work():
        row = Plan.objects.select_for_update().get(pk=plan.pk)
        if row.submitted_at is not None:
            raise Refused(_("Keep the plan: it was sent, and its proposals stand."))
        row.delete()


def require_coordinator(by: Actor) -> None:
    """NotAllowed for all but coordinators of a Partnership and the Support Office."""
    if not (by.may_write and by.principal in SCOPES):
        raise NotAllowed(_("Ask a coordinator of your Partnership, or the Support Office: only they plan matches."))


def require_own(plan: Plan, by: Actor) -> None:
    """NotAllowed for whoever may not change this plan."""
    require_coordinator(by)
    if not sides_of(by, plan) & {Side.PARTNERSHIP, Side.SO}:
        raise NotAllowed(_("Ask the Partnership whose plan this is, or the Support Office."))


def _request(by: Actor, **fields: Any) -> Plan:
    if fields["modality"] not in Modality.values:
        raise Refused(_("Choose physical or virtual exchanges."))
    whose = {"partnership_id": by.principal_id if by.principal is Principal.PARTNERSHIP else None}
    request = {name: fields.get(name) for name in REQUEST_FIELDS} | whose
    plan = Plan(requested_by=by.user, **whose, **fields)
    try:
        with unit_of_work():
            plan.save()
    except IntegrityError:
        return Plan.objects.get(**request, generated_at=None, error="")
    queue_work(plan)
    return plan


def queue_work(plan: Plan) -> None:
    """Have it made, or sent, after the commit. Without a broker the next sweep does it."""
    after_commit(_hand_over, plan.pk)


def _hand_over(pk: int) -> None:
    hand_over("matching.tasks.work_on_plan", (pk,))
