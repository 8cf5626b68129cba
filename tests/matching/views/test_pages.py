"""What the pages show and take, in the words of a person."""

import pytest
from django.test import Client

from cxc.access.scoped import Actor
from cxc.comms.models import Mail
from cxc.workflow import perform
from matching.enums import MatchState
from matching.models import Match
from matching.services.proposals import propose
from tests.factories.parties import Parties, usual_parties
from tests.matching import factories
from tests.queries import count_queries
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


def sign_in(client: Client, actor: Actor) -> Client:
    client.force_login(actor.user)
    return client


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


# --- the catalogue -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"visitor", "host"}),
        ("kind=host", {"host"}),
        ("kind=visiting", {"visitor"}),
        ("country=BE", {"host"}),
        ("sector=13", {"visitor", "host"}),
        ("sector=62", set()),
        ("language=en", {"visitor", "host"}),
        ("language=de", {"host"}),
        ("modality=virtual", {"host"}),
        ("organisation_kind=sme", {"visitor", "host"}),
        ("free_from=2026-09-01&free_to=2026-10-01", {"visitor", "host"}),
        ("free_from=2030-01-01", set()),
        ("free_to=2020-01-01", set()),
        ("q=weaving", {"host"}),
        ("q=teach+we", {"host"}),
        ("q=nowhere", set()),
        ("page=99", {"visitor", "host"}),
    ],
)
def test_filters(client: Client, parties: Parties, query: str, found: set[str]) -> None:
    profiles = {
        "visitor": factories.visiting(parties, virtual=False),
        "host": factories.hosting(parties, languages=["en", "de"], description="We teach weaving."),
    }
    page = text(sign_in(client, parties.so), f"/catalogue/?{query}")
    assert {who for who, profile in profiles.items() if f"/catalogue/{profile.pk}/" in page} == found


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("kind=both", "“both” is not one of the choices."),
        ("country=XX", "Select a valid choice."),
        ("sector=99x", "Select a valid choice."),
        ("type=dancing", "Select a valid choice."),
        ("language=xx", "Select a valid choice."),
        ("free_from=tomorrow", "Write the date as day, month, year, for example 27/3/2027."),
        ("free_from=2026-10-02&free_to=2026-10-01", "The last day is before the first."),
        ("partnership=999999999999999999999", "Select a valid choice."),
        ("q=%00", "Null characters are not allowed."),
    ],
)
def test_a_filter_that_cannot_be_read_is_told(client: Client, parties: Parties, query: str, sentence: str) -> None:
    factories.hosting(parties)
    assert sentence in text(sign_in(client, parties.so), f"/catalogue/?{query}", status=400)


def test_a_card_shows_contacts_only_once_confirmed(client: Client, parties: Parties) -> None:
    match = propose(
        visiting=factories.visiting(parties), host=factories.hosting(parties), modality="physical", by=parties.vo
    )
    address = f"/catalogue/{match.host_profile_id}/"
    sign_in(client, parties.vo)
    assert parties.ho.user.email not in text(client, address)
    perform(match, "host_yes", by=parties.ho)
    assert parties.ho.user.email in text(client, address)
    assert "9 of 10 free" in text(client, address)


# --- proposing and answering ---------------------------------------------------------------------


def test_from_the_list_of_best_matches_to_a_confirmed_match(client: Client, parties: Parties) -> None:
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    sign_in(client, parties.vo)
    assert client.get("/best-matches/")["Location"] == f"/best-matches/{visitor.pk}/"
    way = f"/catalogue/{host.pk}/propose/?for={visitor.pk}&amp;modality=physical"
    assert way in text(client, f"/best-matches/{visitor.pk}/")
    typed = {"mine": visitor.pk, "modality": "physical", "message": "Let us weave."}
    response = client.post(f"/catalogue/{host.pk}/propose/", typed)
    match = Match.objects.get()
    assert (response["Location"], match.message) == (f"/matches/{match.pk}/", "Let us weave.")
    told = Mail.objects.filter(about_kind="matching.match")
    assert list(told.values_list("to_user", flat=True)) == [parties.ho.user.pk]
    sign_in(client, parties.ho)
    assert "/transitions/matching.match/" in text(client, f"/matches/{match.pk}/")
    client.post(f"/transitions/matching.match/{match.pk}/host_yes/")
    match.refresh_from_db()
    assert match.state == MatchState.CONFIRMED
    assert parties.vo.user.email in text(client, f"/matches/{match.pk}/")


def test_a_refused_proposal_shows_the_form_again_with_all_that_was_typed(client: Client, parties: Parties) -> None:
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    propose(visiting=visitor, host=host, modality="physical", by=parties.ho)
    typed = {"mine": visitor.pk, "modality": "physical", "message": "Let us weave."}
    response = sign_in(client, parties.vo).post(f"/catalogue/{host.pk}/propose/", typed)
    page = response.content.decode()
    assert response.status_code == 400
    assert "Go on with the open match that the two already have in this modality" in page
    assert "Let us weave." in page


