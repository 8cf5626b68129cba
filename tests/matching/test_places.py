"""Places of a host: held, counted, given back. Rule: docs/rules.md, Places."""

from datetime import UTC, datetime

import pytest

from cxc import clock
from cxc.workflow import RequirementsUnmet, perform
from cxc.workflow.models import StateEvent
from matching.enums import Answer, MatchState
from matching.models import Match
from matching.services.proposals import propose
from tests.factories.parties import usual_parties
from tests.matching import factories
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_the_second_yes_without_a_place_is_refused_and_nothing_is_lost() -> None:
    parties = usual_parties()
    host = factories.hosting(parties, places=1)
    factories.confirmed_between(factories.visiting(parties), parties.vo, host, parties.ho)
    visitor, owner = factories.another_visitor(parties)
    match = propose(visiting=visitor, host=host, modality="physical", by=owner)
    before = StateEvent.objects.count()
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(match, "host_yes", by=parties.ho)
    assert [gap.name for gap in refusal.value.unmet] == ["place_free"]
    assert str(refusal.value).startswith(f"All 1 places of {parties.host} are taken at the moment.")
    match.refresh_from_db()
    assert (match.state, match.visitor_answer, match.host_answer) == (MatchState.PROPOSED, Answer.YES, Answer.NONE)
    assert StateEvent.objects.count() == before


def test_the_first_yes_needs_no_place() -> None:
    parties = usual_parties()
    host = factories.hosting(parties, places=1)
    factories.confirmed_between(factories.visiting(parties), parties.vo, host, parties.ho)
    visitor, _owner = factories.another_visitor(parties)
    match = propose(visiting=visitor, host=host, modality="physical", by=parties.hop_coordinator)
    assert perform(match, "host_yes", by=parties.ho).host_answer == Answer.YES


def test_a_cancelled_match_gives_its_place_back_and_undo_counts_again() -> None:
    parties = usual_parties()
    host = factories.hosting(parties, places=1)
    first = factories.confirmed_between(factories.visiting(parties), parties.vo, host, parties.ho)
    perform(first, "cancel", by=parties.vo, reason="It is off.")
    visitor, owner = factories.another_visitor(parties)
    factories.confirmed_between(visitor, owner, host, parties.ho)
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(first, "undo", by=parties.vo)
    assert "are taken at the moment" in str(refusal.value)
    perform(first, "reopen", by=parties.vop_coordinator, reason="They ask for it.")
    assert (first.state, first.visitor_answer, first.host_answer) == (MatchState.PROPOSED, Answer.NONE, Answer.NONE)
    assert first.confirmed_at is None


def test_a_place_is_held_to_the_last_day_of_the_exchange() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    host = exchange.match.host_profile

    def held(day: int, month: int = 9) -> int:
        with clock.at(datetime(2026, month, day, 12, tzinfo=UTC)):
            return Match.objects.holding_place_of(host, clock.today()).count()

    assert [held(28), held(30), held(1, month=10)] == [1, 1, 0]


def test_an_exchange_cancelled_leaves_the_place_held_until_the_match_is() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    perform(exchange, "cancel", by=parties.vop_coordinator, reason="It is off.")
    match = Match.objects.get(pk=exchange.match_id)
    held = Match.objects.holding_place_of(match.host_profile, lifecycle.LAST.replace(year=2027))
    assert held.count() == 1
    perform(match, "cancel", by=parties.vo, reason="It is off.")
    assert held.count() == 0


def test_places_are_not_set_below_those_held() -> None:
    parties = usual_parties()
    host = factories.hosting(parties, places=2)
    factories.confirmed_between(factories.visiting(parties), parties.vo, host, parties.ho)
    visitor, owner = factories.another_visitor(parties)
    factories.confirmed_between(visitor, owner, host, parties.ho)
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(host, "edit_published", by=parties.ho, version_read=host.row_version, fields={"places": 1})
    assert [gap.name for gap in refusal.value.unmet] == ["places_cover_confirmed_matches"]
