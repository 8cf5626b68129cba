"""Short ways to plans, made and sent at once instead of by a worker."""

from cxc.access.scoped import Actor
from matching.enums import PlanMethod, PlanScope
from matching.models import Plan, PlannedPair
from matching.services.plans import draft, requests, submission
from profiles.models import Profile
from tests.factories import people


def requested(by: Actor, scope: str = PlanScope.VISITORS, **fields: object) -> Plan:
    """Asked for, not made yet."""
    defaults = {"generation": people.generation(), "modality": "physical", "method": PlanMethod.GREATEST_TOTAL}
    return requests.request_plan(by=by, scope=scope, **(defaults | fields))


def generated(by: Actor, scope: str = PlanScope.VISITORS, **fields: object) -> Plan:
    found = requested(by, scope, **fields)
    assert draft.generate(found.pk)
    return Plan.objects.get(pk=found.pk)


def submitted(plan: Plan, by: Actor, message: str = "") -> Plan:
    submission.submit(plan, by=by, message=message)
    submission.propose_pairs(plan.pk)
    return Plan.objects.get(pk=plan.pk)


def included_pairs(of: Plan) -> set[tuple[Profile, Profile]]:
    """The kept pairs: visitor and host."""
    return {
        (pair.visiting, pair.host) for pair in PlannedPair.objects.included().filter(plan=of).with_display_relations()
    }
