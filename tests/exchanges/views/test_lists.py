"""The lists of exchanges and visits: whose rows, which filter, how many questions to the database."""

import pytest
from django.test import Client
from django.urls import reverse

from cxc.workflow import perform
from profiles.enums import Modality
from tests.exchanges.views import builders
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.queries import assert_constant_queries, count_queries
from tests.scenarios import lifecycle

pytestmark = pytest.mark.django_db


def listed(client: Client, name: str, **query: str) -> list[int]:
    """The ids on the page, in order."""
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    return [row.pk for row in response.context["page"]]


def test_a_list_shows_what_one_takes_part_in(parties: Parties) -> None:
    mine, others = builders.roomy(parties), builders.roomy(usual_parties())
    for actor in (parties.vo, parties.ho, parties.vop_coordinator, parties.hop_coordinator):
        assert listed(client_for(actor), "exchanges") == [mine.pk]
        assert listed(client_for(actor), "visits") == [mine.visit_id]
    for actor in (parties.so, people.observer()):
        assert listed(client_for(actor), "exchanges") == [others.pk, mine.pk]
    assert listed(client_for(people.stranger()), "exchanges") == []


def test_each_filter_of_the_exchanges(parties: Parties) -> None:
    here, there = builders.roomy(parties), builders.roomy(usual_parties("FR", "DE"), Modality.VIRTUAL)
    perform(there, "cancel", by=parties.so, reason="Ill")
    client = client_for(parties.so)
    both = [there.pk, here.pk]
    assert listed(client, "exchanges", state="cancelled") == [there.pk]
    assert listed(client, "exchanges", modality="physical") == [here.pk]
    assert listed(client, "exchanges", generation="gen") == both
    assert listed(client, "exchanges", type=here.type_id) == both
    assert listed(client, "exchanges", country="DE") == [there.pk]
    assert listed(client, "exchanges", partnership=parties.vop.acronym) == [here.pk]
    assert listed(client, "exchanges", **{"from": "2026-09-29"}) == []
    assert listed(client, "exchanges", **{"from": "2026-09-28", "to": "2026-09-28"}) == both
    assert listed(client, "exchanges", text=parties.visitor.legal_name) == [here.pk]
    assert listed(client, "exchanges", text=there.reference) == [there.pk]


def test_each_filter_of_the_visits(parties: Parties) -> None:
    first = builders.roomy(parties)
    grouped = lifecycle.joined(with_another_visitor(parties), first.visit).visit_id
    single = builders.roomy(usual_parties("FR", "DE"), Modality.VIRTUAL).visit_id
    client = client_for(parties.so)
    assert listed(client, "visits", size="grouped") == [grouped]
    assert listed(client, "visits", size="single") == [single]
    assert listed(client, "visits", country="DE") == [single]
    assert listed(client, "visits", modality="physical") == [grouped]
    assert listed(client, "visits", **{"from": "2026-10-01"}) == []
    assert listed(client, "visits", text=parties.host.legal_name) == [grouped]


@pytest.mark.parametrize(
    ("query", "number"), [("", 2), ("?generation=none", 2), ("?state=open", 0), ("?text=Nobody", 0)]
)
def test_a_partnerships_visits_are_counted_as_they_are_listed(parties: Parties, query: str, number: int) -> None:
    """Two queries: one counts all, the other reads a page."""
    for one in (parties, with_another_visitor(parties)):
        lifecycle.in_preparation(one)
    lifecycle.in_preparation(usual_parties("PT", "FR"))
    listing = client_for(parties.vop_coordinator).get(f"/visits/{query}").context["listing"]
    assert (listing.count, len(listing.page.object_list)) == (number, number)


def test_a_filter_that_cannot_be_read_says_so_and_shows_the_rest(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    response = client_for(parties.vo).get(reverse("exchanges"), {"from": "soon"})
    assert [row.pk for row in response.context["page"]] == [exchange.pk]
    assert list(response.context["filter"].form.errors) == ["from"]


def test_the_number_of_queries_does_not_grow_with_the_rows(parties: Parties) -> None:
    first = builders.roomy(parties)

    def add_visitors(count: int) -> None:
        for _ in range(count):
            lifecycle.joined(with_another_visitor(parties), first.visit)

    assert_constant_queries(client_for(parties.ho), reverse("exchanges"), add_visitors)


def test_the_page_of_a_visit_asks_no_more_for_a_larger_group(parties: Parties) -> None:
    first = builders.roomy(parties)

    def add_visitors(count: int) -> None:
        for _ in range(count):
            lifecycle.joined(with_another_visitor(parties), first.visit)

    assert_constant_queries(client_for(parties.vop_coordinator), reverse("visit", args=[first.visit_id]), add_visitors)


def test_the_visits_list_counts_alike(parties: Parties) -> None:
    first = builders.roomy(parties)

    def add_visits(count: int) -> None:
        for _ in range(count):
            lifecycle.visit(first.match, parties.vop_coordinator)

    assert_constant_queries(client_for(parties.ho), reverse("visits"), add_visits)


# The most queries of each page: of visitor, host, visitor's and host's Partnership, Support Office, observer.
MOST_QUERIES = {
    "visit": (17, 20, 23, 23, 22, 14),
    "exchange": (25, 24, 33, 23, 33, 20),
    "visits": (11, 11, 11, 11, 11, 11),
    "exchanges": (16, 16, 16, 16, 16, 16),
}


@pytest.mark.reconciles
def test_pages_ask_no_more_than_so_often(parties: Parties) -> None:
    first = builders.roomy(parties)
    for _ in range(2):
        lifecycle.joined(with_another_visitor(parties), first.visit)
    pages = {"visit": first.visit.get_absolute_url(), "exchange": first.get_absolute_url()}
    pages |= {name: reverse(name) for name in ("visits", "exchanges")}
    readers = (parties.vo, parties.ho, parties.vop_coordinator, parties.hop_coordinator, parties.so, people.observer())
    clients = [client_for(reader) for reader in readers]
    asked = {name: tuple(count_queries(client, page) for client in clients) for name, page in pages.items()}
    assert {name: tuple(map(min, asked[name], most)) for name, most in MOST_QUERIES.items()} == asked
