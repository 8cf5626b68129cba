"""The dashboard's numbers: each is the length of the list that it leads to, whoever looks, in every generation."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from cxc import clock
from cxc.access.scoped import Actor
from exchanges.models import Exchange
from profiles.enums import Modality, PartnershipRole
from profiles.models import Participation
from tests.exchanges.views import builders
from tests.factories import people
from tests.factories.cache import cached
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.queries import count_queries
from tests.reports.dashboard.figure_links import figures, wrong_figures
from tests.scenarios import completion, lifecycle
from tests.scenarios.states import BUILDERS

pytestmark = [pytest.mark.long(100), pytest.mark.django_db, pytest.mark.usefixtures("now")]

DASHBOARD = "/dashboard/"
LATER = lifecycle.NOW + timedelta(days=40)


@pytest.fixture
def parties(now: None) -> Parties:
    return usual_parties()


@cached
def one_of_each(parties: Parties) -> None:
    """Profiles, matches, exchanges and payments in all their states, each of a visitor of its own."""
    for kind in ("profile", "match", "exchange", "payment"):
        for build in BUILDERS[kind].values():
            build(with_another_visitor(parties))


@pytest.fixture
def both(parties: Parties) -> Iterator[Parties]:
    """A Partnership on both sides of some, on one side of others; days later, so that much is late."""
    one_of_each(parties)
    own = replace(parties, hop=parties.vop, hop_coordinator=parties.vop_coordinator)
    for build in (lifecycle.proposed, lifecycle.in_preparation, completion.closed):
        build(with_another_visitor(own))
    builders.roomy(with_another_visitor(parties), Modality.VIRTUAL)
    with clock.at(LATER):
        yield parties


def test_every_number_is_the_length_of_its_list(both: Parties) -> None:
    """On a Partnership's own page, with its sides as VOP and as HOP, and on the overview of all."""
    parties = both
    seen = {
        "vop": (parties.vop_coordinator, DASHBOARD),
        "overview": (parties.so, DASHBOARD),
    }
    wrong = {name: wrong_figures(client_for(actor), address) for name, (actor, address) in seen.items()}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_the_numbers_are_those_of_what_there_is(both: Parties) -> None:
    found = figures(client_for(both.vop_coordinator), DASHBOARD)
    own, where = both.vop.acronym, "generation=gen"
    assert found[f"/profiles/?partnership={own}&kind=visiting&{where}&state=submitted"] == 1
    assert found[f"/exchanges/?partnership={own}&{where}&state=draft"] == 1
    assert found[f"/exchanges/?partnership={own}&{where}&state=cancelled"] == 1
    assert found[f"/exchanges/?host_partnership={own}&{where}&state=preparation"] == 1
    assert found[f"/matches/?partnership={own}&{where}&state=declined"] == 1
    assert found[f"/payments/?partnership={own}&{where}&state=paid"] == 1
    assert found[f"/payments/?partnership={own}&{where}&state=due&late=pay"] == 4
    assert sum("late=" in url and number > 0 for url, number in found.items()) > 5


def test_money_is_promised_due_and_paid(parties: Parties) -> None:
    due = completion.closed(parties).payment
    paid = completion.paid(with_another_visitor(parties))
    running = builders.roomy(with_another_visitor(parties))
    builders.roomy(with_another_visitor(parties), Modality.VIRTUAL)
    with clock.at(completion.AFTER):
        completion.pay(due, parties.vop_coordinator, amount=due.amount - 1)
        response = client_for(parties.vop_coordinator).get(DASHBOARD)
    rows = {str(row.label): row.figures[0] for row in response.context["dashboard"].money.rows.values()}
    assert {name: (figure.number, figure.amount) for name, figure in rows.items()} == {
        "Promised": (1, running.agreed_lump_sum),
        "Due": (1, 1),
        "Of these, late": (0, 0),
        "Paid of these already": (1, due.amount - 1),
        "Paid in full": (1, paid.paid_amount),
    }


def test_money_grouped_and_single_make_up_the_whole(parties: Parties) -> None:
    first = builders.roomy(parties)
    lifecycle.joined(with_another_visitor(parties), first.visit)
    builders.roomy(with_another_visitor(parties))
    promised = client_for(parties.vop_coordinator).get(DASHBOARD).context["dashboard"].money.rows["promised"]
    assert [figure.number for figure in promised.figures] == [3, 2, 1]
    assert promised.figures[0].amount == promised.figures[1].amount + promised.figures[2].amount > 0