@pytest.mark.parametrize("wrong", [{"mine": "x"}, {"mine": "0"}, {"modality": "by post"}, {"modality": ""}])
def test_a_form_that_cannot_be_read_comes_again(client: Client, parties: Parties, wrong: dict[str, str]) -> None:
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    typed = {"mine": visitor.pk, "modality": "physical"} | wrong
    assert sign_in(client, parties.vo).post(f"/catalogue/{host.pk}/propose/", typed).status_code == 400
    assert not Match.objects.exists()


def test_nobody_proposes_for_somebody_elses_profile(client: Client, parties: Parties) -> None:
    factories.visiting(parties)
    host = factories.hosting(parties)
    other, _owner = factories.another_visitor(parties)
    typed = {"mine": other.pk, "modality": "physical"}
    assert sign_in(client, parties.vo).post(f"/catalogue/{host.pk}/propose/", typed).status_code == 400
    assert not Match.objects.exists()


def test_a_yes_given_outside_through_the_page(client: Client, parties: Parties) -> None:
    match = propose(
        visiting=factories.visiting(parties),
        host=factories.hosting(parties),
        modality="physical",
        by=parties.hop_coordinator,
    )
    address = f"/matches/{match.pk}/yes-given-outside/host/"
    sign_in(client, parties.hop_coordinator)
    page = text(client, f"/matches/{match.pk}/")
    assert (address in page, address.replace("/host/", "/visitor/") in page) == (True, False)
    future = client.post(address, {"host-on": "2026-09-08", "host-how": "at a meeting"})
    assert future.status_code == 400
    assert "8 Sep 2026 is still to come" in future.content.decode()
    assert "at a meeting" in future.content.decode()
    assert client.post(address, {"host-on": "soon", "host-how": ""}).status_code == 400
    assert client.post(address, {"host-on": "2026-09-04", "host-how": "at a meeting"}).status_code == 302
    mail = Mail.objects.filter(to_user=parties.ho.user).latest("pk")
    assert "you said yes on 4 Sep 2026 (at a meeting)" in mail.text
    match.refresh_from_db()
    assert match.host_answered_outside == "at a meeting"


def test_an_unknown_side_is_not_found(client: Client, parties: Parties) -> None:
    match = lifecycle.proposed(parties)
    sign_in(client, parties.hop_coordinator)
    assert client.post(f"/matches/{match.pk}/yes-given-outside/nobody/").status_code == 404


def test_the_list_says_whom_a_proposal_waits_for(client: Client, parties: Parties) -> None:
    visitor = factories.visiting(parties)
    propose(visiting=visitor, host=factories.another_host(parties)[0], modality="physical", by=parties.vop_coordinator)
    sign_in(client, parties.vop_coordinator)
    assert "Visiting organisation and Host organisation" in text(client, "/matches/")
    factories.confirmed_between(visitor, parties.vo, factories.hosting(parties), parties.ho)
    assert "matched elsewhere" in text(client, "/matches/")
    assert "matched elsewhere" not in text(client, "/matches/?state=confirmed")
    assert "asleep is not one of the available choices" in text(client, "/matches/?state=asleep")


# --- as many queries with thirty rows as with one ----------------------------------------------------


def test_pages_of_many_rows_take_no_more_queries(client: Client, parties: Parties) -> None:
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    factories.confirmed_between(visitor, parties.vo, host, parties.ho)

    def add(number: int) -> None:
        for _ in range(number):
            other, owner = factories.another_visitor(parties)
            propose(visiting=other, host=host, modality="virtual", by=owner)

    pages = [
        (parties.hop_coordinator, "/catalogue/"),
        (parties.hop_coordinator, "/matches/"),
        (parties.hop_coordinator, f"/best-matches/{host.pk}/"),
        (parties.hop_coordinator, f"/catalogue/{host.pk}/"),
        (parties.vop_coordinator, "/best-matches/"),
    ]
    counts = []
    for more in (1, 29):
        add(more)
        counts.append({address: count_queries(sign_in(client, by), address) for by, address in pages})
    assert counts[0] == counts[1]


def test_a_match_offers_only_what_is_this_sides_to_do(client: Client, parties: Parties) -> None:
    match = factories.proposed_by(parties, parties.vo)
    assert transitions_offered(sign_in(client, parties.vo), match) == ["withdraw"]
    assert transitions_offered(sign_in(client, parties.ho), match) == ["host_yes", "host_no"]


def transitions_offered(client: Client, match: Match) -> list[str]:
    response = client.get(match.get_absolute_url())
    return [offer.transition.name for offer in response.context["offers"]]
