"""The coordinator's bench through its pages."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client

from cxc.access.scoped import Actor
from cxc.core.templatetags.moments import period
from cxc.workflow import perform
from matching.enums import PlanScope
from matching.models import Match, Plan
from matching.services.plans import pairs, pending
from matching.views import bench
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.html import source_of
from tests.matching import factories, plan_factory
from tests.matching.views.test_access import expect, roles, statuses
from tests.queries import count_queries
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

COORDINATORS = ("VOP", "HOP", "SO")
PARTNERSHIPS = (*COORDINATORS, "VOP reader")
ORGANISATIONS = ("VO owner", "VO editor", "VO reader", "HO owner", "HO reader", "other organisation", "unpublished")


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


def text(actor: Actor, address: str, status: int = 200) -> str:
    response = client_for(actor).get(address)
    assert response.status_code == status
    return source_of(response)


# --- who sees what -------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/bench/", "/bench/?kind=host", "/bench/?kind=both&page=x", "/bench/plans/"])
def test_the_bench_is_for_partnerships_and_the_support_office(client: Client, parties: Parties, address: str) -> None:
    lifecycle.proposed(parties)
    found = statuses(client, roles(parties), address)
    assert found == expect(s200=PARTNERSHIPS, s403=(*ORGANISATIONS, "observer", "stranger"))


def test_coordinators_ask_for_plans(client: Client, parties: Parties) -> None:
    found = statuses(client, roles(parties), "/bench/plans/new/")
    assert found == expect(s200=COORDINATORS, s403=(*ORGANISATIONS, "VOP reader", "observer", "stranger"))


def test_a_plan_is_its_own_benchs(client: Client, parties: Parties) -> None:
    visitor = factories.visiting(parties)
    factories.hosting(parties)
    plan = plan_factory.generated(parties.vop_coordinator)
    actors = roles(parties)
    elsewhere = (*ORGANISATIONS, "HOP", "stranger")
    page = statuses(client, actors, plan.get_absolute_url())
    assert page == expect(s200=("VOP", "VOP reader", "SO"), s403=("observer",), s404=elsewhere)
    choosing = statuses(client, actors, f"{plan.get_absolute_url()}partner-for/{visitor.pk}/")
    assert choosing == expect(s200=("VOP", "SO"), s403=("VOP reader", "observer"), s404=elsewhere)


def test_only_its_coordinators_and_the_support_office_write_on_it(parties: Parties) -> None:
    factories.visiting(parties), factories.hosting(parties)
    plan = plan_factory.generated(parties.vop_coordinator)
    actors = roles(parties)
    pair = plan.pairs.get().pk
    for act in (f"pairs/{pair}/remove/", f"pairs/{pair}/restore/", "send/", "discard/"):
        address = plan.get_absolute_url() + act
        found = {
            who: client_for(actor).post(address).status_code for who, actor in actors.items() if who not in COORDINATORS
        }
        elsewhere = (*ORGANISATIONS, "stranger")
        assert found == expect(s403=("observer", "VOP reader"), s404=elsewhere), act
        assert client_for(parties.hop_coordinator).post(address).status_code == 404
        assert client_for(parties.vop_coordinator).get(address).status_code == 405
    assert plan_factory.included_pairs(plan)


# --- at a glance ---------------------------------------------------------------------------------


def test_each_unmatched_profile_with_its_three_best_partners(parties: Parties) -> None:
    visitor = factories.visiting(parties)
    hosts = [factories.hosting(parties), *[factories.another_host(parties)[0] for _ in range(3)]]
    page = text(parties.vop_coordinator, "/bench/")
    assert sum(f'propose/?for={visitor.pk}&amp;modality=physical"' in part for part in page.split("<a ")) == 3
    assert sum(f"/catalogue/{host.pk}/" in page for host in hosts) == 3
    assert "of 100" in page
    assert "Everybody here has a partner." in text(parties.vop_coordinator, "/bench/?kind=host")
    assert "10 of 10 places free" in text(parties.hop_coordinator, "/bench/")


def test_who_is_matched_or_full_is_not_on_the_bench(parties: Parties) -> None:
    visitor, host = factories.visiting(parties, virtual=False), factories.hosting(parties, places=1, virtual=False)
    assert str(visitor.organisation) in text(parties.so, "/bench/")
    factories.confirmed_between(visitor, parties.vo, host, parties.ho)
    for actor in (parties.so, parties.vop_coordinator, parties.hop_coordinator):
        for kind in ("visiting", "host"):
            assert "Everybody here has a partner." in text(actor, f"/bench/?kind={kind}")


def test_the_bench_asks_as_much_for_every_page(parties: Parties) -> None:
    """Apart from the one ranking for each profile that is shown, ten at most."""
    factories.hosting(parties)
    factories.visiting(parties), factories.another_visitor(parties)
    client = client_for(parties.vop_coordinator)
    with patch.object(bench, "ROWS", 2):
        few = count_queries(client, "/bench/")
        for _ in range(3):
            factories.another_visitor(parties)
            factories.another_host(parties)
        assert count_queries(client, "/bench/") == few


# --- a plan from the question to the proposals ---------------------------------------------------


def test_from_the_question_to_the_proposals(parties: Parties) -> None:
    visitors = [factories.visiting(parties), factories.another_visitor(parties)[0]]
    factories.hosting(parties)
    client = client_for(parties.vop_coordinator)
    asked = {
        "generation": visitors[0].generation_id,
        "scope": PlanScope.VISITORS,
        "modality": "physical",
        "plan_method": "stable",
        "min_fit": "10",
    }
    response = client.post("/bench/plans/new/", asked)
    plan = Plan.objects.get()
    address = plan.get_absolute_url()
    assert (response["Location"], plan.method, plan.min_fit) == (address, "stable", 10)
    assert "Waiting for its turn." in text(parties.vop_coordinator, address)
    pending.process_plan(plan.pk)
    page = text(parties.vop_coordinator, address)
    assert "Send 2 proposals" in page
    assert "No pair would rather swap (chosen)" in page
    removed = plan.pairs.get(visiting=visitors[0])
    back = client.post(f"{address}pairs/{removed.pk}/remove/", {"page": "1"})
    assert back["Location"] == f"{address}?page=1#pair-{removed.pk}"
    assert "Send 1 proposal" in text(parties.vop_coordinator, address)
    client.post(f"{address}send/", {"message": "Do meet."})
    assert "Being sent: 0 of 1 proposals." in text(parties.vop_coordinator, address)
    pending.process_plan(plan.pk)
    match = Match.objects.get()
    assert (match.visiting_profile, match.message) == (visitors[1], "Do meet.")
    page = text(parties.vop_coordinator, address)
    assert f"/matches/{match.pk}/" in page
    assert "1 proposed, 0 refused." in page
    assert client.post(f"{address}send/").status_code == 409


def test_the_part_that_looks_again_by_itself(parties: Parties) -> None:
    plan = plan_factory.requested(parties.vop_coordinator)
    client = client_for(parties.vop_coordinator)
    Plan.objects.filter(pk=plan.pk).update(progress_done=20, progress_total=50)
    part = client.get(plan.get_absolute_url(), headers={"HX-Request": "true"})
    assert "20 of 50 profiles compared" in part.content.decode()
    assert "<html" not in part.content.decode()
    Plan.objects.filter(pk=plan.pk).update(progress_done=0, progress_total=0)
    pending.process_plan(plan.pk)
    assert client.get(plan.get_absolute_url(), headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_nobody_to_match_is_said(parties: Parties) -> None:
    assert "Nobody to match: 0 visitors and 0 hosts" in text(
        parties.vop_coordinator, plan_factory.generated(parties.vop_coordinator).get_absolute_url()
    )


def test_what_failed_says_so(parties: Parties) -> None:
    plan = plan_factory.requested(parties.vop_coordinator)
    Plan.objects.filter(pk=plan.pk).update(error="It could not be made.")
    assert "It could not be made." in text(parties.vop_coordinator, plan.get_absolute_url())


def test_a_profile_unpublished_meanwhile_is_marked_and_refused_alone(parties: Parties) -> None:
    visitor = factories.visiting(parties)
    factories.another_visitor(parties), factories.hosting(parties)
    plan = plan_factory.generated(parties.vop_coordinator)
    perform(visitor, "unpublish", by=parties.vo, reason="Not now.")
    assert "no longer published" in text(parties.vop_coordinator, plan.get_absolute_url())
    plan_factory.submitted(plan, parties.vop_coordinator)
    page = text(parties.vop_coordinator, plan.get_absolute_url())
    assert "1 proposed, 1 refused." in page
    assert f"Publish the profile of {parties.visitor} first." in page


@pytest.mark.parametrize(
    "wrong",
    [{"generation": "x"}, {"scope": "everybody"}, {"modality": "by post"}, {"plan_method": ""}, {"min_fit": "101"}],
)
def test_a_question_that_cannot_be_read_comes_again(parties: Parties, wrong: dict[str, str]) -> None:
    visitor = factories.visiting(parties)
    asked = {"generation": visitor.generation_id, "scope": "visitors", "modality": "physical"}
    asked |= {"plan_method": "greatest", "min_fit": "0"}
    response = client_for(parties.vop_coordinator).post("/bench/plans/new/", asked | wrong)
    assert (response.status_code, Plan.objects.count()) == (400, 0)


def test_a_plan_thrown_away(parties: Parties) -> None:
    plan = plan_factory.generated(parties.vop_coordinator)
    client = client_for(parties.vop_coordinator)
    assert client.post(f"{plan.get_absolute_url()}discard/")["Location"] == "/bench/"
    assert client.post(f"{plan.get_absolute_url()}discard/").status_code == 404


# --- edited by hand ------------------------------------------------------------------------------


def test_another_host_and_another_visitor_are_chosen_from_those_who_fit(parties: Parties) -> None:
    visitors = [factories.visiting(parties), factories.another_visitor(parties)[0]]
    hosts = [factories.hosting(parties, places=1), factories.another_host(parties, places=1)[0]]
    plan = plan_factory.generated(parties.vop_coordinator)
    address, client = plan.get_absolute_url(), client_for(parties.vop_coordinator)
    pair = plan.pairs.get(visiting=visitors[0])
    other = next(host for host in hosts if host != pair.host)
    choosing = f"{address}partner-for/{visitors[0].pk}/"
    page = text(parties.vop_coordinator, choosing)
    assert f"{other.organisation}, {other.organisation.country} (no place left in this plan)" in page
    assert client.post(choosing, {"partner": other.pk})["Location"] == address
    assert (visitors[0], other) in plan_factory.included_pairs(plan)
    page = text(parties.vop_coordinator, address)
    assert ("more than its free places" in page, "chosen by hand" in page) == (True, True)
    # The first host has nobody now: the second visitor goes there in place of its own.
    removed = plan.pairs.included().get(visiting=visitors[1])
    pairs.remove_pair(plan, removed.pk, by=parties.vop_coordinator)
    assert "1 visitor without a host" in text(parties.vop_coordinator, address)
    choosing = f"{address}partner-for/{pair.host_id}/"
    assert client.post(choosing, {"partner": visitors[1].pk}).status_code == 302
    assert plan_factory.included_pairs(plan) == {(visitors[0], other), (visitors[1], pair.host)}
    assert "0 visitors without" not in text(parties.vop_coordinator, address)


def test_another_visitor_instead_of_one(parties: Parties) -> None:
    visitors = [factories.visiting(parties), factories.another_visitor(parties)[0]]
    host = factories.hosting(parties, places=1)
    plan = plan_factory.generated(parties.vop_coordinator)
    pair = plan.pairs.get()
    left = next(visitor for visitor in visitors if visitor != pair.visiting)
    choosing = f"{plan.get_absolute_url()}partner-for/{host.pk}/?instead={pair.pk}"
    client = client_for(parties.vop_coordinator)
    assert f"It takes the place of the pair {pair}." in text(parties.vop_coordinator, choosing)
    assert client.post(choosing, {"partner": left.pk, "instead": pair.pk}).status_code == 302
    assert plan_factory.included_pairs(plan) == {(left, host)}


def test_a_choice_that_is_none_comes_again_and_a_stranger_is_not_found(parties: Parties) -> None:
    visitor = factories.visiting(parties)
    factories.hosting(parties)
    plan = plan_factory.generated(parties.vop_coordinator)
    client, address = client_for(parties.vop_coordinator), plan.get_absolute_url()
    for wrong in ("", "x", "0", str(visitor.pk), "9" * 30):
        assert client.post(f"{address}partner-for/{visitor.pk}/", {"partner": wrong}).status_code == 400
    assert client.get(f"{address}partner-for/0/").status_code == 404
    assert client.post(f"{address}pairs/0/remove/").status_code == 302
    assert client.post(f"{address}pairs/0/dance/").status_code == 404
    instead = f"{address}partner-for/{plan.pairs.get().host_id}/?instead={'9' * 30}"
    assert "Nobody else can be proposed here." in text(parties.vop_coordinator, instead)


def test_a_draft_asks_as_much_for_many_pairs_as_for_one(parties: Parties) -> None:
    factories.hosting(parties)
    counts = []
    for more in (2, 6):
        for _ in range(more):
            factories.another_visitor(parties)
        plan = plan_factory.generated(parties.vop_coordinator)
        first = plan.pairs.first()
        assert first is not None
        pairs.remove_pair(plan, first.pk, by=parties.vop_coordinator)
        counts.append(count_queries(client_for(parties.vop_coordinator), plan.get_absolute_url()))
    assert counts[0] == counts[1]


def test_the_list_of_plans(parties: Parties) -> None:
    mine, other = plan_factory.generated(parties.vop_coordinator), plan_factory.requested(parties.hop_coordinator)
    page = text(parties.vop_coordinator, "/bench/plans/")
    assert (mine.get_absolute_url() in page, other.get_absolute_url() in page) == (True, False)
    assert "Draft" in page
    assert str(parties.hop) in text(parties.so, "/bench/plans/")


def test_a_visits_days_stand_on_its_plan(parties: Parties) -> None:
    plan = plan_factory.requested(parties.vop_coordinator)
    last = lifecycle.FIRST + timedelta(days=2)
    Plan.objects.filter(pk=plan.pk).update(first_day=lifecycle.FIRST, last_day=last)
    assert period(lifecycle.FIRST, last) in text(parties.vop_coordinator, plan.get_absolute_url())
