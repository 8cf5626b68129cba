"""“Fill this visit”: the best set of visitors for its places, proposed for the visit."""

from datetime import timedelta

import pytest

from cxc import clock
from cxc.workflow import NotAllowed, Refused, perform
from exchanges.models import Visit, VisitProposal
from exchanges.services import visit_plan
from matching.enums import PlanMethod
from matching.links import plan_links
from matching.models import Match, Plan
from matching.services.plans import draft, pairs
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.matching import plan_factory
from tests.scenarios import lifecycle, open_visits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
WAY = {"method": PlanMethod.GREATEST_TOTAL}


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


def filled(visit: Visit, by: object, places: int = 1) -> Plan:
    """The plan, made."""
    plan = visit_plan.plan_visit(visit, places=places, by=by, **WAY)
    draft.generate(plan.pk)
    return Plan.objects.get(pk=plan.pk)


def test_an_open_visit_is_filled_and_its_proposals_are_for_it(parties: Parties) -> None:
    visit = open_visits.open_visit(parties, places=2)
    visitors = [open_visits.another_published_visitor(parties)[0] for _ in range(3)]
    open_visits.another_published_visitor(parties, available_from=lifecycle.LAST)
    open_visits.another_published_visitor(parties, working_days=4)
    plan = filled(visit, parties.hop_coordinator, places=2)
    assert (plan.visitors, plan.pairs.count(), plan.working_days) == (3, 2, 3)
    assert {visitor for visitor, _host in plan_factory.included_pairs(plan)} < set(visitors)
    plan_factory.submitted(plan, parties.hop_coordinator, "Do come.")
    assert list(VisitProposal.objects.values_list("visit", flat=True)) == [visit.pk] * 2
    match = Match.objects.first()
    assert match is not None
    assert match.message == "For the visit “Looms”, 28 Sep 2026 to 30 Sep 2026.\n\nDo come."
    assert [link.url for link in plan_links(plan, parties.hop_coordinator)] == [visit.get_absolute_url()]
    with pytest.raises(Refused, match="all 2 are taken or asked for"):
        visit_plan.plan_visit(visit, places=1, by=parties.hop_coordinator, **WAY)


def test_a_visit_that_is_not_open_is_filled_too(parties: Parties) -> None:
    match = lifecycle.confirmed(parties)
    visit = lifecycle.visit(match, parties.vop_coordinator)
    lifecycle.exchange(match, visit, parties.vop_coordinator)
    visitor = open_visits.another_published_visitor(parties)[0]
    plan = filled(visit, parties.vop_coordinator, places=9)
    assert plan_factory.included_pairs(plan) == {(visitor, visit.host_profile)}
    plan_factory.submitted(plan, parties.vop_coordinator)
    assert VisitProposal.objects.get(visit=visit).match.visiting_profile == visitor


def test_a_partnership_that_is_not_the_hosts_fills_it_with_its_own(parties: Parties) -> None:
    visit = lifecycle.visit(lifecycle.confirmed(parties), parties.vop_coordinator)
    mine = open_visits.another_published_visitor(parties)[0]
    other = usual_parties("FR", "DE")
    theirs = open_visits.published_visitor(other)
    assert plan_factory.included_pairs(filled(visit, parties.vop_coordinator, 5)) == {(mine, visit.host_profile)}
    both = {(mine, visit.host_profile), (theirs, visit.host_profile)}
    assert plan_factory.included_pairs(filled(visit, parties.hop_coordinator, 5)) == both


def test_a_visit_is_at_one_host(parties: Parties) -> None:
    visit = open_visits.open_visit(parties)
    visitor = open_visits.another_published_visitor(parties)[0]
    other = open_visits.published_host(usual_parties())
    plan = filled(visit, parties.so)
    pair = plan.pairs.get()
    with pytest.raises(Refused, match="this plan is for one host"):
        pairs.add_pair(plan, visiting=visitor, host=other, by=parties.so, instead_of=pair.pk)
    page = client_for(parties.so).get(f"{plan.get_absolute_url()}partner-for/{visitor.pk}/").content.decode()
    assert (str(visit.host_profile.organisation) in page, str(other.organisation) in page) == (True, False)
    assert "Another host" not in client_for(parties.so).get(plan.get_absolute_url()).content.decode()


def test_what_changed_meanwhile_is_refused_alone(parties: Parties) -> None:
    visit = open_visits.open_visit(parties)
    first, owner = open_visits.another_published_visitor(parties)
    second = open_visits.another_published_visitor(parties)[0]
    plan = filled(visit, parties.hop_coordinator, places=5)
    perform(first, "unpublish", by=owner, reason="Not now.")
    plan = plan_factory.submitted(plan, parties.hop_coordinator)
    assert "Publish the profile of" in plan.pairs.get(visiting=first).refused
    assert Match.objects.get().visiting_profile == second


def test_who_may_fill_what_when(parties: Parties) -> None:
    visit = open_visits.open_visit(parties, places=1)
    for actor in (
        parties.ho,
        parties.vo,
        usual_parties().hop_coordinator,
        people.coordinator(parties.hop, "reader"),
        people.observer(),
    ):
        with pytest.raises(NotAllowed):
            visit_plan.plan_visit(visit, places=1, by=actor, **WAY)
    with pytest.raises(Refused, match="at most 1 places"):
        visit_plan.plan_visit(visit, places=2, by=parties.hop_coordinator, **WAY)
    with clock.at(lifecycle.NOW + timedelta(days=30)), pytest.raises(Refused, match="too late for this one"):
        visit_plan.plan_visit(visit, places=1, by=parties.so, **WAY)


def test_asked_twice_it_is_one_plan_and_another_visit_waits(parties: Parties) -> None:
    visit = open_visits.open_visit(parties)
    plan = visit_plan.plan_visit(visit, places=1, by=parties.hop_coordinator, **WAY)
    assert visit_plan.plan_visit(visit, places=3, by=parties.hop_coordinator, **WAY) == plan
    twin = open_visits.open_visit(parties, host=visit.host_profile)
    with pytest.raises(Refused, match="another visit of this host"):
        visit_plan.plan_visit(twin, places=1, by=parties.hop_coordinator, **WAY)
    later = open_visits.open_visit(parties, host=visit.host_profile, last_day=lifecycle.LAST + timedelta(days=1))
    assert visit_plan.plan_visit(later, places=1, by=parties.hop_coordinator, **WAY) != plan
