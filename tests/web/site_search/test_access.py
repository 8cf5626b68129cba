"""Nobody finds what they could not see on a page: rule, list and search agree."""

from dataclasses import dataclass, replace

import pytest

from cxc.access.scoped import NOBODY, Actor
from cxc.web import menu
from cxc.web.site_search import names
from cxc.workflow import create, perform
from exchanges.models import Exchange
from helpdesk.services.questions import ask_question
from matching.models import Match
from profiles.enums import OrganisationRole, PartnershipRole
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, with_another_visitor
from tests.scenarios import lifecycle
from tests.web.site_search.results import labels, results, urls

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

VISITOR, HOST, OTHER, UNRELATED = "Corkdolphin Tecelagem", "Raventhimble Tintoria", "Beetrootharp", "Tileswallow"


@dataclass
class Case:
    """A grouped visit of two visitors, each under its own Partnership; one organisation that takes no part in it."""

    parties: Parties
    others: Parties
    exchange: Exchange
    other_exchange: Exchange
    outsider: Actor

    def actors(self) -> dict[str, Actor]:
        parties, others = self.parties, self.others
        return {
            "visitor": parties.vo,
            "reader of the visitor": people.member(parties.visitor, OrganisationRole.READER),
            "host": parties.ho,
            "visitor's Partnership": parties.vop_coordinator,
            "reader of the Partnership": people.coordinator(parties.vop, PartnershipRole.READER),
            "host's Partnership": parties.hop_coordinator,
            "other visitor": others.vo,
            "other visitor's Partnership": others.vop_coordinator,
            "outsider": self.outsider,
            "stranger": people.stranger(),
            "observer": people.observer(),
            "Support Office": parties.so,
        }


@pytest.fixture
def case() -> Case:
    visitor, host = people.organisation("ES", legal_name=VISITOR), people.organisation("BE", legal_name=HOST)
    vop, hop = people.partnership("ES", acronym="VISITOP"), people.partnership("BE", acronym="HOSTOP")
    parties = Parties(
        visitor,
        host,
        vop,
        hop,
        people.member(visitor),
        people.member(host),
        people.coordinator(vop),
        people.coordinator(hop),
        people.support_office(),
    )
    exchange = lifecycle.in_preparation(parties)
    others = with_another_visitor(parties, vop=people.partnership("PT", acronym="OTHEROP"))
    others.visitor.legal_name = OTHER
    others.visitor.save()
    joined = lifecycle.joined(others, exchange.visit)
    outsider = people.member(people.organisation("RO", legal_name=UNRELATED))
    return Case(parties, others, exchange, joined, outsider)


def test_each_role_finds_the_exchange_of_its_own(case: Case) -> None:
    page, actors = case.exchange.get_absolute_url(), case.actors()
    found = {
        name: all(page in urls(text, actor) for text in (VISITOR, case.exchange.reference, str(case.exchange.pk)))
        for name, actor in actors.items()
    }
    assert {name for name, is_found in found.items() if is_found} == {
        "visitor",
        "reader of the visitor",
        "host",
        "visitor's Partnership",
        "reader of the Partnership",
        "host's Partnership",
        "observer",
        "Support Office",
    }
    assert page not in {
        url
        for name in actors
        for text in (VISITOR, case.exchange.reference)
        if not found[name]
        for url in urls(text, actors[name])
    }


def test_who_knows_the_name_of_a_visitor(case: Case) -> None:
    """Another visitor of the same visit, and its Partnership, do not; they browse no profile of this one either."""
    case.exchange.match.visiting_profile.refresh_from_db()
    found = {name for name, actor in case.actors().items() if _names(results(VISITOR, actor), VISITOR)}
    published = {"other visitor", "other visitor's Partnership"}  # by the catalogue, in which it stands
    assert found - published == {
        "visitor",
        "reader of the visitor",
        "host",
        "visitor's Partnership",
        "reader of the Partnership",
        "host's Partnership",
        "observer",
        "Support Office",
    }
    for name in published:
        assert set(labels(VISITOR, case.actors()[name])) <= {"Catalogue"}


def test_an_organisation_that_takes_no_part_is_found_by_itself_and_the_offices(case: Case) -> None:
    found = {name for name, actor in case.actors().items() if results(UNRELATED, actor)}
    assert found == {"outsider", "observer", "Support Office"}


def test_the_visit_is_found_by_its_parties_alone(case: Case) -> None:
    page = case.exchange.visit.get_absolute_url()
    for text in (HOST, f"VIS-{case.exchange.visit_id:05d}", f"visit {case.exchange.visit_id}"):
        found = {name for name, actor in case.actors().items() if page in urls(text, actor)}
        assert found == set(case.actors()) - {"outsider", "stranger"}, text


