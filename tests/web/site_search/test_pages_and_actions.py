"""Pages of the menu and actions, by what one acts for, in the language of the page."""

import pytest
from django.utils import translation

from cxc.access.scoped import Actor
from cxc.web import menu
from profiles.enums import OrganisationRole, PartnershipRole
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle
from tests.web.site_search.results import results

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def titles(text: str, actor: Actor) -> set[str]:
    return {result.title for result in results(text, actor)}


def test_every_entry_of_ones_menu_is_found_by_its_label() -> None:
    parties = usual_parties()
    for actor in (parties.vo, parties.vop_coordinator, parties.so, people.observer(), people.stranger()):
        for entry in menu.entries_for(actor):
            assert str(entry.label) in titles(str(entry.label), actor)


def test_a_page_of_others_is_not_found() -> None:
    parties = usual_parties()
    assert "Validation" in titles("validation", parties.so)
    assert "Validation" not in titles("validation", parties.vop_coordinator)
    assert "Make matches" not in titles("make matches", parties.vo)


def test_a_page_is_found_by_its_beginning_and_with_a_slip() -> None:
    parties = usual_parties()
    assert "Catalogue" in titles("cata", parties.vo)
    assert "Catalogue" in titles("catalouge", parties.vo)


def test_pages_are_found_in_the_language_of_the_page() -> None:
    parties = usual_parties()
    with translation.override("fr"):
        label = str(next(entry.label for entry in menu.entries_for(parties.vo) if entry.url_name == "exchanges"))
        assert label in titles(label, parties.vo)


def test_a_visit_can_be_created_where_a_match_waits_for_one() -> None:
    parties = usual_parties()
    actors = (parties.vo, parties.ho, parties.vop_coordinator, parties.hop_coordinator, parties.so)
    assert not any("Create a visit" in titles("create", actor) for actor in actors)
    match = lifecycle.confirmed(parties)
    found = [actor for actor in actors if "Create a visit" in titles("create", actor)]
    assert found == [parties.ho, parties.vop_coordinator, parties.hop_coordinator, parties.so]
    reader = people.coordinator(parties.hop, PartnershipRole.READER)
    assert "Create a visit" not in titles("create", reader)
    lifecycle.exchange(match, lifecycle.visit(match, parties.hop_coordinator), parties.hop_coordinator)
    assert "Create a visit" not in titles("create", parties.hop_coordinator)


def test_actions_of_readers_and_observers() -> None:
    parties = usual_parties()
    reader = people.member(parties.visitor, OrganisationRole.READER)
    assert "New profile" in titles("new profile", parties.vo)
    assert "New profile" not in titles("new profile", reader)
    assert "Invite a member" not in titles("invite", reader)
    for text in ("new profile", "register", "invite", "plan matches", "record an exchange", "publish an open visit"):
        assert not titles(text, people.observer()) & {
            "New profile",
            "Register an organisation",
            "Invite a member",
            "Plan matches",
            "Record an exchange afterwards",
            "Publish an open visit",
        }
