"""Best matches: made from what, what would make them better, and what is known of the others from before."""

from datetime import timedelta
from typing import Any

import pytest

from cxc import clock
from cxc.workflow import perform
from cxc.workflow.models import StateEvent
from matching.enums import MatchState
from matching.models import Match
from matching.queries.earlier_dealings import ResponseRecord, partners_from_before, response_records
from matching.services.proposal_expiry import expire_proposals
from matching.services.proposals import propose
from profiles.models import Profile
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.html import source_of
from tests.matching import factories
from tests.queries import assert_constant_queries
from tests.scenarios import completion, lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = timedelta(days=1)


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


def proposal_by_another(parties: Parties, host: Profile) -> Match:
    other = with_another_visitor(parties)
    visiting = lifecycle.published(other.visitor, other.vop, other.vo, other.vop_coordinator)
    return propose(visiting=visiting, host=host, modality="physical", by=other.vo)


def answered(parties: Parties, host: Profile, transition: str, days: int) -> None:
    match = proposal_by_another(parties, host)
    with clock.at(lifecycle.NOW + days * DAY):
        reason = {"reason": "No room."} if transition == "host_no" else {}
        perform(match, transition, by=parties.ho, **reason)


def page_of(parties: Parties, profile: Profile) -> str:
    return source_of(client_for(parties.vo).get(f"/best-matches/{profile.pk}/"))


def test_a_hosts_answers_are_told_from_the_third_proposal_on(parties: Parties) -> None:
    host, mine = factories.hosting(parties, places=9), factories.visiting(parties)
    organisation = host.organisation_id
    answered(parties, host, "host_no", 1)
    answered(parties, host, "host_yes", 4)
    assert response_records({organisation}) == {}
    ignored = proposal_by_another(parties, host)
    with clock.at(lifecycle.NOW + 60 * DAY):
        assert expire_proposals() == 1
    ignored.refresh_from_db()
    assert ignored.state == MatchState.EXPIRED
    assert response_records({organisation}) == {organisation: ResponseRecord(proposals=3, answered=2, days=1)}
    assert "Answered 2 of 3 proposals in a year, half of them within 1 day." in page_of(parties, mine)
    with clock.at(lifecycle.NOW + 366 * DAY):
        assert response_records({organisation}) == {}


def test_what_the_host_proposed_or_nobody_could_answer_does_not_count(parties: Parties) -> None:
    host = factories.hosting(parties, places=9)
    for _ in range(3):
        other = with_another_visitor(parties)
        visiting = lifecycle.published(other.visitor, other.vop, other.vo, other.vop_coordinator)
        match = propose(visiting=visiting, host=host, modality="physical", by=parties.ho)
        perform(match, "visitor_no", by=other.vo, reason="Another one.")
    for _ in range(3):
        perform(proposal_by_another(parties, host), "host_yes_outside", by=parties.hop_coordinator, **OUTSIDE)
    assert response_records({host.organisation_id}) == {}


def test_a_proposal_that_was_opened_again_counts_from_then(parties: Parties) -> None:
    host = factories.hosting(parties, places=9)
    for _ in range(3):
        match = proposal_by_another(parties, host)
        with clock.at(lifecycle.NOW + 100 * DAY):
            perform(match, "host_no", by=parties.ho, reason="No room.")
        with clock.at(lifecycle.NOW + 110 * DAY):
            perform(match, "reopen", by=parties.hop_coordinator, reason="There is room again.")
        with clock.at(lifecycle.NOW + 112 * DAY):
            perform(match, "host_no", by=parties.ho, reason="No room after all.")
    assert response_records({host.organisation_id})[host.organisation_id].days == 2


OUTSIDE = {"on": lifecycle.NOW.date(), "how": "by telephone"}


def test_who_has_worked_together_is_told_to_those_who_know_of_it(parties: Parties) -> None:
    exchange = completion.closed(parties)
    visitor, host = exchange.organisation_id, exchange.match.host_organisation_id
    assert partners_from_before(visitor, {host}, parties.vo) == {host}
    assert partners_from_before(host, {visitor, host}, parties.hop_coordinator) == {visitor}
    page = source_of(client_for(parties.vo).get(f"/best-matches/{exchange.match.visiting_profile_id}/"))
    assert f"{parties.visitor} and {parties.host} have worked together before." in page
    stranger = usual_parties("FR", "DE")
    assert partners_from_before(visitor, {host}, stranger.vo) == frozenset()


def test_the_list_says_from_what_it_is_made_and_what_would_make_it_better(parties: Parties) -> None:
    mine = factories.visiting(parties, languages=["en"], description="Short.", motivation="Short too.")
    factories.hosting(parties)
    page = page_of(parties, mine)
    assert f"A list made for {parties.visitor}: everybody" in page
    assert "1 language, the days from" in page
    steps = f"/profiles/{mine.pk}/edit"
    for address in (f"{steps}/exchange/#id_seeks", f"{steps}/exchange/#id_languages", f"{steps}/texts/#id_description"):
        assert address in page
    with clock.at(lifecycle.NOW), pytest.MonkeyPatch.context() as patched:
        patched.setattr("matching.presenters.profile_sources.NEARLY_OVER", 100_000)
        assert "Your last possible day is" in page_of(parties, mine)


def test_what_was_recorded_afterwards_says_nothing_of_a_hosts_answers(parties: Parties) -> None:
    host = factories.hosting(parties, places=9)
    for days in (1, 2, 3):
        answered(parties, host, "host_no", days)
    assert set(response_records({host.organisation_id})) == {host.organisation_id}
    event = StateEvent.objects.filter(kind="matching.match", transition="host_no").latest("pk")
    StateEvent.objects.create(**{**values_of(event), "is_recorded": True})
    assert response_records({host.organisation_id}) == {}


def values_of(event: StateEvent) -> dict[str, Any]:
    """What stands in the event, without its number."""
    return {field.attname: getattr(event, field.attname) for field in event._meta.concrete_fields[1:]}


def test_who_may_not_edit_the_profile_reads_no_advice(parties: Parties) -> None:
    mine = factories.visiting(parties, languages=["en"], description="Short.", motivation="Short too.")
    for actor, told in ((parties.vo, True), (parties.vop_coordinator, True), (people.observer(), False)):
        page = source_of(client_for(actor).get(f"/best-matches/{mine.pk}/"))
        assert ("What would make the list better" in page, "Made from your profile" in page) == (told, True), actor


def test_the_queries_do_not_grow_with_the_hosts(parties: Parties) -> None:
    mine = factories.visiting(parties)

    def add(number: int) -> None:
        for _ in range(number):
            factories.another_host(parties)

    assert_constant_queries(client_for(parties.vo), f"/best-matches/{mine.pk}/", add)
