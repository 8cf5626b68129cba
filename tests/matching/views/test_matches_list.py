"""The list of matches narrowed down, ordered and as a file."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from cxc import clock
from matching.services.proposals import propose
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.matching import factories
from tests.queries import count_queries
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def c(now: None) -> Parties:
    return usual_parties()


def listed(client: Client, query: str) -> list[int]:
    response = client.get(f"/matches/?{query}")
    assert response.status_code == 200
    return [row.pk for row in response.context["page"]]


def test_whom_a_proposal_waits_for(c: Parties) -> None:
    by_visitor = lifecycle.proposed(c)
    by_partnership = lifecycle.proposed(with_another_visitor(c), by=c.hop_coordinator)
    client = client_for(c.hop_coordinator)
    assert listed(client, "waits_for=visitor") == [by_partnership.pk]
    assert listed(client, "waits_for=host&sort=proposed") == [by_visitor.pk, by_partnership.pk]
    assert listed(client, "waits_for=nobody") == []


def test_a_proposal_of_who_is_matched_elsewhere_waits_for_nobody(c: Parties) -> None:
    visitor = factories.visiting(c)
    stale = propose(visiting=visitor, host=factories.another_host(c)[0], modality="physical", by=c.vop_coordinator)
    factories.confirmed_between(visitor, c.vo, factories.hosting(c), c.ho)
    client = client_for(c.vop_coordinator)
    assert listed(client, "waits_for=nobody") == [stale.pk]
    assert listed(client, "waits_for=visitor") == listed(client, "waits_for=host") == []


def test_the_other_filters(c: Parties) -> None:
    proposed, confirmed = lifecycle.proposed(c), lifecycle.confirmed(with_another_visitor(c))
    built = lifecycle.in_preparation(with_another_visitor(c)).match
    client = client_for(c.vop_coordinator)
    assert listed(client, "exchange=none") == [confirmed.pk]
    assert listed(client, "state=proposed&state=confirmed") == [built.pk, confirmed.pk, proposed.pk]
    assert listed(client, f"partnership={c.vop.acronym}&state=proposed") == [proposed.pk]
    assert listed(client, f"partnership={c.hop.acronym}") == []
    assert listed(client, f"host_partnership={c.hop.acronym}&exchange=none") == [confirmed.pk]
    assert listed(client, "country=BE&visitor_country=ES&sort=proposed") == [proposed.pk, confirmed.pk, built.pk]
    assert listed(client, "from=2026-09-08") == []
    with clock.at(lifecycle.NOW + timedelta(days=22)):
        assert listed(client, "late=any") == [proposed.pk]


def test_a_file_of_the_list(c: Parties) -> None:
    match = lifecycle.proposed(c)
    response: Any = client_for(c.ho).get("/matches/?state=proposed&format=csv")
    (row,) = csv.DictReader(StringIO(b"".join(response.streaming_content).decode("utf-8-sig")))
    assert (row["Visitor"], row["State"]) == (str(match.visiting_profile.organisation), "Proposed")
    assert (row["Waits for"], row["Visitor matched elsewhere"]) == ("Host organisation", "no")
    assert "@" not in str(row)


def test_as_many_queries_with_three_rows_as_with_one(c: Parties) -> None:
    lifecycle.proposed(c)
    client = client_for(c.vop_coordinator)
    addresses = ("/matches/?late=any", "/matches/?waits_for=host", "/profiles/?partner=needed")
    one = [count_queries(client, address) for address in addresses]
    for _ in range(2):
        lifecycle.proposed(with_another_visitor(c))
    assert [count_queries(client, address) for address in addresses] == one
