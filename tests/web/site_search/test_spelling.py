"""What is found by parts of words, without accents, with slips; and what is not."""

import pytest

from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle
from tests.web.site_search.results import find, labels, results

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

NAMES = (
    "Corkdolphin Tecelagem, Lda",
    "Österreichische Kesselschwan GmbH",
    "Łódź Textil",
    "Barcelona Cultural Cluster",
    "Μύλος Αθηνών",
    "Københavns Bageri ApS",
)


@pytest.fixture
def parties() -> Parties:
    found = usual_parties()
    for name in NAMES:
        people.organisation("ES", legal_name=name)
    return found


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("corkdolphin", NAMES[0]),
        ("CORKDOLPHIN", NAMES[0]),
        ("dolphin", NAMES[0]),
        ("tecelagem cork", NAMES[0]),
        ("tecelágem", NAMES[0]),
        ("co", NAMES[0]),
        ("ld", NAMES[0]),
        ("osterreichische", NAMES[1]),
        ("O\u0308sterreich", NAMES[1]),
        ("lodz", NAMES[2]),
        ("Μυλος", NAMES[4]),
        ("kobenhavns", NAMES[5]),
        # misspelled
        ("corkdolfin", NAMES[0]),
        ("crokdolphin", NAMES[0]),
        ("barselona", NAMES[3]),
        ("tekstil", NAMES[2]),
        ("keselschwan", NAMES[1]),
        ("barselona clutser", NAMES[3]),
        ("bagerri", NAMES[5]),
    ],
)
def test_a_name_is_found(parties: Parties, typed: str, name: str) -> None:
    assert name in {result.title for result in results(typed, parties.so)}


@pytest.mark.parametrize("typed", ["", " ", "a", "%", "__", "\x00", "''; --", "xqzvkw", "☃", "-", "dolphin xqzvkw"])
def test_nothing_is_found_and_nothing_fails(parties: Parties, typed: str) -> None:
    assert results(typed, parties.so) == []


def test_the_beginning_of_a_name_comes_first_then_the_shorter_name(parties: Parties) -> None:
    for name in ("Great Kettle Works", "Kettle Works of the North", "Kettle Works"):
        people.organisation("ES", legal_name=name)
    found = [result.title for result in results("kettle", parties.so)]
    assert found == ["Kettle Works", "Kettle Works of the North", "Great Kettle Works"]


def test_a_similar_name_is_said_to_be_one_and_only_where_nothing_is_spelled_so(parties: Parties) -> None:
    assert not find("barcelona", parties.so).is_similar
    assert find("barselona", parties.so).is_similar
    people.organisation("ES", legal_name="Barselona Trading")
    assert [result.title for result in results("barselona", parties.so)] == ["Barselona Trading"]


def test_a_slip_finds_nothing_of_anothers(parties: Parties) -> None:
    assert results("corkdolfin", parties.vo) == []
    assert results("corkdolfin", parties.vop_coordinator) == []


def test_a_long_text_is_cut(parties: Parties) -> None:
    assert results("corkdolphin " + "x" * 5_000, parties.so) == []
    assert len(find("x " * 200, parties.so).text.words) == 6


def test_references_as_documents_print_them(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    page = exchange.get_absolute_url()
    for typed in (
        exchange.reference,
        exchange.reference.lower(),
        f"CTQ-{exchange.reference}",
        f"FA {exchange.reference}",
    ):
        assert [result.url for result in results(typed, parties.so)] == [page], typed
    assert results(f"VIS-{exchange.visit_id:05d}", parties.so)[0].url == exchange.visit.get_absolute_url()
    assert results(f"match {exchange.match_id}", parties.so)[0].url == exchange.match.get_absolute_url()
    assert results("CXC-999999999999999999999", parties.so) == []


def test_a_printed_reference_finds_its_record_alone(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    people.organisation("ES", legal_name=f"{exchange.reference} Works")
    people.organisation("ES", legal_name="VIS-99999 Works")
    assert [result.url for result in results(exchange.reference, parties.so)] == [exchange.get_absolute_url()]
    assert [result.title for result in results("VIS-99999", parties.so)] == ["VIS-99999 Works"]


def test_a_number_alone_may_be_any_record(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    assert "Exchanges" in labels(str(exchange.pk), parties.so)
    assert "Visits" in labels(str(exchange.visit_id), parties.so)
    assert "Matches" in labels(str(exchange.match_id), parties.so)
    assert "Profiles" in labels(str(exchange.match.host_profile_id), parties.so)
