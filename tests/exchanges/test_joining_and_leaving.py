"""Before somebody joins or leaves a visit, the page says what it means at the stage that the visit has reached."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from cxc import clock
from cxc.access.scoped import Actor
from cxc.bulk import runs
from cxc.bulk.actions import action_of
from cxc.workflow import consequences, kind_of, perform, perform_as_system, transitions_of
from exchanges.consequences import cancellation, new_visitor
from exchanges.models import Exchange, SharedPart, Visit
from exchanges.services.visits import add_exchange
from matching.models import Match
from tests.exchanges.services.test_visits import another_match
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.scenarios import lifecycle, open_visits
from tests.scenarios.lifecycle import FIRST, LAST
from tests.scenarios.visit_moves import ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = timedelta(days=1)
STAYS_VALID = "What was validated and signed for the other exchanges of the visit stays valid."


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


def joining_text(visit: Visit, actor: Actor) -> str:
    return " ".join(new_visitor.of_adding(new_visitor.visit_at_stage(visit.pk), actor))


def leaving_text(exchange: Exchange, actor: Actor) -> str:
    return " ".join(cancellation.of_leaving(Exchange.objects.get(pk=exchange.pk), actor))


def morning(visit: Visit, day: date) -> datetime:
    """Nine o'clock on that day at the place of the visit."""
    return visit.midnight_of(day) + timedelta(hours=9)


# --- joining: which version is signed -------------------------------------------------------------------------


def test_a_visit_without_exchanges(parties: Parties) -> None:
    visit = lifecycle.visit(lifecycle.confirmed(parties), parties.vop_coordinator)
    text = joining_text(visit, parties.vop_coordinator)
    assert "10 of 10 places of the visit are free" in text
    assert "The shared part of the CTQ is still being written" in text
    assert STAYS_VALID not in text
    assert "learn from each other" not in text


def test_while_the_shared_part_is_written_it_has_to_speak_of_several(parties: Parties) -> None:
    visit = lifecycle.in_preparation(parties).visit
    text = joining_text(visit, parties.vop_coordinator)
    assert "9 of 10 places of the visit are free" in text
    assert "it has to say what they learn from each other" in text
    assert STAYS_VALID in text


def test_while_the_shared_part_waits_for_the_support_office(parties: Parties) -> None:
    visit = lifecycle.in_preparation(parties).visit
    lifecycle.submitted_shared_part(parties, visit)
    assert "waits for the Support Office" in joining_text(visit, parties.vop_coordinator)


def test_a_validated_shared_part_is_signed_unless_it_is_changed(parties: Parties) -> None:
    visit = lifecycle.signed(parties).visit
    text = joining_text(visit, parties.vop_coordinator)
    assert "A new visitor signs version 1 of it, unless it is changed before" in text
    assert STAYS_VALID in text


def test_a_locked_shared_part_is_signed_as_it_stands_and_nothing_is_voided(parties: Parties) -> None:
    ready = lifecycle.ready(parties)
    text = joining_text(ready.visit, parties.vop_coordinator)
    assert "shared part, agenda and dates are locked. A new visitor signs version 1 of the shared part" in text
    second = with_another_visitor(parties)
    follows = lifecycle.signed_documents(second, lifecycle.joined(second, ready.visit))
    ready.refresh_from_db()
    assert (ready.state, ready.own_part.state, follows.own_part.state) == ("ready", "signed", "signed")
    assert follows.document_versions.get(kind="ctq").shared_version == SharedPart.objects.get().version == 1


# --- joining: the time that is left -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "sentences"),
    [
        pytest.param(21, ["There is time for the CTQ: it is due at the Support Office on 14 Sep 2026"], id="time"),
        pytest.param(10, ["The CTQ is late: it was due", "before 28 Sep 2026."], id="late"),
        pytest.param(4, ["The CTQ is late", "to answer, which may be too late for the start"], id="too late"),
        pytest.param(0, ["It is too late to join: 2 working days of the visit are left"], id="begun"),
        pytest.param(-5, ["It is too late to join: 0 working days of the visit are left"], id="over"),
    ],
)
def test_whether_there_is_time_for_the_ctq(parties: Parties, before: int, sentences: list[str]) -> None:
    visit = lifecycle.in_preparation(parties).visit
    with clock.at(morning(visit, FIRST - before * DAY)):
        text = joining_text(visit, parties.vop_coordinator)
    assert [sentence for sentence in sentences if sentence not in text] == []
    assert ("too late for the start" in text) == (before == 4)


def test_a_long_visit_that_has_begun_can_still_be_joined(parties: Parties) -> None:
    match = lifecycle.confirmed(parties)
    visit = lifecycle.visit(match, parties.vop_coordinator, last_day=LAST + 9 * DAY)
    with clock.at(morning(visit, FIRST)):
        text = joining_text(visit, parties.vop_coordinator)
    assert "Choose a stay between 29 Sep 2026 and 9 Oct 2026" in text


