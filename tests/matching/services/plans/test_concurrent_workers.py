"""Many workers at one plan, each in a connection of its own."""

import pytest

from matching.enums import MatchState, PlanStage
from matching.models import Match, Plan
from matching.services.plans import pending, submission
from tests.factories.parties import usual_parties
from tests.matching import factories, plan_factory
from tests.scenarios.parallel import in_parallel


@pytest.mark.usefixtures("committed_db", "now")
def test_made_and_sent_by_many_workers_at_once_each_is_proposed_once() -> None:
    parties = usual_parties()
    factories.hosting(parties), factories.visiting(parties), factories.another_visitor(parties)
    plan = plan_factory.requested(parties.vop_coordinator)
    assert set(in_parallel(*[lambda: pending.process_plan(plan.pk)] * 3)) == {"done"}
    plan.refresh_from_db()
    assert (plan.stage, plan.pairs.count()) == (PlanStage.DRAFT, 2)
    told = in_parallel(*[lambda: submission.submit(plan, by=parties.vop_coordinator)] * 3)
    assert sorted(told) == ["Reload the page: this plan has been sent already."] * 2 + ["done"]
    in_parallel(*[lambda: pending.process_plan(plan.pk)] * 3)
    assert sorted(Match.objects.values_list("state", flat=True)) == [MatchState.PROPOSED] * 2
    assert Plan.objects.get().stage == PlanStage.SENT
