"""The late list: what is late, since when, who owes it; page, file and rule agree on who sees it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cxc import clock
from cxc.access.scoped import Actor
from cxc.comms.models import Mail
from cxc.todo.models import TodoItem
from exchanges.models import Exchange
from tests.exchanges.views import builders
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.html import source_of
from tests.list_files import csv_of, sheet_of
from tests.queries import count_queries
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LATE = "/dashboard/late/"
# The usual documents are due on 14 September 2026, so that they are late from the 15th.
LATER = lifecycle.NOW + timedelta(days=10)


@pytest.fixture
def parties(now: None) -> Parties:
    return usual_parties()


@pytest.fixture
def exchange(parties: Parties) -> Exchange:
    return builders.roomy(parties)


def rows_of(actor: Actor, query: str = "") -> dict[str, dict[str, str]]:
    """The file's rows, by what is late."""
    return {row["What is late"]: row for row in csv_of(client_for(actor), f"{LATE}?format=csv&{query}")}


def test_each_row_says_what_is_late_since_when_and_who_owes_it(parties: Parties, exchange: Exchange) -> None:
    with clock.at(LATER):
        rows = rows_of(parties.vop_coordinator)
    own = rows["Write your part of the CTQ"]
    assert own["Where"] == str(exchange)
    assert (own["Late since"], own["Days late"]) == ("2026-09-15", "3")
    assert own["Owed by"] == f"Visiting organisation: {parties.visitor}"
    assert exchange.get_absolute_url() in own["Address"]
    shared = rows["Write the shared part of the CTQ with the agenda"]
    assert shared["Owed by"] == f"Host organisation: {parties.host}; Lead Partnership: {parties.vop}"


def test_the_day_is_that_of_the_place(parties: Parties, exchange: Exchange) -> None:
    just_late = lifecycle.NOW.replace(day=14, hour=22, minute=30)  # half past midnight in Brussels
    with clock.at(just_late - timedelta(hours=1)):
        assert rows_of(parties.so) == {}
    with clock.at(just_late):
        (row,) = sheet_of(client_for(parties.so), f"{LATE}?format=xlsx&what=own_part")
    assert (row["Late since"].date(), row["Days late"]) == (date(2026, 9, 15), 1)


def test_page_and_file_say_the_same(parties: Parties, exchange: Exchange) -> None:
    with clock.at(LATER):
        client = client_for(parties.vop_coordinator)
        page = client.get(LATE)
        (first, *_rest) = sheet_of(client, f"{LATE}?format=xlsx")
    listing = page.context["listing"]
    headings = [str(head.label) for head in listing.heads]
    assert headings == ["Where", "What is late", "Late since", "Owed by", "Days late", "Remind"]
    assert [*headings[:-1], "Address"] == list(first)
    _row, cells = next(listing.table)
    assert '<td data-label="Late since">15/09/2026</td>' in cells
    assert f'<td data-label="What is late">{first["What is late"]}</td>' in cells
    assert len(page.context["page"].object_list) == listing.count


def test_a_partnership_sees_its_own_and_nobody_elses(parties: Parties, exchange: Exchange) -> None:
    others = usual_parties()
    builders.roomy(others)
    with clock.at(LATER):
        seen = {row["Where"] for row in csv_of(client_for(parties.vop_coordinator), f"{LATE}?format=csv")}
        all_of_them = {row["Where"] for row in csv_of(client_for(parties.so), f"{LATE}?format=csv")}
        asked = {
            "own": (parties.vop_coordinator, f"?partnership={parties.vop.acronym}"),
            "another": (parties.vop_coordinator, f"?partnership={others.vop.acronym}"),
            "organisation": (parties.vo, ""),
            "so": (parties.so, f"?partnership={parties.vop.acronym}"),
        }
        found = {name: client_for(actor).get(LATE + query).status_code for name, (actor, query) in asked.items()}
        of_one = {
            row["Where"]
            for row in csv_of(client_for(parties.so), f"{LATE}?format=csv&partnership={parties.vop.acronym}")
        }
    assert seen == of_one == {str(exchange), str(exchange.visit)}
    assert seen < all_of_them
    assert found == {"own": 200, "another": 404, "organisation": 403, "so": 200}


