"""The funnel: levels that only shrink, numbers that are the length of their lists, and nobody else's figures."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cxc import clock
from cxc.access.scoped import Actor
from exchanges.models import Exchange
from exchanges.services.feedback import give_feedback
from profiles.enums import Modality
from reports.dashboard.funnel_counts import count_funnel
from reports.models import FunnelCount
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.list_files import csv_of
from tests.queries import count_queries
from tests.reports.dashboard.figure_links import wrong_figures
from tests.scenarios import completion, lifecycle
from tests.scenarios.states import BUILDERS

pytestmark = [pytest.mark.long(60), pytest.mark.django_db, pytest.mark.usefixtures("now")]

FUNNEL = "/dashboard/funnel/"
VISITING, HOST = "Visiting organisations", "Host organisations"
ACCEPTED = "Accepted by both sides (acceptance rate)"
AGAIN = "The same two organisations met again (follow-up rate)"
LEVELS = (
    "Registered",
    "Published at least once",
    "With a proposal",
    "With a confirmed match",
    "With an exchange that started",
    "With a closed exchange",
)


@pytest.fixture
def parties(now: None) -> Parties:
    return usual_parties()


@pytest.fixture
def mixed(parties: Parties) -> Parties:
    """A profile and a match in each state, exchanges that are closed and ongoing, and Partnerships on both sides."""
    for kind in ("profile", "match"):
        for build in BUILDERS[kind].values():
            build(with_another_visitor(parties))
    completion.closed(with_another_visitor(parties))
    lifecycle.ongoing(with_another_visitor(parties))
    own = replace(parties, hop=parties.vop, hop_coordinator=parties.vop_coordinator)
    lifecycle.proposed(with_another_visitor(own))
    completion.closed(usual_parties("PT", "FR"))
    return parties


def lines(actor: Actor, query: str = "") -> dict[tuple[str, str], tuple[str, str, str]]:
    """Number, share and organisations by side and line, counted anew."""
    count_funnel()
    rows = csv_of(client_for(actor), f"{FUNNEL}?format=csv{query}")
    return {
        (row["Side"], row["What is counted"]): (row["Number"], row["Share (%)"], row["Organisations"]) for row in rows
    }


def test_every_number_is_the_length_of_its_list(mixed: Parties) -> None:
    asked = {
        "own": (mixed.vop_coordinator, FUNNEL),
        "all": (mixed.so, f"{FUNNEL}?generation=all"),
        "one": (people.observer(), f"{FUNNEL}?partnership={mixed.hop.acronym}"),
    }
    count_funnel()
    wrong = {name: wrong_figures(client_for(actor), address) for name, (actor, address) in asked.items()}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_levels_only_shrink_and_parts_make_up_the_whole(mixed: Parties) -> None:
    found = lines(mixed.so, "&generation=all")
    for side in (VISITING, HOST):
        numbers = [int(found[side, level][0]) for level in LEVELS]
        assert numbers == sorted(numbers, reverse=True)
        assert numbers[-1] > 0
        parts = (ACCEPTED, "Declined", "Expired", "Withdrawn", "Still open")
        assert sum(int(found[side, part][0]) for part in parts) == int(found[side, "All proposals"][0])


def test_shares_are_of_the_line_above(parties: Parties) -> None:
    completion.closed(parties)
    lifecycle.proposed(with_another_visitor(parties))
    BUILDERS["match"]["declined"](with_another_visitor(parties))
    BUILDERS["profile"]["draft"](with_another_visitor(parties))
    found = lines(parties.vop_coordinator)
    assert [found[VISITING, level] for level in LEVELS] == [
        ("4", "", "4"),
        ("3", "75", "3"),
        ("3", "100", "3"),
        ("1", "33", "1"),
        ("1", "100", "1"),
        ("1", "100", "1"),
    ]
    assert (found[VISITING, "Answered"], found[VISITING, ACCEPTED]) == (("2", "67", ""), ("1", "50", ""))


def test_feedback_and_meeting_again(parties: Parties) -> None:
    """Nobody is asked for feedback on what was recorded afterwards."""
    closed = completion.closed(parties)
    recorded = completion.closed(with_another_visitor(parties))
    Exchange.objects.filter(pk=recorded.pk).update(is_recorded=True)
    with clock.at(completion.AFTER):
        give_feedback(closed, by=parties.vo, rating=5)
    found = lines(parties.so, "&generation=all")
    assert found[VISITING, "Closed in the portal"][:2] == ("1", "50")
    assert found[VISITING, "With the visitor's feedback"][:2] == ("1", "100")
    assert found[HOST, "With the host's feedback"][:2] == ("0", "0")
    assert found[VISITING, AGAIN][:2] == ("0", "0")


def test_meeting_again_is_later_in_time_whatever_was_entered_first(parties: Parties) -> None:
    first, other = completion.closed(parties), completion.closed(parties, Modality.VIRTUAL)
    rows = Exchange.objects.filter(pk=other.pk)
    assert first.actual_start is not None
    rows.update(actual_start=first.actual_start - timedelta(days=30))
    assert lines(parties.so, "&generation=all")[VISITING, AGAIN][:2] == ("1", "50")
    rows.update(actual_start=first.actual_start)
    assert lines(parties.so, "&generation=all")[VISITING, AGAIN][:2] == ("0", "0")


def test_meeting_again_the_other_way_round_counts(parties: Parties) -> None:
    """Whoever visits: here the host had visited its visitor before."""
    first = completion.closed(parties)
    other = completion.closed(
        replace(
            parties,
            visitor=parties.host,
            host=parties.visitor,
            vop=parties.hop,
            hop=parties.vop,
            vo=parties.ho,
            ho=parties.vo,
            vop_coordinator=parties.hop_coordinator,
            hop_coordinator=parties.vop_coordinator,
        )
    )
    assert first.actual_start is not None
    Exchange.objects.filter(pk=other.pk).update(actual_start=first.actual_start - timedelta(days=30))
    found = lines(parties.so, "&generation=all")
    assert found[VISITING, "Closed"][0] == "2"
    assert found[VISITING, AGAIN][:2] == ("1", "50")


def test_a_draft_without_a_partnership_counts_among_all(parties: Parties) -> None:
    lifecycle.proposed(parties)
    before = lines(parties.so, "&generation=all")[VISITING, "Registered"][0]
    lifecycle.draft(parties.visitor, None, parties.vo)
    assert lines(parties.so, "&generation=all")[VISITING, "Registered"][0] == str(int(before) + 1)
    assert lines(parties.vop_coordinator, "&generation=all")[VISITING, "Registered"][0] == before


def test_before_the_first_count_the_page_says_so(parties: Parties) -> None:
    page = client_for(parties.so).get(FUNNEL).content.decode()
    assert "Nothing has been counted yet." in page
    count_funnel()
    assert "Nothing has been counted yet." not in client_for(parties.so).get(FUNNEL).content.decode()


def test_counting_twice_leaves_each_number_once(mixed: Parties) -> None:
    key = ("side", "line", "partnership_id", "generation_id")
    numbers = FunnelCount.objects.order_by(*key).values_list(*key, "number", "organisations")
    count_funnel()
    first = list(numbers)
    count_funnel()
    assert list(numbers.all()) == first
    assert first


def test_nobody_reads_another_partnerships(parties: Parties) -> None:
    lifecycle.proposed(parties)
    other = usual_parties("PT", "FR")
    statuses = {
        "own": client_for(parties.vop_coordinator).get(f"{FUNNEL}?partnership={parties.vop.acronym}").status_code,
        "another": client_for(other.vop_coordinator).get(f"{FUNNEL}?partnership={parties.vop.acronym}").status_code,
        "another file": client_for(other.vop_coordinator)
        .get(f"{FUNNEL}?format=csv&partnership={parties.vop.acronym}")
        .status_code,
        "organisation": client_for(parties.vo).get(FUNNEL).status_code,
    }
    assert statuses == {"own": 200, "another": 404, "another file": 404, "organisation": 403}
    assert {number for number, _share, _organisations in lines(other.vop_coordinator).values()} == {"0"}


def test_offices_choose_a_partnership_and_all_are_led_here(parties: Parties) -> None:
    assert 'name="partnership"' in client_for(parties.so).get(FUNNEL).content.decode()
    assert 'name="partnership"' not in client_for(parties.vop_coordinator).get(FUNNEL).content.decode()
    for actor in (parties.so, parties.vop_coordinator):
        assert f'href="{FUNNEL}?generation=' in client_for(actor).get("/dashboard/").content.decode()


def test_the_number_of_queries_does_not_grow(parties: Parties) -> None:
    lifecycle.proposed(parties)
    client = client_for(parties.so)
    count_funnel()
    one = count_queries(client, FUNNEL)
    for _ in range(2):
        completion.closed(with_another_visitor(usual_parties()))
    count_funnel()
    assert count_queries(client, FUNNEL) == one
