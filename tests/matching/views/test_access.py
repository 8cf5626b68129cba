"""Every page of matching, for every role: 200, 403, 404 or the way to sign in."""

import re

import pytest
from django.test import Client

from cxc.access.scoped import Actor
from cxc.core.links import absolute
from matching.models import Match
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.html import source_of
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def roles(parties: Parties) -> dict[str, Actor]:
    outsider = people.organisation("DE")
    outside = people.member(outsider)
    lifecycle.published(outsider, parties.vop, outside, parties.vop_coordinator)
    return {
        "VO owner": parties.vo,
        "VO editor": people.member(parties.visitor, "editor"),
        "VO reader": people.member(parties.visitor, "reader"),
        "HO owner": parties.ho,
        "HO reader": people.member(parties.host, "reader"),
        "VOP": parties.vop_coordinator,
        "HOP": parties.hop_coordinator,
        "VOP reader": people.coordinator(parties.vop, "reader"),
        "SO": parties.so,
        "observer": people.observer(),
        "other organisation": outside,
        "unpublished": people.member(people.organisation("FR")),
        "stranger": people.stranger(),
    }


ALL = ("VO owner", "VO editor", "VO reader", "HO owner", "HO reader", "VOP", "HOP", "VOP reader", "SO", "observer")
NONE_OF_IT = ("other organisation", "unpublished", "stranger")


def statuses(client: Client, actors: dict[str, Actor], address: str) -> dict[str, int]:
    found = {}
    for who, actor in actors.items():
        client.force_login(actor.user)
        found[who] = client.get(address).status_code
    return found


def expect(**groups: tuple[str, ...]) -> dict[str, int]:
    return {who: int(status[1:]) for status, members in groups.items() for who in members}


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.fixture
def match(parties: Parties) -> Match:
    return lifecycle.proposed(parties)


def test_the_page_of_a_match(client: Client, parties: Parties, match: Match) -> None:
    found = statuses(client, roles(parties), f"/matches/{match.pk}/")
    assert found == expect(s200=ALL, s404=NONE_OF_IT)


def test_the_list_of_matches_shows_ones_own_only(client: Client, parties: Parties, match: Match) -> None:
    actors = roles(parties)
    assert statuses(client, actors, "/matches/") == expect(s200=ALL + NONE_OF_IT)
    for who, actor in actors.items():
        client.force_login(actor.user)
        assert (f"/matches/{match.pk}/" in client.get("/matches/").content.decode()) == (who in ALL), who


def test_the_catalogue_and_a_card(client: Client, parties: Parties, match: Match) -> None:
    catalogue_search = (*ALL, "other organisation")
    actors = roles(parties)
    assert statuses(client, actors, "/catalogue/") == expect(
        s200=(*catalogue_search, "unpublished"), s404=("stranger",)
    )
    cards = statuses(client, actors, f"/catalogue/{match.host_profile_id}/")
    assert cards == expect(s200=catalogue_search, s404=("unpublished", "stranger"))


def test_the_catalogue_names_one_whole_address_for_its_view(client: Client, parties: Parties) -> None:
    client.force_login(people.user_of(parties.so))
    page = source_of(client.get("/catalogue/?order=name&kind=host&q="))
    address = absolute("/catalogue/?kind=host&amp;order=name")
    assert re.findall('<link rel="canonical"[^>]*>', page) == [f'<link rel="canonical" href="{address}">']


def test_best_matches_of_a_profile(client: Client, parties: Parties, match: Match) -> None:
    found = statuses(client, roles(parties), f"/best-matches/{match.visiting_profile_id}/")
    own = ("VO owner", "VO editor", "VO reader", "VOP", "VOP reader", "SO", "observer")
    others = ("HO owner", "HO reader", "HOP")
    assert found == expect(s200=own, s404=others + NONE_OF_IT)


def test_the_form_of_a_proposal(client: Client, parties: Parties, match: Match) -> None:
    """Who may write and has a profile that could meet this host; others are told why not."""
    found = statuses(client, roles(parties), f"/catalogue/{match.host_profile_id}/propose/")
    may = ("VO owner", "VO editor", "VOP", "SO", "other organisation")
    may_not = ("VO reader", "HO owner", "HO reader", "HOP", "VOP reader", "observer")
    assert found == expect(s200=may, s403=may_not, s404=("unpublished", "stranger"))


def test_entering_a_yes_given_outside(client: Client, parties: Parties, match: Match) -> None:
    """Only the host's Partnership enters the host's yes."""
    found = {}
    for who, actor in roles(parties).items():
        if who != "HOP":
            client.force_login(actor.user)
            typed = {"host-on": "2026-09-07", "host-how": "by telephone"}
            found[who] = client.post(f"/matches/{match.pk}/yes-given-outside/host/", typed).status_code
    assert found == expect(s403=tuple(who for who in ALL if who != "HOP"), s404=NONE_OF_IT)


@pytest.mark.parametrize(
    "address",
    [
        "/catalogue/",
        "/catalogue/1/",
        "/catalogue/1/propose/",
        "/best-matches/",
        "/best-matches/1/",
        "/matches/",
        "/matches/1/",
    ],
)
def test_nobody_is_sent_to_sign_in(client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={address}")