def test_each_row_reminds_and_comes_back_to_the_list(parties: Parties, exchange: Exchange) -> None:
    with clock.at(LATER):
        client, others = client_for(parties.vop_coordinator), usual_parties()
        assert client.get(LATE).status_code == 200
        item = TodoItem.objects.get(code="own_part")
        address = reverse("remind", args=[item.kind, item.thing_id, item.code])
        assert f'action="{address}"' in source_of(client.get(LATE))
        assert f'action="{address}"' not in source_of(client_for(people.observer()).get(LATE))
        assert client_for(others.vop_coordinator).post(address).status_code == 404
        answer = client.post(address, {"next": f"{LATE}?what=own_part"})
        page = source_of(client.get(LATE))
    assert answer["Location"] == f"{LATE}?what=own_part"
    assert f'action="{address}"' not in page
    assert f"Reminded on 17/09/2026 by {parties.vop_coordinator.label}" in page
    assert Mail.objects.filter(key__startswith="reminded:", to_user=parties.vo.user).count() == 1


def test_the_list_can_be_narrowed_down(parties: Parties, exchange: Exchange) -> None:
    with clock.at(LATER):
        by_what, by_side = rows_of(parties.so, "what=own_part"), rows_of(parties.so, "side=lead")
        none = rows_of(parties.so, "generation=gen&side=holder")
        every = rows_of(parties.so, "generation=gen")
    assert list(by_what) == ["Write your part of the CTQ"]
    assert "Write the shared part of the CTQ with the agenda" in by_side
    assert "Write your part of the CTQ" not in by_side
    assert (none, set(by_what) < set(every)) == ({}, True)


def test_the_list_is_that_of_one_generation_and_of_one_partnership(parties: Parties, exchange: Exchange) -> None:
    other = people.generation("later")
    stranger = people.partnership(acronym="STRANGER")
    with clock.at(LATER):
        assert rows_of(parties.so, f"generation={other.code}") == {}
        assert rows_of(parties.so, f"partnership={stranger.acronym}") == {}
        assert rows_of(parties.so, f"partnership={parties.vop.acronym}")
        page = source_of(client_for(parties.vop_coordinator).get(LATE))
    assert (parties.vop.acronym in page, stranger.acronym in page) == (True, False)


def test_lists_narrowed_down_to_what_is_late_say_it_too(parties: Parties, exchange: Exchange) -> None:
    columns = ("What is late", "Late since", "Owed by")
    with clock.at(LATER):
        client = client_for(parties.vop_coordinator)
        (row,) = csv_of(client, "/exchanges/?late=own_part&format=csv")
        (visit,) = csv_of(client, "/visits/?late=any&format=csv")
        (plain,) = csv_of(client, "/exchanges/?format=csv")
        page = source_of(client.get("/exchanges/?late=own_part"))
    owed_by = f"Visiting organisation: {parties.visitor}"
    assert [row[column] for column in columns] == ["Write your part of the CTQ", "2026-09-15", owed_by]
    assert "Write the shared part of the CTQ with the agenda" in visit["What is late"]
    assert not set(columns) & set(plain)
    assert "<strong>Write your part of the CTQ</strong><span>Late since: 15/09/2026</span>" in page
    assert f"<span>Owed by: {owed_by}</span>" in page
    assert "/own_part/remind/" in page


def test_the_number_of_queries_does_not_grow(parties: Parties, exchange: Exchange) -> None:
    pages = [
        (client_for(actor), page)
        for actor in (parties.vop_coordinator, parties.so)
        for page in (LATE, f"{LATE}?format=xlsx", "/exchanges/?late=any", "/exchanges/?late=any&format=xlsx")
    ]

    def counts() -> list[int]:
        with clock.at(LATER):
            return [count_queries(client, page) for client, page in pages]

    one = counts()
    for _ in range(2):
        lifecycle.joined(with_another_visitor(parties), exchange.visit)
        builders.roomy(with_another_visitor(usual_parties()))
    assert counts() == one