def test_people_are_found_where_a_page_shows_them(case: Case) -> None:
    """By name and by address: members by their own, their Partnership and the Support Office; contacts of a match."""
    person = people.user_of(case.parties.vo)
    for text in (person.full_name, person.email):
        found = {name for name, actor in case.actors().items() if _names(results(text, actor), person.email)}
        assert found == {
            "visitor",
            "reader of the visitor",
            "host",
            "visitor's Partnership",
            "reader of the Partnership",
            "host's Partnership",
            "Support Office",
        }, text


def test_a_contact_is_not_found_before_the_match_is_confirmed(case: Case) -> None:
    newcomer = with_another_visitor(case.parties)
    visiting = lifecycle.published(newcomer.visitor, newcomer.vop, newcomer.vo, newcomer.vop_coordinator)
    host_profile = case.exchange.match.host_profile
    match = create(
        Match(visiting_profile=visiting, host_profile=host_profile, modality="physical"),
        "propose",
        by=newcomer.vo,
    )
    address = people.user_of(newcomer.vo).email
    assert match.get_absolute_url() in urls(newcomer.visitor.legal_name, case.parties.ho)
    assert not _names(results(address, case.parties.ho), address)
    perform(match, "host_yes", by=case.parties.ho)
    assert _names(results(address, case.parties.ho), address)


def test_a_reader_of_an_organisation_is_nobodys_contact(case: Case) -> None:
    reader = people.user_of(people.member(case.parties.visitor, OrganisationRole.READER))
    assert not _names(results(reader.email, case.parties.ho), reader.email)
    assert _names(results(reader.email, case.parties.vop_coordinator), reader.email)


def test_somebody_anonymised_is_not_found(case: Case) -> None:
    person = people.person("Wilhelmina Sauerkraut")
    assert results("Sauerkraut", case.parties.so)
    person.is_active = False
    person.save()
    assert not results("Sauerkraut", case.parties.so)


def test_a_question_is_found_by_who_asked_and_who_answers(case: Case) -> None:
    question = ask_question(by=case.parties.vo, subject="Where is the harbour?", text="I look for it.")
    page = question.get_absolute_url()
    found = {name for name, actor in case.actors().items() if page in urls("harbour", actor)}
    assert found == {name for name, actor in case.actors().items() if page in urls(f"H{question.pk}", actor)}
    assert {"visitor", "Support Office"} <= found
    assert not found & {"host", "host's Partnership", "other visitor", "observer", "outsider", "stranger"}


def test_every_page_that_is_found_opens(case: Case) -> None:
    """Those of the menu say themselves why they do not open yet."""
    texts = (
        VISITOR,
        HOST,
        OTHER,
        UNRELATED,
        "VISITOP",
        "owner",
        "coordinator",
        "visit",
        "new",
        "create",
        case.exchange.reference,
    )
    for name, actor in case.actors().items():
        client = client_for(actor)
        found = {result.url for text in texts for result in results(text, actor)}
        found -= {entry.url for entry in menu.entries_for(actor)}
        answers = {url: client.get(url, follow=True).status_code for url in found}
        assert {url: code for url, code in answers.items() if code != 200} == {}, name


def test_with_the_same_number_a_partnership_finds_nothing_of_the_organisation(case: Case) -> None:
    namesake = replace(case.others.vop_coordinator, principal_id=case.parties.visitor.pk)
    if case.parties.visitor.pk not in {case.parties.vop.pk, case.parties.hop.pk, case.others.vop.pk}:
        assert case.exchange.get_absolute_url() not in urls(case.exchange.reference, namesake)


def test_names_are_found_alike_whether_few_or_many_are_named_so(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few are looked for by their numbers, many by the words."""
    person = people.user_of(case.parties.vo)
    texts = (VISITOR, HOST, "Beetroot", UNRELATED, "beetrotharp", person.full_name, person.email, "organisation")
    asked = [(text, actor) for text in texts for actor in case.actors().values()]
    found = [results(text, actor) for text, actor in asked]
    assert any(found)
    monkeypatch.setattr(names, "FEW", 0)
    assert [results(text, actor) for text, actor in asked] == found


def test_nobody_signed_in_finds_nothing_of_anybody(case: Case) -> None:
    assert set(labels(VISITOR, NOBODY)) == set()
    assert set(labels("VISITOP", NOBODY)) <= {"Partnerships"}


def _names(found: list, text: str) -> bool:
    return any(text in f"{result.title} {result.detail}" for result in found)
