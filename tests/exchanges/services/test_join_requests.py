"""Asking for a place on an open visit, waiting for one, being offered one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import ProgrammingError

from cxc import clock
from cxc.access.scoped import PORTAL
from cxc.comms.models import Mail
from cxc.core.models import SchemeSettings
from cxc.todo import items_for
from cxc.workflow import NotAllowed, Refused, RequirementsUnmet, WrongState, perform
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.models import StateEvent
from exchanges.models import Visit, VisitProposal, WaitingListEntry
from exchanges.rules import visit_eligibility
from exchanges.services import join_requests
from exchanges.services.visits import add_exchange, create_visit
from matching.models import Match
from matching.services.proposals import propose
from profiles.models import Participation
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle, open_visits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = timedelta(days=1)


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


def left(visit: Visit) -> int:
    return Visit.objects.get(pk=visit.pk).count_free_places()


def todo(actor: object) -> list[str]:
    return [item.thing for item in items_for(actor) if item.name == "offer_place"]


# --- asking -----------------------------------------------------------------------------------------


def test_asking_is_a_proposal_for_the_visit_and_the_visitors_own_yes(parties: Parties) -> None:
    visit = open_visits.open_visit(parties, places=2)
    match = open_visits.proposed_on(visit, open_visits.published_visitor(parties), parties.vo)
    assert (match.state, match.initiated_by, match.visitor_answer, match.host_answer) == (
        "proposed",
        "vo",
        "yes",
        "none",
    )
    assert match.message == "For the visit “Looms”, 28 Sep 2026 to 30 Sep 2026."
    assert VisitProposal.objects.get(match=match).visit == visit
    assert left(visit) == 1
    mails = set(Mail.objects.values_list("to_user", "subject"))
    assert (parties.hop_coordinator.user.pk, "Somebody asks to join the visit: Looms") in mails
    assert any(user == parties.ho.user.pk and subject.startswith("A proposal") for user, subject in mails)


def test_both_said_yes_and_the_exchange_takes_place_on_that_visit(parties: Parties) -> None:
    visit = open_visits.open_visit(parties, places=1)
    match = perform(
        open_visits.proposed_on(visit, open_visits.published_visitor(parties), parties.vo), "host_yes", by=parties.ho
    )
    assert (match.state, left(visit)) == ("confirmed", 0)
    exchange = add_exchange(visit, match, by=parties.vop_coordinator)
    assert (exchange.planned_start, exchange.planned_end, left(visit)) == (lifecycle.FIRST, lifecycle.LAST, 0)


def test_an_exchange_on_another_visit_takes_the_proposal_along_and_frees_the_place(parties: Parties) -> None:
    visit = open_visits.open_visit(parties, places=1)
    match = perform(
        open_visits.proposed_on(visit, open_visits.published_visitor(parties), parties.vo), "host_yes", by=parties.ho
    )
    days = {"first_day": lifecycle.FIRST + 7 * DAY, "last_day": lifecycle.LAST + 7 * DAY}
    other = create_visit(visit.host_profile, "physical", by=parties.hop_coordinator, **days)
    add_exchange(other, match, by=parties.vop_coordinator)
    assert VisitProposal.objects.get(match=match).visit == other
    assert left(visit) == 1


def test_a_partnership_asks_for_its_visitor_and_says_nobodys_yes(parties: Parties) -> None:
    match = open_visits.proposed_on(
        open_visits.open_visit(parties), open_visits.published_visitor(parties), parties.vop_coordinator
    )
    assert (match.initiated_by, match.visitor_answer) == ("vop", "none")


def test_the_limit_of_open_proposals_holds(parties: Parties) -> None:
    SchemeSettings.objects.update_or_create(pk=1, defaults={"open_proposals_limit": 1})
    profile = open_visits.published_visitor(parties)
    open_visits.proposed_on(open_visits.open_visit(parties), profile, parties.vo)
    other = replace(parties, host=people.organisation("BE"))
    other.ho = people.member(other.host)
    with pytest.raises(RequirementsUnmet, match="1 open proposals"):
        open_visits.proposed_on(open_visits.open_visit(other), profile, parties.vo)


def test_nobody_asks_after_the_last_day_nor_for_somebody_elses_profile(parties: Parties) -> None:
    visit = open_visits.open_visit(parties)
    profile, _owner = open_visits.another_published_visitor(parties)
    with pytest.raises(NotAllowed):
        join_requests.ask_to_join(visit, profile, by=parties.vo)
    with clock.at(lifecycle.NOW + 20 * DAY), pytest.raises(Refused, match="last day to ask was"):
        join_requests.ask_to_join(visit, open_visits.published_visitor(parties), by=parties.vo)
    assert not Match.objects.exists()


def test_the_hosts_other_matches_leave_fewer_places(parties: Parties) -> None:
    host = open_visits.published_host(parties, places=2)
    profile, owner = open_visits.another_published_visitor(parties)
    perform(propose(visiting=profile, host=host, modality="virtual", by=owner), "host_yes", by=parties.ho)
    visit = open_visits.open_visit(parties, host)
    assert left(visit) == 1
    open_visits.proposed_on(visit, open_visits.published_visitor(parties), parties.vo)
    assert left(visit) == 0


def test_the_second_yes_is_refused_when_the_visit_has_become_smaller(parties: Parties) -> None:
    visit = open_visits.open_visit(parties, places=2)
    profile, owner = open_visits.another_published_visitor(parties)
    first, second = (
        open_visits.proposed_on(visit, profile, owner),
        open_visits.proposed_on(visit, open_visits.published_visitor(parties), parties.vo),
    )
    perform(Visit.objects.get(pk=visit.pk), "change_dates", by=parties.hop_coordinator, fields={"places": 1})
    perform(first, "host_yes", by=parties.ho)
    with pytest.raises(RequirementsUnmet, match="Wait until a place of the visit “Looms” is free"):
        perform(second, "host_yes", by=parties.ho)
    second.refresh_from_db()
    assert (second.state, second.host_answer) == ("proposed", "none")


# --- the line -----------------------------------------------------------------------------------------


def line_of(parties: Parties, number: int = 2) -> tuple[Visit, Match, list[WaitingListEntry]]:
    """A full visit, and so many who wait; the first is the usual visitor."""
    visit, match = open_visits.full_visit(parties)
    waiting = [open_visits.waiting_on(visit, open_visits.published_visitor(parties), parties.vo)]
    for _ in range(number - 1):
        waiting.append(open_visits.waiting_on(visit, *open_visits.another_published_visitor(parties)))
    return visit, match, waiting


def numbers(visit: Visit) -> list[tuple[int, int]]:
    rows = visit.waiting_list_entries.waiting().with_positions().oldest_first()
    return [(row.pk, row.position) for row in rows]


def test_who_finds_no_place_waits_in_order_of_asking(parties: Parties) -> None:
    visit, _match, (first, second) = line_of(parties)
    assert numbers(visit) == [(first.pk, 1), (second.pk, 2)]
    assert Mail.objects.filter(subject__startswith="Somebody waits for a place", to_user=parties.ho.user).count() == 2
    perform(first, "leave", by=parties.vo)
    assert numbers(visit) == [(second.pk, 1)]
    again = open_visits.waiting_on(visit, first.visiting_profile, parties.vo)
    assert numbers(visit) == [(second.pk, 1), (again.pk, 2)]


def test_one_place_in_the_line_for_a_profile(parties: Parties) -> None:
    visit, _match, (first, _second) = line_of(parties)
    with pytest.raises(Refused, match="waits for a place on this visit already"):
        join_requests.ask_to_join(visit, first.visiting_profile, by=parties.vo)


def test_a_visit_without_a_list_is_full_when_it_is_full(parties: Parties) -> None:
    visit, _match = open_visits.full_visit(parties, has_waiting_list=False)
    with pytest.raises(RequirementsUnmet, match="keeps no waiting list"):
        join_requests.ask_to_join(visit, open_visits.published_visitor(parties), by=parties.vo)


def test_a_freed_place_is_offered_to_the_next_by_the_hosts_partnership(parties: Parties) -> None:
    visit, match, (first, _second) = line_of(parties)
    assert todo(parties.hop_coordinator) == []
    with pytest.raises(RequirementsUnmet, match="Wait until a place is free"):
        join_requests.offer_place(first, by=parties.hop_coordinator)
    perform(match, "host_no", by=parties.ho, reason="No.")
    assert todo(parties.hop_coordinator) == [f"Looms → {parties.visitor}"]
    assert Mail.objects.get(subject__startswith="A place is free").to_user == parties.hop_coordinator.user
    for nobody in (parties.ho, parties.vo, parties.vop_coordinator):
        assert todo(nobody) == []
        with pytest.raises(NotAllowed):
            join_requests.offer_place(first, by=nobody)
    made = join_requests.offer_place(first, by=parties.hop_coordinator)
    assert (made.initiated_by, made.visitor_answer, made.host_answer) == ("hop", "none", "none")
    assert VisitProposal.objects.get(match=made).waiting_list_entry == first
    assert (first.state, left(visit), todo(parties.hop_coordinator)) == ("offered", 0, [])
    assert Mail.objects.filter(subject__startswith="A proposal", to_user=parties.vo.user).count() == 1


@pytest.mark.parametrize("end", ["visitor_no", "expire"])
def test_after_a_no_the_next_can_be_offered_the_place(parties: Parties, end: str) -> None:
    _visit, match, (first, second) = line_of(parties)
    perform(match, "host_no", by=parties.ho, reason="No.")
    made = join_requests.offer_place(first, by=parties.hop_coordinator)
    if end == "expire":
        with clock.at(lifecycle.NOW + 22 * DAY):
            perform(made, "expire", by=PORTAL)
    else:
        perform(made, end, by=parties.vo, reason="Ill.")
    assert join_requests.offer_place(second, by=parties.hop_coordinator).state == "proposed"
    with pytest.raises(WrongState):
        join_requests.offer_place(first, by=parties.hop_coordinator)


def test_out_of_turn_needs_a_reason_that_is_kept(parties: Parties) -> None:
    _visit, match, (first, second) = line_of(parties)
    perform(match, "host_no", by=parties.ho, reason="No.")
    with pytest.raises(RequirementsUnmet, match="stands before and could come"):
        join_requests.offer_place(second, by=parties.hop_coordinator)
    join_requests.offer_place(second, by=parties.hop_coordinator, reason="Comes with the same bus.")
    event = StateEvent.of(second).get(transition="offer")
    assert (event.reason, event.details) == ("Comes with the same bus.", {"passed_over": [str(parties.visitor)]})
    first.refresh_from_db()
    assert first.state == "waiting"


def test_who_waits_comes_before_who_asks_later(parties: Parties) -> None:
    visit, match, (first, second) = line_of(parties)
    perform(match, "host_no", by=parties.ho, reason="No.")
    late, owner = open_visits.another_published_visitor(parties)
    assert open_visits.waiting_on(visit, late, owner).state == "waiting"
    perform(Visit.objects.get(pk=visit.pk), "change_dates", by=parties.hop_coordinator, fields={"places": 4})
    later, another_owner = open_visits.another_published_visitor(parties)
    assert open_visits.proposed_on(visit, later, another_owner).state == "proposed"
    assert [join_requests.offer_place(entry, by=parties.hop_coordinator).state for entry in (first, second)] == [
        "proposed"
    ] * 2


def test_a_cancelled_match_and_a_deleted_draft_free_the_place(parties: Parties) -> None:
    visit, match, (first, _second) = line_of(parties)
    perform(match, "host_yes", by=parties.ho)
    add_exchange(visit, match, by=parties.hop_coordinator)
    assert left(visit) == 0
    perform(match, "cancel", by=parties.ho, reason="Ill.")
    assert left(visit) == 1
    assert join_requests.offer_place(first, by=parties.so).initiated_by == "so"


# --- who can't come any more ----------------------------------------------------------------------------


def unpublished(parties: Parties, entry: WaitingListEntry) -> None:
    perform(entry.visiting_profile, "unpublish", by=parties.vo, reason="Not now.")


def matched_elsewhere(parties: Parties, entry: WaitingListEntry) -> None:
    other = people.organisation("BE")
    owner = people.member(other)
    host = open_visits.published_host(replace(parties, host=other, ho=owner))
    profile = entry.visiting_profile
    perform(propose(visiting=profile, host=host, modality="physical", by=parties.vo), "host_yes", by=owner)


def participation_ended(parties: Parties, _place: WaitingListEntry) -> None:
    Participation.objects.filter(partnership=parties.vop).update(last_day=lifecycle.NOW.date() - DAY)


def other_period(parties: Parties, entry: WaitingListEntry) -> None:
    profile = entry.visiting_profile
    fields = {"available_to": lifecycle.FIRST + DAY}
    perform(profile, "edit_published", by=parties.vo, version_read=profile.row_version, fields=fields)


def proposed_to_the_host(parties: Parties, entry: WaitingListEntry) -> None:
    propose(visiting=entry.visiting_profile, host=entry.visit.host_profile, modality="physical", by=parties.vo)


@pytest.mark.parametrize(
    ("happens", "sentence"),
    [
        (unpublished, "Publish the profile of"),
        (matched_elsewhere, "until the other confirmed match of"),
        (participation_ended, "participation of"),
        (other_period, "it is free on 2 working days of this visit"),
        (proposed_to_the_host, "open match that the two have already"),
    ],
)
def test_who_can_not_come_any_more_is_passed_over_with_the_reason(
    parties: Parties, happens: object, sentence: str
) -> None:
    visit, match, (first, second) = line_of(parties)
    if happens is participation_ended:  # of the first only
        perform(
            second.visiting_profile, "reassign", by=parties.so, reason="Moved.", partnership=people.partnership("FR")
        )
    perform(match, "host_no", by=parties.ho, reason="No.")
    happens(parties, first)  # type: ignore[operator]
    entry = visit.waiting_list_entries.with_display_relations().with_eligibility().get(pk=first.pk)
    assert sentence in entry.problem(Deadlines())
    fresh = WaitingListEntry.objects.get(pk=first.pk)
    with pytest.raises(Refused, match=sentence):
        join_requests.offer_place(fresh, by=parties.hop_coordinator)
    assert WaitingListEntry.objects.get(pk=first.pk).state == "waiting"
    assert todo(parties.hop_coordinator) == [f"Looms → {second.visiting_profile.organisation}"]
    assert (
        join_requests.offer_place(WaitingListEntry.objects.get(pk=second.pk), by=parties.hop_coordinator).state
        == "proposed"
    )


def test_when_the_visit_has_begun_nothing_is_offered(parties: Parties) -> None:
    _visit, match, (first, _second) = line_of(parties)
    perform(match, "host_no", by=parties.ho, reason="No.")
    with clock.at(lifecycle.NOW + 21 * DAY):
        assert todo(parties.hop_coordinator) == []
        with pytest.raises(RequirementsUnmet, match="has begun"):
            join_requests.offer_place(first, by=parties.hop_coordinator)


def test_what_is_said_of_the_two_is_what_a_proposal_requires(parties: Parties) -> None:
    """Where nothing keeps them apart a proposal goes through; where something does it is refused."""
    host = open_visits.published_host(parties)
    visit = open_visits.open_visit(parties, host)
    spanish, belgian = people.organisation("ES"), people.organisation("BE")
    cases = {
        "fits": open_visits.published_visitor(parties),
        "same country": open_visits.published_visitor(replace(parties, visitor=belgian, vo=people.member(belgian))),
        "virtual only": open_visits.published_visitor(
            replace(parties, visitor=spanish, vo=people.member(spanish)), physical=False
        ),
        "draft": lifecycle.draft(people.organisation("FR"), parties.vop, parties.so),
    }
    outcomes = {}
    for name, profile in cases.items():
        row = Visit.objects.with_host().with_eligibility_of(profile).get(pk=visit.pk)
        problem = visit_eligibility.problem(profile, row, row, Deadlines())
        try:
            with transaction.atomic():
                propose(visiting=profile, host=host, modality="physical", by=parties.so)
        except RequirementsUnmet:
            outcomes[name] = ("refused", bool(problem))
        else:
            outcomes[name] = ("proposed", bool(problem))
    assert outcomes == {
        "fits": ("proposed", False),
        "same country": ("refused", True),
        "virtual only": ("refused", True),
        "draft": ("refused", True),
    }


def test_the_database_holds_proposals_and_the_line_to_their_visit(parties: Parties) -> None:
    visit, match, (first, _second) = line_of(parties)
    virtual = open_visits.open_visit(parties, visit.host_profile, "virtual")
    with pytest.raises((InternalError, ProgrammingError), match="in its modality"), transaction.atomic():
        VisitProposal.objects.filter(match=match).update(visit=virtual)
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE exchanges_waitinglistentry SET asked_at = now() WHERE id = %s", [first.pk])