# --- joining: places, waiting list, moves -----------------------------------------------------------------------


def test_no_place_is_free(parties: Parties) -> None:
    visit = lifecycle.in_preparation(parties).visit
    perform(visit, "change_dates", by=parties.vop_coordinator, fields={"places": 1})
    assert "No place of the visit is free: it has 1, drafts counted" in joining_text(visit, parties.vop_coordinator)


def test_the_waiting_list_is_named_to_those_who_may_read_it(parties: Parties) -> None:
    visit = open_visits.open_visit(parties, places=1)
    open_visits.proposed_on(visit, open_visits.published_visitor(parties), parties.vo)
    profile, actor = open_visits.another_published_visitor(parties)
    open_visits.waiting_on(visit, profile, actor)
    assert "All 1 places are taken or asked for" in joining_text(visit, parties.vop_coordinator)
    assert "1 visitor is on the waiting list" in joining_text(visit, parties.hop_coordinator)
    assert "waiting list" not in joining_text(visit, parties.vop_coordinator)


def test_only_a_physical_exchange_is_used_up(parties: Parties) -> None:
    sentence = "A draft does not count as the visitor's one physical exchange"
    physical = lifecycle.planned(parties).visit
    virtual = lifecycle.planned(with_another_visitor(parties), "virtual").visit
    assert sentence in joining_text(physical, parties.vop_coordinator)
    assert sentence not in joining_text(virtual, parties.vop_coordinator)


