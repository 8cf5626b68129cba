"""The last place of an open visit, asked for and offered at the same moment, on real connections."""

from collections.abc import Callable

import pytest

from cxc.workflow import perform
from exchanges.models import Visit, VisitProposal, WaitingListEntry
from exchanges.services import join_requests
from matching.models import Match
from profiles.models import Profile
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import open_visits
from tests.scenarios.parallel import in_parallel

pytestmark = [pytest.mark.usefixtures("committed_db", "now")]


def asking(visit: Visit, profile: Profile, owner: object) -> Callable[[], object]:
    return lambda: join_requests.ask_to_join(
        Visit.objects.get(pk=visit.pk), Profile.objects.get(pk=profile.pk), by=owner
    )


def offering(entry: WaitingListEntry, by: object) -> Callable[[], object]:
    return lambda: join_requests.offer_place(WaitingListEntry.objects.get(pk=entry.pk), by=by, reason="Now.")


def with_a_line(number: int) -> tuple[Parties, Visit, list[WaitingListEntry]]:
    """One place free, and so many who wait for it."""
    parties = usual_parties()
    visit, match = open_visits.full_visit(parties)
    waiting = [open_visits.waiting_on(visit, *open_visits.another_published_visitor(parties)) for _ in range(number)]
    perform(match, "host_no", by=parties.ho, reason="No.")
    return parties, visit, waiting


def test_six_ask_for_the_last_two_places() -> None:
    parties = usual_parties()
    visit = open_visits.open_visit(parties, places=2)
    outcomes = in_parallel(*(asking(visit, *open_visits.another_published_visitor(parties)) for _ in range(6)))
    assert outcomes == ["done"] * 6
    assert VisitProposal.objects.filter(visit=visit).count() == 2
    line = visit.waiting_list_entries.waiting().with_positions().oldest_first()
    assert [entry.position for entry in line] == [1, 2, 3, 4]


def test_one_visitor_asks_twice_at_once() -> None:
    parties = usual_parties()
    visit, _match = open_visits.full_visit(parties)
    profile, owner = open_visits.another_published_visitor(parties)
    outcomes = in_parallel(asking(visit, profile, owner), asking(visit, profile, owner))
    assert sorted(outcomes)[1] == "done"
    assert "waits for a place on this visit already" in sorted(outcomes)[0]


def test_two_coordinators_offer_one_place_to_one_and_the_same() -> None:
    parties, visit, (first, _second) = with_a_line(2)
    colleague = people.coordinator(parties.hop)
    outcomes = in_parallel(offering(first, parties.hop_coordinator), offering(first, colleague))
    assert outcomes.count("done") == 1
    assert VisitProposal.objects.filter(waiting_list_entry=first).count() == 1
    assert Visit.objects.get(pk=visit.pk).count_free_places() == 0


def test_two_coordinators_offer_one_place_to_two() -> None:
    parties, visit, (first, second) = with_a_line(2)
    outcomes = in_parallel(offering(first, parties.hop_coordinator), offering(second, people.coordinator(parties.hop)))
    assert outcomes.count("done") == 1
    assert any("Wait until a place is free" in sentence for sentence in outcomes)
    assert VisitProposal.objects.filter(visit=visit, waiting_list_entry__isnull=False).count() == 1
    assert sorted(visit.waiting_list_entries.values_list("state", flat=True)) == ["offered", "waiting"]


def test_an_offer_while_others_ask_to_visit_and_the_host_answers() -> None:
    """Visitors, host and coordinator at once, in all the orders of locking there are: nobody waits in a ring."""
    parties, visit, (first, second) = with_a_line(2)
    profiles = [open_visits.another_published_visitor(parties) for _ in range(2)]
    virtual, owner = open_visits.another_published_visitor(parties)
    proposal = open_visits.proposed_on(
        open_visits.open_visit(parties, visit.host_profile, "virtual", places=3), virtual, owner
    )

    def answer() -> None:
        perform(Match.objects.get(pk=proposal.pk), "host_yes", by=parties.ho)

    def leave() -> None:
        perform(WaitingListEntry.objects.get(pk=second.pk), "leave", by=parties.so)

    acts = [offering(first, parties.hop_coordinator), answer, leave, *(asking(visit, *one) for one in profiles)]
    assert in_parallel(*acts) == ["done"] * 5
    assert sorted(visit.waiting_list_entries.values_list("state", flat=True)) == [
        "left",
        "offered",
        "waiting",
        "waiting",
    ]
