"""Undo and reopen: where a match goes back to. Rule: docs/rules.md, Matches."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxc import clock
from cxc.access.scoped import Actor, Side
from cxc.workflow import NotAllowed, ReasonMissing, RequirementsUnmet, available_transitions, perform, perform_as_system
from cxc.workflow.models import StateEvent
from matching.enums import OPEN_STATES, Answer, MatchState
from matching.models import Match
from matching.services.proposals import propose
from tests.factories.parties import Parties, usual_parties
from tests.matching import factories
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.long(40), pytest.mark.django_db, pytest.mark.usefixtures("now")]
DAY = timedelta(days=1)


def test_only_who_ended_it_undoes_it_and_within_seven_days() -> None:
    parties = usual_parties()
    match = perform(factories.proposed_by(parties, parties.vo), "host_no", by=parties.ho, reason="Full.")
    for other in (parties.vo, parties.vop_coordinator, parties.hop_coordinator):
        with pytest.raises(RequirementsUnmet) as refusal:
            perform(match, "undo", by=other)
        assert [gap.name for gap in refusal.value.unmet] == ["ended_by_own_side"]
    with clock.at(lifecycle.NOW + 8 * DAY), pytest.raises(RequirementsUnmet) as refusal:
        perform(match, "undo", by=parties.ho)
    assert [gap.name for gap in refusal.value.unmet] == ["ended_recently"]
    with clock.at(lifecycle.NOW + 7 * DAY):
        perform(match, "undo", by=parties.ho)
    assert (match.state, match.visitor_answer, match.host_answer) == (MatchState.PROPOSED, Answer.YES, Answer.NONE)


def test_the_support_office_undoes_for_anybody() -> None:
    parties = usual_parties()
    match = perform(lifecycle.confirmed(parties), "cancel", by=parties.vo, reason="By mistake.")
    assert perform(match, "undo", by=parties.so).state == MatchState.CONFIRMED


def test_an_undone_proposal_has_the_days_left_that_it_had() -> None:
    parties = usual_parties()
    match = factories.proposed_by(parties, parties.vo)
    with clock.at(lifecycle.NOW + 20 * DAY):
        perform(match, "host_no", by=parties.ho, reason="Full.")
    with clock.at(lifecycle.NOW + 26 * DAY):
        perform(match, "undo", by=parties.ho)
        with pytest.raises(RequirementsUnmet):
            perform_as_system(match, "expire")
    with clock.at(lifecycle.NOW + 27 * DAY):
        assert perform_as_system(match, "expire").state == MatchState.EXPIRED


def test_organisations_do_not_reopen_and_a_reason_is_compulsory() -> None:
    parties = usual_parties()
    match = perform(factories.proposed_by(parties, parties.vo), "host_no", by=parties.ho, reason="Full.")
    for by in (parties.vo, parties.ho):
        with pytest.raises(NotAllowed):
            perform(match, "reopen", by=by, reason="Again.")
    with pytest.raises(ReasonMissing):
        perform(match, "reopen", by=parties.hop_coordinator)


def test_reopening_goes_back_to_the_state_before() -> None:
    parties = usual_parties()
    match = perform(lifecycle.confirmed(parties), "cancel", by=parties.vo, reason="It is off.")
    perform(match, "reopen", by=parties.hop_coordinator, reason="It is on again.")
    assert match.state == MatchState.CONFIRMED


def test_an_expired_proposal_reopened_begins_its_days_anew() -> None:
    parties = usual_parties()
    match = factories.proposed_by(parties, parties.vo)
    with clock.at(lifecycle.NOW + 21 * DAY):
        perform_as_system(match, "expire")
        perform(match, "reopen", by=parties.vop_coordinator, reason="The host was away.")
        assert (match.state, match.visitor_answer) == (MatchState.PROPOSED, Answer.YES)
    with clock.at(lifecycle.NOW + 41 * DAY), pytest.raises(RequirementsUnmet):
        perform_as_system(match, "expire")


def test_reopening_after_a_yes_was_taken_back_asks_both_sides_again() -> None:
    parties = usual_parties()
    match = factories.yes_outside(factories.proposed_by(parties, parties.vo), Side.HO, parties.hop_coordinator)
    perform(match, "take_back_yes_confirmed", by=parties.ho)
    perform(match, "reopen", by=parties.hop_coordinator, reason="They thought again.")
    assert (match.state, match.visitor_answer, match.host_answer) == (MatchState.PROPOSED, Answer.NONE, Answer.NONE)


def test_what_can_no_longer_be_proposed_is_not_reopened() -> None:
    parties = usual_parties()
    match = perform(factories.proposed_by(parties, parties.vo), "host_no", by=parties.ho, reason="Full.")
    propose(visiting=match.visiting_profile, host=match.host_profile, modality="physical", by=parties.ho)
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(match, "reopen", by=parties.hop_coordinator, reason="Again.")
    assert [gap.name for gap in refusal.value.unmet] == ["can_be_proposed"]
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(match, "undo", by=parties.ho)
    assert [gap.name for gap in refusal.value.unmet] == ["previous_state_is_allowed"]


# --- random walks ------------------------------------------------------------------------------

Snapshot = tuple[object, ...]


def snapshot_of(match: Match) -> Snapshot:
    """State and answers: what undo must bring back whole."""
    names = ("answer", "answered_on", "answered_outside", "notified_at")
    return (match.state, *(getattr(match, f"{who}_{name}") for who in ("visitor", "host") for name in names))


NO_ANSWERS: Snapshot = (MatchState.PROPOSED, *((Answer.NONE, None, "", None) * 2))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_wherever_one_walks_undo_is_exact_and_reopen_goes_back_or_asks_again(data: st.DataObject) -> None:
    """Each transition has one event; an end remembers exactly what it ended; undo brings exactly that back;
    reopen that, or a proposal with nobody's answer."""
    with transaction.atomic():
        parties = usual_parties()
        actors = [parties.vo, parties.ho, parties.vop_coordinator, parties.hop_coordinator, parties.so]
        match = factories.proposed_by(parties, data.draw(st.sampled_from(actors), label="proposer"))
        moment, before = lifecycle.NOW, snapshot_of(match)
        for _step in range(8):
            moment += data.draw(st.integers(0, 3), label="days") * DAY
            with clock.at(moment):
                before = walk_a_step(data, parties, match, actors, before)
        transaction.set_rollback(True)


def walk_a_step(data: st.DataObject, parties: Parties, match: Match, actors: list[Actor], before: Snapshot) -> Snapshot:
    """One transition that is available to somebody; returns what an end has to remember."""
    on_offer = [
        (by, offer.transition.name) for by in actors for offer in available_transitions(match, by) if offer.is_open
    ]
    if not on_offer:
        return before
    by, name = data.draw(st.sampled_from(on_offer), label="transition")
    stood, events = snapshot_of(match), StateEvent.of(match).count()
    facts = {"on": clock.today(), "how": "by telephone"} if name.endswith("_outside") else {}
    perform(match, name, by=by, reason="Because.", **facts)
    match.refresh_from_db()
    confirmed_by_it = stood[0] == MatchState.PROPOSED and match.state == MatchState.CONFIRMED
    assert StateEvent.of(match).count() == events + 1 + confirmed_by_it
    if name == "undo":
        assert snapshot_of(match) == before
    if name == "reopen":
        assert snapshot_of(match) in (before, NO_ANSWERS)
    return stood if stood[0] in OPEN_STATES and match.state not in OPEN_STATES else before
