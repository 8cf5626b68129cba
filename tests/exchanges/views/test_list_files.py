"""Lists in order, narrowed down, and as files: what the file holds is what the list shows, on all its pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.test import Client

from cxc import clock
from cxc.access.scoped import Actor
from cxc.web import exports
from cxc.workflow import perform
from exchanges.models import Exchange, FinancialAgreement
from profiles.enums import Modality
from tests.exchanges.views import builders
from tests.factories import people
from tests.factories.cache import cached
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.html import source_of
from tests.list_files import csv_of, sheet_of
from tests.queries import count_queries
from tests.scenarios import completion, lifecycle

pytestmark = pytest.mark.django_db


def listed(client: Client, address: str) -> list[int]:
    response = client.get(address)
    assert response.status_code == 200
    return [row.pk for row in response.context["page"]]


@cached
def crowd(parties: Parties, number: int) -> list[Exchange]:
    """So many visitors on one visit, all in preparation but the last, who is cancelled."""
    first = builders.roomy(parties)
    made = [first, *(lifecycle.joined(with_another_visitor(parties), first.visit) for _ in range(number - 1))]
    perform(made[-1], "cancel", by=parties.vop_coordinator, reason="Ill")
    return made


# --- filters -----------------------------------------------------------------------------------------


def test_the_further_filters_of_the_exchanges(parties: Parties) -> None:
    grouped = crowd(parties, 3)
    single = builders.roomy(usual_parties("FR", "DE"), Modality.VIRTUAL)
    client = client_for(parties.so)
    assert listed(client, "/exchanges/?size=single") == [single.pk]
    assert listed(client, "/exchanges/?size=grouped&sort=reference") == [one.pk for one in grouped]
    assert listed(client, f"/exchanges/?host_partnership={parties.hop.acronym}&state=cancelled") == [grouped[2].pk]
    assert listed(client, "/exchanges/?state=cancelled&state=draft") == [grouped[2].pk]
    assert listed(client, "/exchanges/?visitor_country=FR") == [single.pk]
    assert listed(client, "/exchanges/?cancelling=asked") == []


def test_what_is_late_is_what_the_duties_say(parties: Parties) -> None:
    late, fine = builders.roomy(parties), builders.roomy(with_another_visitor(parties), Modality.VIRTUAL)
    perform(fine, "cancel", by=parties.vop_coordinator, reason="Ill")
    client = client_for(parties.vop_coordinator)
    assert listed(client, "/exchanges/?late=any") == []
    with clock.at(lifecycle.NOW + timedelta(days=10)):
        assert listed(client, "/exchanges/?late=any") == [late.pk]
        assert listed(client, "/exchanges/?late=own_part") == [late.pk]
        assert listed(client, "/exchanges/?late=sign_fa_vo") == []
        assert listed(client, "/visits/?late=shared_part") == [late.visit_id]
        options = client.get("/exchanges/?fields=shown").content.decode()
    assert "Write your part of the CTQ (Visiting organisation)" in options


def test_a_wrong_filter_says_so_and_is_not_made_a_file_of(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    client = client_for(parties.vo)
    response = client.get("/exchanges/?to=2026-01-01&from=2026-02-01")
    assert response.context["filter"].form.errors["to"] == ["The last day is before the first."]
    assert client.get("/exchanges/?from=soon&format=csv").status_code == 400
    assert listed(client, "/exchanges/?from=soon") == [exchange.pk]


# --- order, words, empty -------------------------------------------------------------------------------


def test_the_heads_order_the_list_and_turn_it_round(parties: Parties) -> None:
    exchanges = crowd(parties, 3)
    client = client_for(parties.hop_coordinator)
    names = {exchange.pk: exchange.organisation.legal_name for exchange in exchanges}
    by_name = sorted(names, key=lambda pk: names[pk])
    assert listed(client, "/exchanges/?sort=visitor") == by_name
    assert listed(client, "/exchanges/?sort=-visitor") == by_name[::-1]
    assert listed(client, "/exchanges/?sort=nonsense") == [one.pk for one in exchanges[::-1]]
    page = source_of(client.get("/exchanges/?sort=visitor&modality=physical"))
    assert 'aria-sort="ascending"><a class="sort" href="/exchanges/?sort=-visitor&amp;modality=physical">' in page


def test_what_is_set_stands_above_the_list_and_can_be_taken_away(parties: Parties) -> None:
    builders.roomy(parties)
    response = client_for(parties.so).get(
        f"/exchanges/?state=draft&state=ready&partnership={parties.vop.acronym}&page=3"
    )
    assert [(chip.label, chip.value, chip.url) for chip in response.context["listing"].filter_chips] == [
        ("State", "Draft, Ready to start", f"/exchanges/?partnership={parties.vop.acronym}"),
        ("Visitor's Partnership", parties.vop.acronym, "/exchanges/?state=draft&state=ready"),
    ]
    page = response.content.decode()
    assert "Nothing fits this filter." in page
    assert '<a class="btn btn-primary" href="/exchanges/">Clear the filter</a>' in page


def test_a_choice_that_is_not_made_is_called_any(parties: Parties) -> None:
    page = client_for(parties.so).get("/exchanges/?fields=shown").content.decode()
    assert '<option value="" selected>Any</option>' in page
    assert "---------" not in page


# --- files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "state=preparation&sort=visitor", "sort=-visitor", "text=zzz"])
def test_a_file_is_the_whole_list_in_its_order(parties: Parties, query: str) -> None:
    crowd(parties, 27)
    client = client_for(parties.vop_coordinator)
    response = client.get(f"/exchanges/?{query}&page=2")
    expected = [exchange.reference for exchange in response.context["listing"].rows]
    assert len(expected) == {"text=zzz": 0, "state=preparation&sort=visitor": 26}.get(query, 27)
    assert [row["Reference"] for row in csv_of(client, f"/exchanges/?{query}&page=2&format=csv")] == expected
    assert [row["Reference"] for row in sheet_of(client, f"/exchanges/?{query}&format=xlsx")] == expected


def test_a_spreadsheet_of_too_many_rows_is_refused_after_the_reading_has_ended(
    parties: Parties, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows are read in a transaction of their own, in which the page of the refusal must not be made."""
    builders.roomy(parties)
    savepoints = [list(connection.savepoint_ids)]

    def noted(*arguments: Any, **options: Any) -> HttpResponse:
        savepoints.append(list(connection.savepoint_ids))
        return render(*arguments, **options)

    monkeypatch.setattr(exports, "MOST_ROWS", 0)
    monkeypatch.setattr("cxc.web.middleware.refusals.render", noted)
    answer = client_for(parties.vop_coordinator).get("/exchanges/?format=xlsx")
    assert (answer.status_code, savepoints[1:]) == (409, savepoints[:1])


