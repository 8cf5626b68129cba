"""What of a match shows that a holder is still interested in its profile."""

from datetime import timedelta

import pytest

from cxc import clock
from cxc.workflow import create, perform
from matching.models import Match
from profiles.models import LastInterest, Profile
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import completion, lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LATER = timedelta(days=100)


def shown(match: Match) -> tuple[timedelta | None, timedelta | None]:
    """How long after the beginning of the test visitor and host showed interest; None for whom nobody asks."""
    rows = dict(LastInterest.objects.values_list("profile", "shown_at"))
    found = [rows.get(pk) for pk in (match.visiting_profile_id, match.host_profile_id)]
    visitor, host = (None if moment is None else moment - lifecycle.NOW for moment in found)
    return visitor, host


def proposed_by_partnership(parties: Parties) -> Match:
    """Nobody but the Partnerships has done anything."""
    match = lifecycle.proposed(parties, by=parties.vop_coordinator)
    assert shown(match) == (timedelta(0), timedelta(0))
    return match


def test_who_proposes_shows_interest_and_who_is_proposed_to_does_not() -> None:
    parties = usual_parties()
    first = lifecycle.proposed(parties)
    perform(first, "withdraw", by=parties.vo, reason="Another time.")
    with clock.at(lifecycle.NOW + LATER):
        again = Match(visiting_profile=first.visiting_profile, host_profile=first.host_profile, modality=first.modality)
        create(again, "propose", by=parties.vo)
    assert shown(again) == (LATER, timedelta(0))


def test_a_no_counts_for_the_side_that_says_it() -> None:
    parties = usual_parties()
    match = proposed_by_partnership(parties)
    with clock.at(lifecycle.NOW + LATER):
        perform(match, "host_no", by=parties.ho, reason="No time.")
        assert shown(match) == (timedelta(0), LATER)
        perform(match, "reopen", by=parties.hop_coordinator, reason="Time after all.")
        assert shown(match) == (timedelta(0), LATER)


def test_a_yes_given_outside_is_the_partnerships_deed() -> None:
    parties = usual_parties()
    match = proposed_by_partnership(parties)
    perform(match, "host_yes_outside", by=parties.hop_coordinator, on=clock.today(), how="By telephone.")
    assert shown(match) == (timedelta(0), timedelta(0))


def test_nobody_is_asked_while_a_match_is_confirmed_and_both_are_after_it() -> None:
    parties = usual_parties()
    match = lifecycle.confirmed(parties)
    assert shown(match) == (None, None)
    with clock.at(lifecycle.NOW + LATER):
        perform(match, "cancel", by=parties.vop_coordinator, reason="Ill.")
    assert shown(match) == (LATER, LATER)


def test_a_profile_published_again_with_its_confirmed_match_is_not_asked_about() -> None:
    parties = usual_parties()
    match = lifecycle.confirmed(parties)
    host = Profile.objects.get(pk=match.host_profile_id)
    perform(host, "unpublish", by=parties.so, reason="Wait.")
    perform(host, "submit", by=parties.ho)
    perform(host, "publish", by=parties.hop_coordinator)
    assert shown(match) == (None, None)


def test_after_its_physical_exchange_the_host_is_asked_and_the_visitor_is_not() -> None:
    parties = usual_parties()
    exchange = completion.closed(parties)
    visitor, host = shown(exchange.match)
    assert visitor is None
    assert host is not None


def test_no_other_profile_of_a_visitor_that_had_its_physical_exchange_is_asked_about() -> None:
    parties = usual_parties()
    other = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator, title="Another")
    assert LastInterest.objects.filter(profile=other).exists()
    completion.closed(parties)
    assert not LastInterest.objects.filter(profile=other).exists()


def test_nobody_is_asked_while_a_reopened_exchange_runs() -> None:
    parties = usual_parties()
    exchange = completion.closed(parties, "virtual")
    asked = shown(exchange.match)
    assert None not in asked
    with clock.at(lifecycle.NOW + LATER):
        perform(exchange, "reopen", by=parties.so, reason="Another report.")
        assert shown(exchange.match) == (None, None)
    with clock.at(lifecycle.NOW + 2 * LATER):
        perform(exchange, "close", by=parties.vop_coordinator)
        assert shown(exchange.match) == (2 * LATER, 2 * LATER)
