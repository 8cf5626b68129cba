"""Cancelling and reopening, and the yes that is taken back."""

from datetime import timedelta

import pytest

from cxc import clock
from cxc.workflow import NotAllowed, ReasonMissing, RequirementsUnmet, WrongState, create, perform
from exchanges.models import Exchange
from exchanges.services import cancellation
from matching.models import Match
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.scenarios import completion, lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = timedelta(days=1)


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


def match_of(exchange: Exchange) -> Match:
    return Match.objects.get(pk=exchange.match_id)


@pytest.mark.parametrize("who", ["vop_coordinator", "hop_coordinator", "so"])
def test_cancelled_alone_the_match_stays(parties: Parties, who: str) -> None:
    exchange = lifecycle.in_preparation(parties)
    cancellation.cancel_exchange(exchange, by=getattr(parties, who), reason="Ill.")
    assert (exchange.state, match_of(exchange).state) == ("cancelled", "confirmed")


def test_cancelled_with_its_match_the_visitor_is_free(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    cancellation.cancel_exchange(exchange, by=parties.vop_coordinator, reason="Ill.", match_too=True)
    assert (exchange.state, match_of(exchange).state) == ("cancelled", "cancelled")


def test_no_longer_used_up_at_once(parties: Parties) -> None:
    """The same visitor prepares an exchange with another host the moment the first is cancelled."""
    first = lifecycle.in_preparation(parties)
    cancellation.cancel_exchange(first, by=parties.vop_coordinator, reason="Ill.", match_too=True)
    assert lifecycle.in_preparation(parties).state == "preparation"


def test_signed_papers_stay(parties: Parties) -> None:
    exchange = lifecycle.signed(parties)
    cancellation.cancel_exchange(exchange, by=parties.vop_coordinator, reason="Ill.")
    assert (exchange.own_part.state, exchange.agreement.state) == ("signed", "signed")
    assert exchange.document_versions.get(kind="ctq").signatures.count() == 4


def test_visitor_and_host_ask_and_do_not_cancel(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    for actor in (parties.vo, parties.ho):
        with pytest.raises(NotAllowed):
            cancellation.cancel_exchange(exchange, by=actor, reason="Ill.")
    with pytest.raises(ReasonMissing):
        perform(exchange, "ask_to_cancel", by=parties.ho)
    perform(exchange, "ask_to_cancel", by=parties.ho, reason="Moving house.")
    assert (exchange.cancel_asked_by, exchange.cancel_asked_why) == ("ho", "Moving house.")
    with pytest.raises(RequirementsUnmet, match="Answer the request to cancel first"):
        perform(exchange, "ask_to_cancel", by=parties.vo, reason="Ill.")


def test_a_request_is_refused_with_a_reason_or_granted(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    perform(exchange, "ask_to_cancel", by=parties.vo, reason="Ill.")
    with pytest.raises(ReasonMissing):
        perform(exchange, "refuse_to_cancel", by=parties.hop_coordinator)
    perform(exchange, "refuse_to_cancel", by=parties.hop_coordinator, reason="All is booked.")
    assert exchange.cancel_asked_at is None
    perform(exchange, "ask_to_cancel", by=parties.vo, reason="Still ill.")
    cancellation.cancel_exchange(exchange, by=parties.hop_coordinator, reason="Granted.")
    assert (exchange.state, exchange.cancel_asked_at) == ("cancelled", None)


def test_it_is_asked_before_the_start(parties: Parties) -> None:
    exchange = lifecycle.ready(parties)
    with clock.at(completion.AFTER), pytest.raises(RequirementsUnmet, match="its start day has begun"):
        perform(exchange, "ask_to_cancel", by=parties.vo, reason="Late.")


def test_only_the_support_office_cancels_what_is_ongoing(parties: Parties) -> None:
    exchange = lifecycle.ongoing(parties)
    with pytest.raises(NotAllowed):
        cancellation.cancel_exchange(exchange, by=parties.vop_coordinator, reason="A quarrel.")
    cancellation.cancel_exchange(exchange, by=parties.so, reason="A quarrel.")
    assert exchange.state == "cancelled"


@pytest.mark.parametrize(
    ("who", "days", "works"), [("vop_coordinator", 7, True), ("vop_coordinator", 8, False), ("so", 8, True)]
)
def test_reopened_within_seven_days(parties: Parties, who: str, days: int, works: bool) -> None:
    exchange = lifecycle.in_preparation(parties)
    cancellation.cancel_exchange(exchange, by=parties.vop_coordinator, reason="Ill.")
    with clock.at(lifecycle.NOW + days * DAY):
        if works:
            perform(exchange, "reopen_cancelled", by=getattr(parties, who), reason="Well again.")
        else:
            with pytest.raises(RequirementsUnmet, match="for 7 days only"):
                perform(exchange, "reopen_cancelled", by=getattr(parties, who), reason="Well again.")
    assert exchange.state == ("preparation" if works else "cancelled")


def test_reopening_asks_everything_again(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    cancellation.cancel_exchange(exchange, by=parties.vop_coordinator, reason="Ill.", match_too=True)
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(exchange, "reopen_cancelled", by=parties.vop_coordinator, reason="Well again.")
    assert [gap.name for gap in refusal.value.unmet] == ["match_confirmed"]


def test_a_place_given_back_is_not_taken_twice(parties: Parties) -> None:
    """After its last day somebody else took the place: the exchange can't move to later days then."""
    exchange = lifecycle.in_preparation(parties)
    host = match_of(exchange).host_profile
    perform(host, "edit_published", by=parties.ho, version_read=host.row_version, fields={"places": 1})
    with clock.at(completion.AFTER):
        other = with_another_visitor(parties)
        visiting = lifecycle.published(other.visitor, parties.vop, other.vo, parties.vop_coordinator)
        second = create(
            Match(visiting_profile=visiting, host_profile=host, modality="physical"), "propose", by=other.vo
        )
        assert perform(second, "host_yes", by=parties.ho).state == "confirmed"
        later = {"first_day": lifecycle.FIRST, "last_day": lifecycle.LAST + 14 * DAY}
        perform(exchange.visit, "change_dates", by=parties.vop_coordinator, fields=later)
        stay = {"start": lifecycle.FIRST + 14 * DAY, "end": lifecycle.LAST + 14 * DAY}
        with pytest.raises(RequirementsUnmet, match="all 1 are taken now"):
            perform(
                exchange,
                "set_agreed",
                by=parties.vop_coordinator,
                sector=None,
                lump_sum=exchange.agreed_lump_sum,
                **stay,
            )
        cancellation.cancel_exchange(exchange, by=parties.vop_coordinator, reason="Too late.")
        assert match_of(exchange).place_until == lifecycle.LAST


def given_outside(parties: Parties) -> Match:
    """The host's Partnership says yes for it, and with that the match is confirmed."""
    match = lifecycle.proposed(parties)
    return perform(match, "host_yes_outside", by=parties.hop_coordinator, on=lifecycle.NOW.date(), how="By telephone")


def test_a_yes_taken_back_cancels_the_match(parties: Parties) -> None:
    assert cancellation.take_back_yes(given_outside(parties), by=parties.ho).state == "cancelled"


def test_a_yes_taken_back_declines_a_proposal(parties: Parties) -> None:
    match = lifecycle.proposed(parties, by=parties.hop_coordinator)
    perform(match, "host_yes_outside", by=parties.hop_coordinator, on=lifecycle.NOW.date(), how="By telephone")
    assert cancellation.take_back_yes(match, by=parties.ho).state == "declined"


def test_a_yes_taken_back_late_asks_to_cancel_the_exchange(parties: Parties) -> None:
    match = given_outside(parties)
    visit = lifecycle.visit(match, parties.vop_coordinator)
    exchange = perform(lifecycle.exchange(match, visit, parties.vop_coordinator), "prepare", by=parties.vop_coordinator)
    assert cancellation.take_back_yes(match, by=parties.ho).state == "confirmed"
    exchange.refresh_from_db()
    assert (exchange.state, exchange.cancel_asked_by) == ("preparation", "ho")


def test_what_is_closed_is_not_cancelled(parties: Parties) -> None:
    exchange = completion.closed(parties)
    with clock.at(completion.AFTER), pytest.raises(WrongState):
        cancellation.cancel_exchange(exchange, by=parties.so, reason="Too late.")
