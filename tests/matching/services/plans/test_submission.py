"""A plan sent: each kept pair proposed, each once, a refusal stopping nobody else."""

from unittest.mock import patch

import pytest

from cxc.access.scoped import Side
from cxc.workflow import NotAllowed, Refused, perform
from matching.enums import MatchState, PlanScope, PlanStage
from matching.models import Match, Plan, PlannedPair
from matching.services.plans import pairs, pending, submission
from profiles.models import PartnershipMembership, Profile
from tests.factories.parties import Parties, usual_parties
from tests.matching import factories, plan_factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


def three(parties: Parties) -> list[Profile]:
    factories.hosting(parties)
    return [factories.visiting(parties), factories.another_visitor(parties)[0], factories.another_visitor(parties)[0]]


def test_kept_pairs_are_proposed_by_who_sent_them_and_removed_ones_not(parties: Parties) -> None:
    visitors = three(parties)
    plan = plan_factory.generated(parties.vop_coordinator)
    pairs.remove_pair(plan, plan.pairs.get(visiting=visitors[0]).pk, by=parties.vop_coordinator)
    plan = plan_factory.submitted(plan, parties.vop_coordinator, " We think that you fit. ")
    matches = Match.objects.order_by("visiting_profile_id")
    assert [match.visiting_profile for match in matches] == visitors[1:]
    assert {(match.state, match.initiated_by, match.message) for match in matches} == {
        (MatchState.PROPOSED, Side.VOP, "We think that you fit.")
    }
    assert set(plan.pairs.included().values_list("match", flat=True)) == {match.pk for match in matches}
    assert plan.stage == PlanStage.SENT


def test_the_support_office_sends_as_itself(parties: Parties) -> None:
    three(parties)
    plan_factory.submitted(plan_factory.generated(parties.so, PlanScope.EVERYBODY), parties.so)
    assert set(Match.objects.values_list("initiated_by", flat=True)) == {Side.SO}


def test_one_refusal_stops_nobody_else(parties: Parties) -> None:
    visitors = three(parties)
    plan = plan_factory.generated(parties.vop_coordinator)
    perform(visitors[0], "unpublish", by=parties.vop_coordinator, reason="Not now.")
    plan = plan_factory.submitted(plan, parties.vop_coordinator)
    refused = plan.pairs.get(visiting=visitors[0])
    assert (refused.match, refused.refused.startswith("Publish the profile of ")) == (None, True)
    assert set(Match.objects.values_list("visiting_profile", flat=True)) == {visitors[1].pk, visitors[2].pk}


def test_one_failure_stops_nobody_else(parties: Parties) -> None:
    visitors = three(parties)
    plan = plan_factory.generated(parties.vop_coordinator)

    def fail(pair: PlannedPair, *_: object) -> None:
        if pair.visiting == visitors[1]:
            raise ZeroDivisionError

    with patch.object(submission, "_proposers", [fail]):
        plan = plan_factory.submitted(plan, parties.vop_coordinator)
    assert plan.pairs.get(visiting=visitors[1]).refused.startswith("It failed for a technical reason.")
    assert set(Match.objects.values_list("visiting_profile", flat=True)) == {visitors[0].pk, visitors[2].pk}


def test_sent_twice_it_is_sent_once(parties: Parties) -> None:
    three(parties)
    plan = plan_factory.submitted(plan_factory.generated(parties.vop_coordinator), parties.vop_coordinator)
    with pytest.raises(Refused, match="sent already"):
        submission.submit(plan, by=parties.vop_coordinator)
    assert (submission.propose_pairs(plan.pk), Match.objects.count()) == (0, 3)


def test_what_a_lost_worker_left_is_sent_later(parties: Parties) -> None:
    three(parties)
    plan = plan_factory.generated(parties.vop_coordinator)
    submission.submit(plan, by=parties.vop_coordinator)
    first = plan.pairs.first()
    assert first is not None
    submission._propose_one(first.pk, Plan.objects.get(pk=plan.pk), parties.vop_coordinator)
    assert pending.pending_plans() == [plan.pk]
    assert pending.process_plan(plan.pk)
    assert (Match.objects.count(), pending.pending_plans()) == (3, [])


def test_who_may_not_any_more_has_sent_nothing(parties: Parties) -> None:
    three(parties)
    plan = plan_factory.generated(parties.vop_coordinator)
    submission.submit(plan, by=parties.vop_coordinator)
    PartnershipMembership.objects.all().delete()
    assert not pending.process_plan(plan.pk)
    plan.refresh_from_db()
    assert (plan.stage, Match.objects.count()) == (PlanStage.DRAFT, 0)
    assert "may not propose here any more" in plan.error


def test_nothing_to_send_and_not_ones_own_are_refused(parties: Parties) -> None:
    with pytest.raises(Refused, match="until the plan is made"):
        submission.submit(plan_factory.requested(parties.hop_coordinator), by=parties.hop_coordinator)
    plan = plan_factory.generated(parties.vop_coordinator)
    with pytest.raises(Refused, match="Add a pair first"):
        submission.submit(plan, by=parties.vop_coordinator)
    for actor in (parties.vo, parties.hop_coordinator):
        with pytest.raises(NotAllowed):
            submission.submit(plan, by=actor)
