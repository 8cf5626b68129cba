"""The quick look from a list: a button in each row, and the record in brief at the address of its page."""

import re
from collections import Counter
from html import unescape

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from cxc import clock
from cxc.access.scoped import Actor
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.html import source_of
from tests.queries import queries_of
from tests.scenarios import completion, lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LISTS = ("/exchanges/", "/visits/", "/payments/", "/matches/", "/profiles/")
KINDS = ("exchange", "visit", "match", "profile")
MONEY = "Lump sum"


def records(parties: Parties, *, is_closed: bool) -> dict[str, models.Model]:
    """One of each kind, in preparation or when all is done but the payment."""
    exchange = completion.closed(parties) if is_closed else lifecycle.in_preparation(parties)
    found = (exchange, exchange.visit, exchange.match, exchange.match.visiting_profile)
    return dict(zip(KINDS, found, strict=True))


def readers(parties: Parties) -> tuple[Actor, ...]:
    """Whoever sees all of these records."""
    return parties.vo, parties.vop_coordinator, parties.so


def quick_look(record: models.Model) -> str:
    return f"{record.get_absolute_url()}?quick_look=1"  # type: ignore[attr-defined]


def history(record: models.Model) -> str:
    return reverse("history", args=[record._meta.label_lower, record.pk])


def texts(html: str) -> list[str]:
    """What is read of it: the text between two tags, without what surrounds it."""
    parts = re.split(r"<[^>]+>", re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL))
    return [text for part in parts if (text := re.sub(r"\s+", " ", unescape(part)).strip(" ·()"))]


@pytest.mark.parametrize("address", LISTS)
def test_each_row_has_a_button_that_knows_its_page_and_its_name(address: str) -> None:
    parties = usual_parties()
    completion.closed(parties)
    page = client_for(parties.so).get(address)
    rows = page.context["page"].object_list
    button = r'data-quick-look="([^"]+)" data-name="([^"]+)" aria-label="([^"]+)" title="([^"]+)"'
    found = re.findall(button, source_of(page))
    assert [[unescape(part) for part in one] for one in found] == [
        [row.get_absolute_url(), str(row), f"Quick look: {row}", f"Quick look: {row}"] for row in rows
    ]
    assert found
    assert source_of(page).count('<dialog class="dialog quick-look"') == 1


def test_an_empty_list_and_a_list_of_tasks_have_none() -> None:
    parties = usual_parties()
    assert "quick-look" not in source_of(client_for(parties.so).get("/exchanges/"))
    assert "quick-look" not in source_of(client_for(parties.so).get("/dashboard/late/"))


@pytest.mark.parametrize("is_closed", [False, True], ids=["in preparation", "closed"])
@pytest.mark.parametrize("kind", KINDS)
def test_it_says_nothing_that_the_page_does_not_say_to_the_same_person(kind: str, *, is_closed: bool) -> None:
    parties = usual_parties()
    record = records(parties, is_closed=is_closed)[kind]
    with clock.at(completion.AFTER if is_closed else lifecycle.NOW):
        for reader in (*readers(parties), parties.ho, parties.hop_coordinator, people.observer()):
            client = client_for(reader)
            brief, page = client.get(quick_look(record)), client.get(record.get_absolute_url())  # type: ignore[attr-defined]
            assert brief.status_code == page.status_code
            if brief.status_code != 200:
                continue
            # Since when it is in its state is said by its history, which the page fetches once it is unfolded.
            told = client.get(history(record))
            on_page = " ".join(texts(source_of(page)) + (texts(source_of(told)) if told.status_code == 200 else []))
            new = [text for text in texts(source_of(brief)) if text.removeprefix("since ") not in on_page]
            assert new == [], (kind, reader.label)
            assert "<main" not in source_of(brief)
            assert "<form" not in source_of(brief)


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_may_not_open_the_page_gets_no_quick_look(kind: str) -> None:
    parties = usual_parties()
    record = records(parties, is_closed=False)[kind]
    stranger = people.member(people.organisation("FR"))
    assert client_for(stranger).get(quick_look(record)).status_code == 404
    assert client_for(Actor()).get(quick_look(record)).status_code == 302


def test_an_exchange_in_brief() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    brief = source_of(client_for(parties.vop_coordinator).get(quick_look(exchange)))
    page = client_for(parties.vop_coordinator).get(exchange.get_absolute_url())
    said = " ".join(texts(brief))
    assert exchange.get_state_display() in said
    assert re.search(r"since \d+ \w+ \d{4}", said)
    assert page.context["next_steps"]
    for step in page.context["next_steps"]:
        assert str(step.title) in said
        assert "This is for you" in said if step.is_mine else f"Waiting for {step.who}" in said
    assert str(exchange.host) in said
    assert MONEY in said


def test_money_is_kept_from_whoever_does_not_see_it() -> None:
    parties = usual_parties()
    exchange = completion.closed(parties)
    with clock.at(completion.AFTER):
        shown = {
            reader: MONEY in source_of(client_for(reader).get(quick_look(exchange)))
            for reader in (parties.vo, parties.vop_coordinator, parties.so, parties.ho)
        }
    assert list(shown.values()) == [True, True, True, False]


def test_a_visit_in_brief_says_what_it_needs_and_who_comes() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    brief = " ".join(texts(source_of(client_for(parties.hop_coordinator).get(quick_look(exchange.visit)))))
    page = client_for(parties.hop_coordinator).get(exchange.visit.get_absolute_url())
    assert page.context["needs"]
    for need in page.context["needs"]:
        assert need.title in brief
        assert need.waiting in brief
    assert f"{parties.visitor} {exchange.get_state_display()}" in brief


def test_a_match_and_a_profile_in_brief_say_whom_they_wait_for() -> None:
    parties = usual_parties()
    match = lifecycle.proposed(parties)
    for record in (match, match.visiting_profile):
        page = client_for(parties.vop_coordinator).get(record.get_absolute_url())
        brief = " ".join(texts(source_of(client_for(parties.vop_coordinator).get(quick_look(record)))))
        for one in page.context["owed_by_others"]:
            assert one.title in brief
            assert one.who in brief
    assert str(page.context["next_step"]) in brief


def read(client: Client, address: str) -> Counter[str]:
    """What is read from the database for a page: its queries without the limits of transactions, which have names."""
    return Counter(sql for sql in queries_of(client, address) if "SAVEPOINT" not in sql)


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_only_what_the_page_reads_and_since_when_the_record_is_in_its_state(kind: str) -> None:
    parties = usual_parties()
    record = records(parties, is_closed=False)[kind]
    client = client_for(parties.so)
    only_here = read(client, quick_look(record)) - read(client, record.get_absolute_url())  # type: ignore[attr-defined]
    # The state of a visit is said while the visit is open, which it no longer is here.
    expected = [] if kind == "visit" else ['SELECT "workflow_stateevent"."happened_at"']
    assert [sql.partition(" AS ")[0] for sql in only_here.elements()] == expected
