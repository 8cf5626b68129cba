"""What a plan looks at, and what comes of it."""

import math
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction

from cxc.core.models import SchemeSettings
from cxc.workflow import NotAllowed, Refused, perform
from matching.enums import PlanMethod, PlanScope, PlanStage
from matching.models import Match, Plan, PlannedPair
from matching.services import hidden_profiles
from matching.services.plans import draft, pending, requests
from matching.services.profile_indexes import update_indexes
from matching.services.proposals import propose
from profiles.models import Profile, Topic
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.matching import factories, plan_factory
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


def seeking(profile: Profile, *topics: Topic) -> Profile:
    profile.seeks.set(topics)
    update_indexes([profile.pk])
    return profile


def offering(profile: Profile, *topics: Topic) -> Profile:
    profile.offers.set(topics)
    update_indexes([profile.pk])
    return profile


def test_each_visitor_gets_the_host_that_is_best_for_all(parties: Parties) -> None:
    one, two = Topic.objects.all()[:2]
    visitors = [seeking(factories.visiting(parties), one), seeking(factories.another_visitor(parties)[0], two)]
    hosts = [
        offering(factories.another_host(parties, places=1)[0], two),
        offering(factories.another_host(parties, places=1)[0], one),
    ]
    plan = plan_factory.generated(parties.vop_coordinator)
    assert plan_factory.included_pairs(plan) == {(visitors[0], hosts[1]), (visitors[1], hosts[0])}
    assert (plan.progress_done, plan.progress_total, plan.visitors, plan.hosts) == (2, 2, 2, 2)
    total = sum(pair.score for pair in plan.pairs.all())
    assert plan.greatest_total == pytest.approx(total)
    assert (plan.greatest_pairs, plan.stable_pairs, plan.blocking_pairs) == (2, 2, 0)
    pair = plan.pairs.get(visiting=visitors[0])
    assert any(good and str(one) in words for good, words in pair.reasons)


def test_by_either_method_the_places_hold_and_both_totals_are_told(parties: Parties) -> None:
    factories.hosting(parties, places=2)
    for _ in range(3):
        factories.another_visitor(parties)
    for method in PlanMethod:
        plan = plan_factory.generated(parties.vop_coordinator, method=method)
        assert (plan.pairs.count(), plan.greatest_pairs, plan.stable_pairs) == (2, 2, 2)
        assert 0 < plan.stable_total <= plan.greatest_total


def test_our_hosts_are_filled_with_everybodys_visitors(parties: Parties) -> None:
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    factories.another_host(usual_parties())
    plan = plan_factory.generated(parties.hop_coordinator, PlanScope.HOSTS)
    assert plan_factory.included_pairs(plan) == {(visitor, host)}
    assert plan_factory.included_pairs(plan_factory.generated(parties.vop_coordinator, PlanScope.HOSTS)) == set()


def test_the_support_office_matches_everybody(parties: Parties) -> None:
    visitor, host = factories.visiting(parties), factories.hosting(parties, places=1)
    other = usual_parties("FR", "DE")
    theirs = factories.visiting(other), factories.hosting(other, places=1)
    found = plan_factory.included_pairs(plan_factory.generated(parties.so, PlanScope.EVERYBODY))
    assert {visitor for visitor, _host in found} == {visitor, theirs[0]}
    assert {host for _visitor, host in found} == {host, theirs[1]}


def test_who_is_matched_or_hidden_or_asked_enough_is_left_out(parties: Parties) -> None:
    host = factories.hosting(parties)
    matched, owner = factories.another_visitor(parties)
    factories.confirmed_between(matched, owner, host, parties.ho)
    hidden, owner = factories.another_visitor(parties)
    hidden_profiles.hide(profile=hidden, other=host, by=owner)
    hiding = factories.another_visitor(parties)[0]
    hidden_profiles.hide(profile=host, other=hiding, by=parties.ho)
    asked, owner = factories.another_visitor(parties)
    SchemeSettings.objects.update(open_proposals_limit=1)
    propose(visiting=asked, host=factories.hosting(usual_parties()), modality="physical", by=owner)
    left = factories.visiting(parties)
    plan = plan_factory.generated(parties.hop_coordinator, PlanScope.HOSTS)
    assert {visitor for visitor, _host in plan_factory.included_pairs(plan)} == {left}