def test_dates_and_sums_of_a_spreadsheet_are_dates_and_sums(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    (row,) = sheet_of(client_for(parties.vop_coordinator), "/exchanges/?format=xlsx")
    assert (row["First day"].date(), row["Last day"].date(), row["Working days"]) == (
        lifecycle.FIRST,
        lifecycle.LAST,
        3,
    )
    assert row["Lump sum (EUR)"] == exchange.agreed_lump_sum


def test_a_file_tells_nobody_more_than_the_pages(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    iban = "BE68539007547034"
    FinancialAgreement.objects.filter(exchange=exchange).update(iban=iban)
    for actor, sees_money in (
        (parties.vo, True),
        (parties.vop_coordinator, True),
        (parties.so, True),
        (parties.ho, False),
    ):
        (row,) = csv_of(client_for(actor), "/exchanges/?format=csv")
        assert (row["Lump sum (EUR)"] != "") is sees_money
        assert iban not in str(row)
        assert "@" not in str(row)
    assert csv_of(client_for(people.stranger()), "/exchanges/?format=csv") == []


# --- payments ------------------------------------------------------------------------------------------


def test_payments_are_listed_for_who_may_see_them(parties: Parties) -> None:
    due, paid = completion.closed(parties).payment, completion.paid(with_another_visitor(parties))
    found: dict[str, tuple[Actor, list[int]]] = {
        "vo": (parties.vo, [due.pk]),
        "vop": (parties.vop_coordinator, [due.pk, paid.pk]),
        "so": (parties.so, [due.pk, paid.pk]),
        "observer": (people.observer(), [due.pk, paid.pk]),
        "ho": (parties.ho, []),
        "hop": (parties.hop_coordinator, []),
    }
    for name, (actor, expected) in found.items():
        client = client_for(actor)
        assert sorted(listed(client, "/payments/")) == expected, name
        assert len(csv_of(client, "/payments/?format=csv")) == len(expected), name


def test_each_filter_of_the_payments(parties: Parties) -> None:
    due, paid = completion.closed(parties).payment, completion.paid(with_another_visitor(parties))
    client = client_for(parties.vop_coordinator)
    day = due.due_on.isoformat()
    assert listed(client, "/payments/?state=due") == [due.pk]
    assert listed(client, "/payments/?state=paid") == [paid.pk]
    assert listed(client, "/payments/?state=due&late=pay") == []
    with clock.at(completion.AFTER + timedelta(days=30)):
        assert listed(client, "/payments/?late=pay") == [due.pk]
        assert "late</span>" in client.get("/payments/").content.decode()
    assert listed(client, f"/payments/?due_from={day}&due_to={day}&sort=reference") == [due.pk, paid.pk]
    assert listed(client, f"/payments/?paid_from={paid.paid_on.isoformat()}") == [paid.pk]
    assert listed(client, f"/payments/?text={due.exchange.reference}") == [due.pk]
    assert listed(client, "/payments/?generation=gen&country=BE&size=single&sort=-reference") == [paid.pk, due.pk]
    assert listed(client, "/payments/?size=grouped") == []
    with clock.at(completion.AFTER):
        completion.pay(due, parties.vop_coordinator, amount=due.amount - 1, reference="Part 1")
    parts = {part: listed(client, f"/payments/?paid={part}") for part in ("none", "part", "full")}
    assert parts == {"none": [], "part": [due.pk], "full": [paid.pk]}
    assert listed(client, "/payments/?text=part+1") == [due.pk]
    (row,) = sheet_of(client, "/payments/?state=due&format=xlsx")
    assert (row["Amount (EUR)"], row["Due on"].date()) == (due.amount, due.due_on)
    assert (row["Still due (EUR)"], row["Paid (EUR)"], row["Payment reference"]) == (1, due.amount - 1, "Part 1")


# --- queries -------------------------------------------------------------------------------------------


def test_lists_and_files_take_as_many_queries_with_three_rows_as_with_one(parties: Parties) -> None:
    completion.closed(parties)
    client = client_for(parties.vop_coordinator)
    addresses = [f"/{name}/{query}" for name in ("exchanges", "visits", "payments") for query in ("", "?late=any")]

    def counts() -> dict[str, int]:
        with clock.at(completion.AFTER + timedelta(days=30)):
            return {address: count_queries(client, address) for address in addresses}

    one = counts()
    for _ in range(2):
        completion.closed(with_another_visitor(parties))
    assert counts() == one
