"""Visitor and host say what they think; each reads the other's when both are in, or after 14 days."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cxc import clock
from cxc.core.erasure import erase
from cxc.workflow import NotAllowed, Refused, WrongState
from exchanges.models import Exchange
from exchanges.services.feedback import feedback_for, give_feedback
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import completion, lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = timedelta(days=1)


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.fixture
def exchange(parties: Parties) -> Exchange:
    return lifecycle.ongoing(parties)


def read_by(exchange: Exchange, *actors: object) -> list[list[str]]:
    return [[feedback.side for feedback in feedback_for(exchange, actor)] for actor in actors]


def test_shown_when_both_are_in(parties: Parties, exchange: Exchange) -> None:
    with clock.at(completion.AFTER):
        give_feedback(exchange, by=parties.vo, rating=5, text="Well prepared.")
        assert read_by(
            exchange, parties.vo, parties.vop_coordinator, parties.ho, parties.hop_coordinator, parties.so
        ) == [
            ["vo"],
            ["vo"],
            [],
            [],
            ["vo"],
        ]
        give_feedback(exchange, by=parties.ho, rating=4)
        assert read_by(exchange, parties.vo, parties.ho, parties.hop_coordinator) == [["ho", "vo"]] * 3


def test_shown_after_fourteen_days(parties: Parties, exchange: Exchange) -> None:
    """The usual visit ends on 30 September: its last midnight is 22:00 UTC."""
    with clock.at(completion.AFTER):
        give_feedback(exchange, by=parties.vo, rating=5)
    shown_from = completion.AFTER.replace(day=14, hour=22)
    with clock.at(shown_from - timedelta(seconds=1)):
        assert read_by(exchange, parties.ho) == [[]]
    with clock.at(shown_from):
        assert read_by(exchange, parties.ho) == [["vo"]]


def notes_read_by(exchange: Exchange, *actors: object) -> list[list[str]]:
    return [[one.private_note for one in feedback_for(exchange, actor) if one.private_note] for actor in actors]


def test_the_private_note_is_for_its_own_side_and_the_support_office(parties: Parties, exchange: Exchange) -> None:
    """Before the feedback is shown, and after: by service and by page."""
    lead = people.coordinator(people.partnership("FR"))
    readers = {
        "vo": parties.vo,
        "vop": parties.vop_coordinator,
        "ho": parties.ho,
        "hop": parties.hop_coordinator,
        "so": parties.so,
        "observer": people.observer(),
        "another Partnership": lead,
        "stranger": people.stranger(),
    }
    with clock.at(completion.AFTER):
        give_feedback(exchange, by=parties.vo, rating=5, text="Fine.", private_note="Cold rooms.")
        assert (
            notes_read_by(exchange, *readers.values())
            == [["Cold rooms."]] * 2 + [[]] * 2 + [["Cold rooms."]] + [[]] * 3
        )
        give_feedback(exchange, by=parties.ho, rating=4, private_note="Came late.")
        both = ["Came late.", "Cold rooms."]
        expected = [["Cold rooms."]] * 2 + [["Came late."]] * 2 + [both] + [[]] * 3
        assert notes_read_by(exchange, *readers.values()) == expected
        for actor, notes in zip(readers.values(), expected, strict=True):
            page = client_for(actor).get(exchange.get_absolute_url()).content.decode()
            assert [note for note in both if note in page] == notes


def test_a_partnership_on_both_sides_reads_both_notes(parties: Parties) -> None:
    own = replace(parties, hop=parties.vop, hop_coordinator=parties.vop_coordinator)
    exchange = lifecycle.ongoing(own)
    with clock.at(completion.AFTER):
        give_feedback(exchange, by=own.vo, rating=5, private_note="Cold rooms.")
        give_feedback(exchange, by=own.ho, rating=4, private_note="Came late.")
        assert notes_read_by(exchange, own.vop_coordinator, own.vo) == [["Came late.", "Cold rooms."], ["Cold rooms."]]


def test_a_forgotten_name_is_taken_out_of_the_private_note(parties: Parties, exchange: Exchange) -> None:
    with clock.at(completion.AFTER):
        give_feedback(exchange, by=parties.vo, rating=5, private_note="Nour Amari was rude.")
    erase({"Nour Amari": "somebody"})
    assert notes_read_by(exchange, parties.vo) == [["somebody was rude."]]


def test_changed_until_the_other_side_reads_it(parties: Parties, exchange: Exchange) -> None:
    with clock.at(completion.AFTER):
        give_feedback(exchange, by=parties.vo, rating=2)
        give_feedback(exchange, by=parties.vo, rating=3)
        give_feedback(exchange, by=parties.ho, rating=4)
        with pytest.raises(Refused, match="read it already"):
            give_feedback(exchange, by=parties.vo, rating=1)
    assert exchange.feedback.get(side="vo").rating == 3


def test_after_the_end_only(parties: Parties, exchange: Exchange) -> None:
    with clock.at(completion.AFTER - DAY), pytest.raises(Refused, match="after the end"):
        give_feedback(exchange, by=parties.vo, rating=5)


def test_of_what_took_place_only(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    with clock.at(completion.AFTER), pytest.raises(WrongState):
        give_feedback(exchange, by=parties.vo, rating=5)


def test_from_visitor_and_host_only(parties: Parties, exchange: Exchange) -> None:
    with clock.at(completion.AFTER):
        for actor in (parties.vop_coordinator, parties.so):
            with pytest.raises(NotAllowed):
                give_feedback(exchange, by=actor, rating=5)
        with pytest.raises(Refused, match="1 to 5"):
            give_feedback(exchange, by=parties.vo, rating=6)