def test_a_place_that_is_held_or_asked_for_is_not_planned(parties: Parties) -> None:
    host = factories.hosting(parties, places=3)
    for number in range(5):
        visitor, owner = factories.another_visitor(parties)
        if number == 0:
            factories.confirmed_between(visitor, owner, host, parties.ho)
        if number == 1:
            propose(visiting=visitor, host=host, modality="virtual", by=owner)
    assert plan_factory.generated(parties.vop_coordinator).pairs.count() == 1


def test_pairs_that_fit_less_than_asked_are_not_planned(parties: Parties) -> None:
    seeking(factories.visiting(parties), Topic.objects.all()[0])
    offering(factories.hosting(parties), Topic.objects.all()[1])
    score = plan_factory.generated(parties.vop_coordinator).pairs.get().score
    assert plan_factory.generated(parties.vop_coordinator, min_fit=math.floor(100 * score)).pairs.count() == 1
    assert plan_factory.generated(parties.vop_coordinator, min_fit=math.floor(100 * score) + 1).pairs.count() == 0


def test_the_other_modality_is_another_plan(parties: Parties) -> None:
    factories.visiting(parties), factories.hosting(parties, virtual=False)
    assert plan_factory.generated(parties.vop_coordinator, modality="virtual").pairs.count() == 0


def test_a_visit_is_filled_with_who_is_free_on_its_days(parties: Parties) -> None:
    host = factories.hosting(parties)
    visitors = [
        factories.visiting(parties),
        factories.another_visitor(parties, available_from=lifecycle.FIRST + (lifecycle.LAST - lifecycle.FIRST))[0],
        factories.another_visitor(parties, working_days=5)[0],
    ]
    days = {"first_day": lifecycle.FIRST, "last_day": lifecycle.LAST, "working_days": 3}
    asked = {"host": host, "modality": "physical", "method": PlanMethod.GREATEST_TOTAL}
    plan = requests.request_plan_for_host(by=parties.hop_coordinator, places=5, **asked, **days)
    draft.generate(plan.pk)
    assert plan_factory.included_pairs(plan) == {(visitors[0], host)}
    plan = requests.request_plan_for_host(by=parties.hop_coordinator, places=2, **asked)
    draft.generate(plan.pk)
    assert plan.pairs.count() == 2


def test_a_partnership_that_is_not_the_hosts_fills_it_with_its_own(parties: Parties) -> None:
    host, visitor = factories.hosting(parties), factories.visiting(parties)
    factories.visiting(usual_parties("FR", "DE"))
    asked = {"host": host, "modality": "physical", "method": PlanMethod.GREATEST_TOTAL, "places": 5}
    plan = requests.request_plan_for_host(by=parties.vop_coordinator, **asked)
    draft.generate(plan.pk)
    assert plan_factory.included_pairs(plan) == {(visitor, host)}


def test_nobody_to_match_is_an_empty_draft(parties: Parties) -> None:
    plan = plan_factory.generated(parties.vop_coordinator)
    assert (plan.stage, plan.visitors, plan.hosts, plan.pairs.count()) == (PlanStage.DRAFT, 0, 0, 0)


def test_who_asks_twice_gets_the_one_that_is_being_made(parties: Parties) -> None:
    first = plan_factory.requested(parties.vop_coordinator)
    assert plan_factory.requested(parties.vop_coordinator) == first
    assert plan_factory.requested(parties.vop_coordinator, PlanScope.HOSTS) != first
    assert plan_factory.requested(parties.hop_coordinator) != first
    assert pending.pending_plans() == list(Plan.objects.order_by("pk").values_list("pk", flat=True))
    assert pending.process_plan(first.pk)
    assert plan_factory.requested(parties.vop_coordinator) != first


