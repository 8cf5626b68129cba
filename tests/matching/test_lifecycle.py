"""Every row of the table of a match. Rule: docs/rules.md, Matches."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cxc import clock
from cxc.access.scoped import Actor, Side
from cxc.workflow import NotAllowed, ReasonMissing, RequirementsUnmet, perform, perform_as_system
from cxc.workflow.models import StateEvent
from matching.enums import Answer, MatchState
from matching.forms.matches import GivenOutsideForm
from matching.models import Match
from profiles.models import Participation
from tests.factories.parties import Parties, usual_parties
from tests.matching import factories
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
DAY = timedelta(days=1)


def actor(parties: Parties, who: str) -> Actor:
    return {
        "VO": parties.vo,
        "HO": parties.ho,
        "VOP": parties.vop_coordinator,
        "HOP": parties.hop_coordinator,
        "SO": parties.so,
    }[who]


def answers(match: Match) -> tuple[str, str]:
    return match.visitor_answer, match.host_answer


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("VO", (Answer.YES, Answer.NONE)),
        ("HO", (Answer.NONE, Answer.YES)),
        ("VOP", (Answer.NONE, Answer.NONE)),
        ("HOP", (Answer.NONE, Answer.NONE)),
        ("SO", (Answer.NONE, Answer.NONE)),
    ],
)
def test_an_organisation_proposing_says_its_own_yes(who: str, expected: tuple[str, str]) -> None:
    parties = usual_parties()
    match = factories.proposed_by(parties, actor(parties, who))
    assert (match.state, answers(match), match.initiated_by) == (MatchState.PROPOSED, expected, Side[who])


def test_a_partnership_gives_nobodys_yes_and_both_answers_confirm() -> None:
    parties = usual_parties()
    match = factories.proposed_by(parties, parties.hop_coordinator)
    perform(match, "visitor_yes", by=parties.vo)
    assert match.state == MatchState.PROPOSED
    perform(match, "host_yes", by=parties.ho)
    match.refresh_from_db()
    assert (match.state, match.confirmed_at) == (MatchState.CONFIRMED, lifecycle.NOW)
    transitions = StateEvent.of(match).values_list("transition", "side")
    assert list(transitions) == [
        ("propose", "hop"),
        ("visitor_yes", "vo"),
        ("host_yes", "ho"),
        ("confirm", "portal"),
    ]


def test_nobody_answers_for_the_other_side() -> None:
    parties = usual_parties()
    match = factories.proposed_by(parties, parties.hop_coordinator)
    for transition, wrong in (("visitor_yes", "HO VOP HOP SO"), ("host_yes", "VO VOP HOP SO")):
        for who in wrong.split():
            with pytest.raises(NotAllowed):
                perform(match, transition, by=actor(parties, who))


def test_a_no_needs_a_reason_and_may_follow_a_yes() -> None:
    parties = usual_parties()
    match = factories.proposed_by(parties, parties.hop_coordinator)
    perform(match, "visitor_yes", by=parties.vo)
    with pytest.raises(ReasonMissing):
        perform(match, "visitor_no", by=parties.vo)
    perform(match, "visitor_no", by=parties.vo, reason="Our plans changed.")
    assert (match.state, match.visitor_answer) == (MatchState.DECLINED, Answer.NO)


def test_who_proposed_withdraws_instead_of_saying_no() -> None:
    parties = usual_parties()
    match = factories.proposed_by(parties, parties.vo)
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(match, "visitor_no", by=parties.vo, reason="No.")
    assert factories.unmet_names(refusal) == ["visitor_may_decline"]
    for other in (parties.ho, parties.vop_coordinator, parties.hop_coordinator):
        with pytest.raises(RequirementsUnmet) as refusal:
            perform(match, "withdraw", by=other, reason="No.")
        assert factories.unmet_names(refusal) == ["own_proposal"]
    perform(match, "withdraw", by=parties.vo, reason="We found somebody.")
    assert match.state == MatchState.WITHDRAWN


def test_the_support_office_withdraws_any_proposal() -> None:
    parties = usual_parties()
    assert (
        perform(factories.proposed_by(parties, parties.ho), "withdraw", by=parties.so, reason="By mistake.").state
        == "withdrawn"
    )


def test_a_partnership_cannot_give_the_other_sides_yes_outside() -> None:
    parties = usual_parties()
    match = factories.proposed_by(parties, parties.so)
    for side, by in (
        (Side.VO, parties.hop_coordinator),
        (Side.HO, parties.vop_coordinator),
        (Side.VO, parties.so),
        (Side.HO, parties.ho),
    ):
        with pytest.raises(NotAllowed):
            factories.yes_outside(match, side, by)


def test_a_yes_given_outside_today_is_taken_by_the_day_of_the_side_that_gave_it() -> None:
    """At half past midnight in Madrid; in Lisbon it is still the day before."""
    parties, at_home = usual_parties(), date(2026, 9, 9)
    match = factories.proposed_by(parties, parties.ho)
    with clock.at(datetime(2026, 9, 8, 22, 30, tzinfo=UTC)):
        form = GivenOutsideForm({"on": at_home.isoformat(), "how": "Call"}, side=match.visiting_profile)
        assert (form.is_valid(), form["on"].initial) == (True, at_home)
        assert not GivenOutsideForm({"on": "2026-09-10", "how": "Call"}, side=match.visiting_profile).is_valid()
        factories.yes_outside(match, Side.VO, parties.vop_coordinator, on=at_home)


def test_a_yes_given_outside_names_a_past_day_and_how() -> None:
    parties = usual_parties()
    match = factories.proposed_by(parties, parties.ho)
    with pytest.raises(RequirementsUnmet) as refusal:
        factories.yes_outside(match, Side.VO, parties.vop_coordinator, on=clock.today() + DAY)
    assert factories.unmet_names(refusal) == ["given_on_is_not_future"]
    with pytest.raises(RequirementsUnmet) as refusal:
        factories.yes_outside(match, Side.VO, parties.vop_coordinator, how="  ")
    assert factories.unmet_names(refusal) == ["given_how_is_stated"]
    factories.yes_outside(match, Side.VO, parties.vop_coordinator, on=clock.today() - DAY)
    match.refresh_from_db()
    assert match.state == MatchState.CONFIRMED
    assert (match.visitor_answered_on, match.visitor_answered_outside) == (clock.today() - DAY, "by telephone")
    assert match.visitor_notified_at == lifecycle.NOW


def test_a_yes_given_outside_is_taken_back_within_seven_days() -> None:
    parties = usual_parties()
    match = factories.yes_outside(
        factories.proposed_by(parties, parties.hop_coordinator), Side.VO, parties.vop_coordinator
    )
    with pytest.raises(RequirementsUnmet):
        perform(match, "take_back_yes", by=parties.ho)
    with clock.at(lifecycle.NOW + 7 * DAY):
        perform(match, "take_back_yes", by=parties.vo)
    assert (match.state, match.visitor_answer) == (MatchState.DECLINED, Answer.NO)


def test_after_seven_days_a_yes_given_outside_stands() -> None:
    parties = usual_parties()
    match = factories.yes_outside(factories.proposed_by(parties, parties.ho), Side.VO, parties.vop_coordinator)
    with clock.at(lifecycle.NOW + 8 * DAY), pytest.raises(RequirementsUnmet) as refusal:
        perform(match, "take_back_yes_confirmed", by=parties.vo)
    assert factories.unmet_names(refusal) == ["visitor_yes_given_outside"]


def test_an_own_yes_is_not_taken_back() -> None:
    parties = usual_parties()
    match = lifecycle.confirmed(parties)
    for by in (parties.vo, parties.ho):
        with pytest.raises(RequirementsUnmet):
            perform(match, "take_back_yes_confirmed", by=by)


def test_a_confirmed_yes_given_outside_taken_back_cancels() -> None:
    parties = usual_parties()
    match = factories.yes_outside(factories.proposed_by(parties, parties.vo), Side.HO, parties.hop_coordinator)
    perform(match, "take_back_yes_confirmed", by=parties.ho)
    assert (match.state, answers(match)) == (MatchState.CANCELLED, (Answer.YES, Answer.NO))


def test_taken_back_with_an_exchange_in_preparation_it_is_a_request_to_cancel() -> None:
    parties = usual_parties()
    match = factories.yes_outside(factories.proposed_by(parties, parties.vo), Side.HO, parties.hop_coordinator)
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(match, "take_back_yes_by_request", by=parties.ho)
    assert factories.unmet_names(refusal) == ["exchange_under_preparation"]
    made = lifecycle.exchange(match, lifecycle.visit(match, parties.vop_coordinator), parties.vop_coordinator)
    perform(made, "prepare", by=parties.vop_coordinator)
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(match, "take_back_yes_confirmed", by=parties.ho)
    assert factories.unmet_names(refusal) == ["no_confirmed_exchange"]
    perform(match, "take_back_yes_by_request", by=parties.ho)
    made.refresh_from_db()
    match.refresh_from_db()
    assert (match.state, made.state, made.cancel_asked_by) == ("confirmed", "preparation", Side.HO)


def test_a_proposal_expires_after_21_days_or_with_the_participation() -> None:
    parties = usual_parties()
    match = factories.proposed_by(parties, parties.vo)
    with clock.at(lifecycle.NOW + 21 * DAY - timedelta(seconds=1)), pytest.raises(RequirementsUnmet):
        perform_as_system(match, "expire")
    Participation.objects.filter(partnership=parties.hop).update(last_day=clock.today() - DAY)
    assert perform_as_system(match, "expire").state == MatchState.EXPIRED


@pytest.mark.parametrize("who", ["VO", "HO", "VOP", "HOP", "SO"])
def test_everybody_cancels_a_confirmed_match_with_a_reason(who: str) -> None:
    parties = usual_parties()
    match = lifecycle.confirmed(parties)
    made = lifecycle.exchange(match, lifecycle.visit(match, parties.vop_coordinator), parties.vop_coordinator)
    with pytest.raises(ReasonMissing):
        perform(match, "cancel", by=actor(parties, who))
    perform(match, "cancel", by=actor(parties, who), reason="It is off.")
    assert match.state == MatchState.CANCELLED
    assert not type(made).objects.filter(pk=made.pk).exists(), "its draft exchange goes with it"


def test_a_match_with_an_exchange_in_preparation_is_not_cancelled() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(exchange.match, "cancel", by=parties.vo, reason="It is off.")
    assert factories.unmet_names(refusal) == ["no_confirmed_exchange"]