def test_the_target_is_told_with_what_is_done_and_the_last_day(parties: Parties) -> None:
    completion.closed(parties)
    builders.roomy(with_another_visitor(parties))
    Participation.objects.filter(partnership=parties.vop).update(target=8, last_day=date(2026, 12, 31))
    (target,) = client_for(parties.vop_coordinator).get(DASHBOARD).context["dashboard"].targets
    assert (target.confirmed.number, target.closed.number, target.percent, target.remaining) == (2, 1, 25, 6)
    page = " ".join(client_for(parties.vop_coordinator).get(DASHBOARD).content.decode().split())
    assert "of 8 exchanges confirmed (25 %)." in page
    assert "31 Dec 2026, in 115 days." in page


def test_the_generation_stands_in_the_address(parties: Parties) -> None:
    builders.roomy(parties)
    older = people.generation("old", date(2019, 1, 1), date(2021, 12, 31))
    Participation.objects.create(partnership=parties.vop, generation=older, target=1, last_day=older.last_day)
    client = client_for(parties.vop_coordinator)
    own = parties.vop.acronym
    assert f"/exchanges/?partnership={own}&generation=gen&state=preparation" in figures(client, DASHBOARD)
    assert (
        figures(client, f"{DASHBOARD}?generation=old")[
            f"/exchanges/?partnership={own}&generation=old&state=preparation"
        ]
        == 0
    )
    assert figures(client, f"{DASHBOARD}?generation=all")[f"/exchanges/?partnership={own}&state=preparation"] == 1
    assert client.get(f"{DASHBOARD}?generation=none").status_code == 404


def test_what_is_late_in_another_generation_is_pointed_at(parties: Parties) -> None:
    builders.roomy(parties)
    newer = people.generation("new", date(2026, 1, 1), date(2029, 12, 31))
    Participation.objects.create(partnership=parties.vop, generation=newer, target=1, last_day=newer.last_day)
    with clock.at(LATER):
        client = client_for(parties.vop_coordinator)
        late = [client.get(f"{DASHBOARD}?generation={code}").context["dashboard"].overdue for code in ("new", "all")]
    assert (late[0].number, late[0].in_other_generations, late[1].in_other_generations) == (0, True, False)
    assert late[1].number > 0


def test_whose_dashboard_one_may_open(parties: Parties) -> None:
    other = usual_parties()
    asked: dict[str, tuple[Actor, str]] = {
        "own": (parties.vop_coordinator, f"?partnership={parties.vop.acronym}"),
        "another": (parties.vop_coordinator, f"?partnership={other.vop.acronym}"),
        "organisation": (parties.vo, ""),
        "so": (parties.so, f"?partnership={parties.vop.acronym}"),
        "so, none such": (parties.so, "?partnership=Nobody"),
        "stranger": (people.stranger(), ""),
    }
    found = {name: client_for(actor).get(DASHBOARD + query).status_code for name, (actor, query) in asked.items()}
    assert found == {
        "own": 200,
        "another": 404,
        "organisation": 403,
        "so": 200,
        "so, none such": 404,
        "stranger": 403,
    }


def test_the_dashboard_follows_the_to_do_page_in_the_menu(parties: Parties) -> None:
    page = client_for(parties.vop_coordinator).get("/todo/").content.decode()
    assert 0 < page.index('href="/todo/"') < page.index('href="/dashboard/"') < page.index('href="/profiles/"')
    assert 'href="/dashboard/"' not in client_for(parties.vo).get("/todo/").content.decode()


def test_the_number_of_queries_does_not_grow(parties: Parties) -> None:
    first = builders.roomy(parties)
    board, offices = client_for(parties.vop_coordinator), client_for(parties.so)
    pages = [(board, DASHBOARD), (offices, DASHBOARD), (offices, f"{DASHBOARD}?partnership={parties.vop.acronym}")]

    def counts() -> list[int]:
        with clock.at(LATER):
            return [count_queries(client, address) for client, address in pages]

    one = counts()
    for _ in range(2):
        lifecycle.joined(with_another_visitor(parties), first.visit)
        builders.roomy(with_another_visitor(usual_parties()))
    assert counts() == one
    assert Exchange.objects.count() == 5


def test_readers_are_not_sent_to_accept(parties: Parties) -> None:
    reader = people.coordinator(parties.vop, PartnershipRole.READER)
    address = reverse("profiles-review")
    assert address in client_for(parties.vop_coordinator).get(DASHBOARD).content.decode()
    assert address not in client_for(reader).get(DASHBOARD).content.decode()