def test_made_twice_it_is_made_once(parties: Parties) -> None:
    factories.visiting(parties), factories.hosting(parties)
    plan = plan_factory.generated(parties.vop_coordinator)
    assert (draft.generate(plan.pk), pending.process_plan(plan.pk), plan.pairs.count()) == (False, False, 1)


def test_what_fails_says_so_and_can_be_asked_for_again(parties: Parties) -> None:
    plan = plan_factory.requested(parties.vop_coordinator)
    with patch.object(draft, "_assignment_input", side_effect=ZeroDivisionError):
        assert not draft.generate(plan.pk)
    plan.refresh_from_db()
    assert (plan.stage, pending.pending_plans()) == (PlanStage.FAILED, [])
    assert plan_factory.generated(parties.vop_coordinator).stage == PlanStage.DRAFT


def test_thrown_away_while_it_is_made_leaves_nothing(parties: Parties) -> None:
    factories.visiting(parties), factories.hosting(parties)
    plan = plan_factory.requested(parties.vop_coordinator)
    with patch.object(draft, "places_to_fill", side_effect=lambda *_: plan.delete()):
        assert not draft.generate(plan.pk)
    assert not PlannedPair.objects.exists()


def test_who_may_ask_for_what(parties: Parties) -> None:
    refused = [
        (parties.vo, PlanScope.VISITORS),
        (parties.vop_coordinator, PlanScope.EVERYBODY),
        (parties.so, PlanScope.VISITORS),
        (people.observer(), PlanScope.EVERYBODY),
        (people.coordinator(parties.vop, "reader"), PlanScope.VISITORS),
    ]
    for actor, scope in refused:
        with pytest.raises(NotAllowed):
            plan_factory.requested(actor, scope)


def test_a_host_that_is_not_published_and_no_place_are_refused(parties: Parties) -> None:
    host, visitor = factories.hosting(parties), factories.visiting(parties)
    asked = {"modality": "physical", "method": PlanMethod.GREATEST_TOTAL, "by": parties.hop_coordinator}
    for wrong in ({"host": visitor, "places": 1}, {"host": host, "places": 0}):
        with pytest.raises(Refused):
            requests.request_plan_for_host(**asked, **wrong)
    perform(host, "unpublish", by=parties.ho, reason="Not now.")
    with pytest.raises(Refused, match="host profile published first"):
        requests.request_plan_for_host(host=host, places=1, **asked)


def test_a_draft_is_thrown_away_by_its_own_bench(parties: Parties) -> None:
    factories.visiting(parties), factories.hosting(parties)
    plan = plan_factory.generated(parties.vop_coordinator)
    with pytest.raises(NotAllowed):
        requests.discard(plan, by=parties.hop_coordinator)
    requests.discard(plan, by=parties.vop_coordinator)
    assert not Plan.objects.exists()
    sent = plan_factory.generated(parties.vop_coordinator)
    plan_factory.submitted(sent, parties.vop_coordinator)
    with pytest.raises(Refused, match="it was sent"):
        requests.discard(sent, by=parties.vop_coordinator)
    assert Match.objects.count() == 1


def test_the_database_holds_a_visitor_once_a_plan_and_two_different_ones_a_pair(parties: Parties) -> None:
    visitor, host, other = factories.visiting(parties), factories.hosting(parties), factories.another_host(parties)[0]
    plan = plan_factory.requested(parties.vop_coordinator)
    fit: dict[str, Any] = {"plan": plan, "score": 0.5, "own": 0.5, "theirs": 0.5}
    PlannedPair.objects.create(visiting=visitor, host=host, **fit)
    wrong: list[dict[str, Any]] = [
        {"visiting": visitor, "host": other},
        {"visiting": host, "host": host},
        {"visiting": visitor, "host": host, "is_included": False},
        {"visiting": visitor, "host": other, "is_included": False, "score": 1.5},
    ]
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            PlannedPair.objects.create(**(fit | fields))
    PlannedPair.objects.create(visiting=visitor, host=other, is_included=False, **fit)
