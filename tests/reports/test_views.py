"""Statistics as everybody sees them."""

from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from tests.factories.parties import usual_parties
from tests.reports.conftest import Small
from tests.scenarios import lifecycle

BAD = [
    ("generation=none", "generation: There is no generation of this code."),
    ("partnership=none", "partnership: There is no Partnership “none”."),
    ("partnership=99999999999999999999", "partnership: There is no Partnership “99999999999999999999”."),
    ("modality=both", "modality: The modality is “physical” or “virtual”."),
    ("from=yesterday", "from: Write the date as day, month, year, for example 27/3/2027."),
    ("to=2021-02-30", "to: This day does not exist. Write the date as day, month, year, for example 27/3/2027."),
    ("from=2021-02-03&to=2021-02-02", "to: The last day is before the first."),
    (
        "modalty=virtual",
        "Unknown parameter: modalty. There are generation, partnership, modality, from, to.",
    ),
]


def _json(client: Client, **asked: Any) -> dict[str, Any]:
    answer = client.get("/statistics.json", asked)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_anybody_reads_the_figures(client: Client, small: Small) -> None:
    vop = small.single.vop
    asked = {"generation": "gen", "partnership": vop.acronym, "modality": "virtual", "from": "2026-09-01"}
    found = _json(client, **asked)
    assert found["filters"] == asked | {"to": None}
    assert found["exchanges"]["confirmed"] == 1
    assert _json(client, partnership=vop.pk)["filters"]["partnership"] == vop.acronym


@pytest.mark.django_db
@pytest.mark.parametrize(("query", "sentence"), BAD)
def test_a_bad_parameter_is_answered_with_a_sentence(client: Client, query: str, sentence: str) -> None:
    answer = client.get(f"/statistics.json?{query}")
    assert (answer.status_code, answer.json()) == (400, {"errors": [sentence]})
    page = client.get(f"/statistics/?{query}")
    assert page.status_code == 400
    assert escape(sentence.partition(": ")[2]) in page.content.decode()


@pytest.mark.django_db
def test_a_zero_byte_is_bad_input_like_any(client: Client) -> None:
    assert client.get("/statistics.json?partnership=%00").status_code == 400
    assert client.get("/statistics.json?generation=%00").status_code == 400


def test_the_page_shows_every_table(client: Client, small: Small) -> None:
    page = client.get("/statistics/?generation=gen").content.decode()
    assert page.count("<caption") == 11
    for word in ("Belgium", "September 2026", "Visiting organisation", small.single.vop.acronym):
        assert word in page


def test_the_page_names_nobody_and_no_money(client: Client, small: Small) -> None:
    page = client.get("/statistics/").content.decode() + client.get("/statistics.json").content.decode()
    assert small.single.organisation.legal_name not in page
    assert small.single.host.legal_name not in page
    assert "EUR" not in page
    assert "415" not in page


@pytest.mark.parametrize("more", [0, 3])
def test_the_queries_do_not_grow_with_the_world(
    client: Client, small: Small, more: int, django_assert_num_queries: Any
) -> None:
    for _ in range(more):
        lifecycle.in_preparation(usual_parties())
    with django_assert_num_queries(6):
        client.get("/statistics.json")
    with django_assert_num_queries(11):
        client.get("/statistics/")