def test_an_open_move_concerns_who_joins(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    ask(exchange.visit, parties.vop_coordinator)
    assert "A move of the visit to other days is open" in joining_text(exchange.visit, parties.vop_coordinator)
    assert "It no longer concerns an exchange that has ended" in leaving_text(exchange, parties.vop_coordinator)


# --- leaving ----------------------------------------------------------------------------------------------------


def test_a_draft_leaves(parties: Parties) -> None:
    text = leaving_text(lifecycle.planned(parties), parties.vop_coordinator)
    assert "it has not counted as the visitor's one physical exchange" in text
    assert "It is the last exchange of the visit. The visit stays" in text


def test_one_in_preparation_leaves(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    lifecycle.joined(with_another_visitor(parties), exchange.visit)
    text = leaving_text(exchange, parties.vop_coordinator)
    assert "it no longer counts as the visitor's one physical exchange" in text
    assert STAYS_VALID in text
    assert "signature" not in text


def test_a_signed_one_leaves_and_its_signatures_are_kept(parties: Parties) -> None:
    exchange = lifecycle.signed(parties)
    assert "4 signatures on its CTQ are kept" in leaving_text(exchange, parties.vop_coordinator)
    perform(exchange, "cancel", by=parties.vop_coordinator, reason="Ill.")
    assert exchange.document_versions.get(kind="ctq").signatures.count() == 4


def test_the_only_ready_one_unlocks_the_visit_by_leaving(parties: Parties) -> None:
    ready = lifecycle.ready(parties)
    second = with_another_visitor(parties)
    follows = lifecycle.joined(second, ready.visit)
    unlocked = "Shared part, agenda and dates of the visit are no longer locked"
    assert unlocked in leaving_text(ready, parties.vop_coordinator)
    assert unlocked not in leaving_text(follows, parties.vop_coordinator)
    perform(ready, "cancel", by=parties.vop_coordinator, reason="Ill.")
    assert perform(SharedPart.objects.get(), "revise", by=parties.ho).state == "draft"


def test_one_of_two_ready_ones_leaves_the_visit_locked(parties: Parties) -> None:
    ready = lifecycle.ready(parties)
    second = with_another_visitor(parties)
    lifecycle.set_ready(second, lifecycle.signed_documents(second, lifecycle.joined(second, ready.visit)))
    assert "no longer locked" not in leaving_text(ready, parties.vop_coordinator)


def test_an_ongoing_one_is_cancelled_by_the_support_office(parties: Parties) -> None:
    exchange = lifecycle.ready(parties)
    with clock.at(morning(exchange.visit, FIRST)):
        perform_as_system(exchange, "begin_stay")
        text = " ".join(
            consequences.at_stage(exchange, transitions_of(Exchange)["cancel_ongoing"], parties.so),
        )
    assert "it no longer counts" in text
    assert "no longer locked" in text


def test_a_visitor_reads_nothing_of_the_others(parties: Parties) -> None:
    exchange = lifecycle.ready(parties)
    lifecycle.joined(with_another_visitor(parties), exchange.visit)
    text = leaving_text(exchange, parties.vo)
    assert "it no longer counts" in text
    assert "other" not in text


def test_the_waiting_list_is_named_to_who_may_read_it_when_somebody_leaves(parties: Parties) -> None:
    visit = open_visits.open_visit(parties, places=1)
    match = open_visits.proposed_on(visit, open_visits.published_visitor(parties), parties.vo)
    perform(match, "host_yes", by=parties.ho)
    exchange = add_exchange(visit, Match.objects.get(pk=match.pk), by=parties.vop_coordinator)
    profile, actor = open_visits.another_published_visitor(parties)
    open_visits.waiting_on(visit, profile, actor)
    assert "The match keeps its place until it is cancelled too" in leaving_text(exchange, parties.hop_coordinator)
    assert "waiting list" not in leaving_text(exchange, parties.vop_coordinator)


# --- coming back -----------------------------------------------------------------------------------------------


def reopening_text(exchange: Exchange, actor: Actor) -> str:
    return " ".join(new_visitor.of_reopening(Exchange.objects.get(pk=exchange.pk), actor))


def test_who_comes_back_reads_whether_its_documents_still_count(parties: Parties) -> None:
    exchange = lifecycle.signed(parties)
    lifecycle.joined(with_another_visitor(parties), exchange.visit)
    perform(exchange, "cancel", by=parties.vop_coordinator, reason="Ill.")
    assert "Its CTQ counts again" in reopening_text(exchange, parties.vop_coordinator)
    perform(SharedPart.objects.get(), "revise", by=parties.ho)
    assert "its CTQ is validated and signed again" in reopening_text(exchange, parties.vop_coordinator)


# --- on the pages -----------------------------------------------------------------------------------------------


def test_the_pages_say_it_before_the_click(parties: Parties) -> None:
    ready = lifecycle.ready(parties)
    visit, match = ready.visit, another_match(parties, ready.match.host_profile)
    draft = lifecycle.exchange(another_match(parties, ready.match.host_profile), visit, parties.vop_coordinator)
    client = client_for(parties.vop_coordinator)
    for address, text in (
        (reverse("visit_add", args=[visit.pk]), "A new visitor signs version 1 of the shared part"),
        (reverse("visit_join", args=[match.pk]), "A new visitor signs version 1 of the shared part"),
        (reverse("exchange_cancel", args=[ready.pk]), "4 signatures on its CTQ are kept"),
        (reverse("transition", args=[kind_of(draft), draft.pk, "prepare"]), "signs version 1 of the shared part"),
    ):
        assert text in client.get(address).content.decode(), address
    visitor = client_for(parties.vo)
    page = visitor.get(reverse("transition", args=[kind_of(ready), ready.pk, "ask_to_cancel"])).content.decode()
    assert "4 signatures on its CTQ are kept" in page


def test_the_preview_of_cancelling_several_says_what_it_means(parties: Parties) -> None:
    visit = lifecycle.ready(parties).visit
    lifecycle.joined(with_another_visitor(parties), visit)
    action = action_of("exchange-cancel")
    assert action is not None
    run = runs.create_run(action, Exchange.objects.all(), by=parties.vop_coordinator)
    page = client_for(parties.vop_coordinator).get(run.get_absolute_url()).content.decode()
    assert "The exchange does not take place. Documents and signatures are kept" in page


def test_who_asks_for_a_place_and_who_offers_one_read_it(parties: Parties) -> None:
    visit = open_visits.open_visit(parties, places=1)
    page = client_for(parties.vo)
    open_visits.published_visitor(parties)
    text = page.get(reverse("visit_ask", args=[visit.pk])).content.decode()
    assert "The shared part of the CTQ is still being written" in text
    assert "places are free" not in text


def test_who_accepts_a_proposal_for_a_visit_reads_what_it_means(parties: Parties) -> None:
    visit = open_visits.open_visit(parties, places=1)
    match = open_visits.proposed_on(visit, open_visits.published_visitor(parties), parties.vo)
    page = client_for(parties.ho).get(reverse("transition", args=["matching.match", match.pk, "host_yes"]))
    text = page.content.decode()
    assert f"The proposal is for this visit: {visit}" in text.replace("&amp;", "&")
    assert "places are taken or asked for; whoever asked for this visit holds one of them" in text
    assert "There is time for the CTQ" in text
    assert not any("places" in sentence for sentence in new_visitor.of_accepting(match, parties.vo))
    assert new_visitor.of_accepting(lifecycle.proposed(usual_parties()), parties.ho) == []


@pytest.mark.parametrize("number", [1, 4])
def test_adding_reads_the_visit_in_a_fixed_number_of_queries(
    parties: Parties, number: int, django_assert_max_num_queries: object
) -> None:
    visit = lifecycle.in_preparation(parties).visit
    for _more in range(number):
        lifecycle.joined(with_another_visitor(parties), visit)
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        joining_text(visit, parties.vop_coordinator)
