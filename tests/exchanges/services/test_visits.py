"""Visits: begun, filled, changed, handed over, deleted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cxc.workflow import NotAllowed, RequirementsUnmet, create, perform
from exchanges.models import Exchange, Visit
from exchanges.services import visits
from matching.models import Match
from profiles.models import Profile
from tests.factories import people
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = timedelta(days=1)
DATES_AND_PLACES = {"first_day": lifecycle.FIRST, "last_day": lifecycle.LAST}


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.fixture
def match(parties: Parties) -> Match:
    return lifecycle.confirmed(parties)


def another_match(parties: Parties, host: Profile, *, confirm: bool = True, vop: object = None) -> Match:
    """One more visitor's match with the same host."""
    other = with_another_visitor(parties, vop=vop)
    visiting = lifecycle.published(other.visitor, other.vop, other.vo, other.vop_coordinator)
    match = create(Match(visiting_profile=visiting, host_profile=host, modality="physical"), "propose", by=other.vo)
    return perform(match, "host_yes", by=parties.ho) if confirm else match


def with_exchange(parties: Parties, match: Match) -> Exchange:
    """The draft exchange of a match on a visit of its own."""
    visit = visits.create_visit(match.host_profile, "physical", by=parties.vop_coordinator, **DATES_AND_PLACES)
    return visits.add_exchange(visit, match, by=parties.vop_coordinator)


@pytest.mark.parametrize(
    ("who", "lead"), [("vop_coordinator", "vop"), ("hop_coordinator", "hop"), ("ho", "hop"), ("so", "hop")]
)
def test_who_begins_a_visit_and_who_leads_it(parties: Parties, match: Match, who: str, lead: str) -> None:
    visit = visits.create_visit(match.host_profile, "physical", by=getattr(parties, who), **DATES_AND_PLACES)
    assert (visit.lead, visit.time_zone, visit.city) == (getattr(parties, lead), "Europe/Brussels", "City")
    assert visit.shared_part.state == "draft"


def test_the_visitor_does_not_begin_a_visit(parties: Parties, match: Match) -> None:
    with pytest.raises(NotAllowed):
        visits.create_visit(match.host_profile, "physical", by=parties.vo, **DATES_AND_PLACES)


def test_a_partnership_without_a_match_there_does_not_either(parties: Parties, match: Match) -> None:
    stranger = people.coordinator(people.partnership("DE"))
    with pytest.raises(RequirementsUnmet, match="a match of one of your visitors with this host"):
        visits.create_visit(match.host_profile, "physical", by=stranger, **DATES_AND_PLACES)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"time_zone": "Europe/Nowhere"}, "IANA"), ({"last_day": lifecycle.FIRST - DAY}, "last day that is not before")],
)
def test_a_frame_that_cannot_be(parties: Parties, match: Match, change: dict[str, object], sentence: str) -> None:
    with pytest.raises(RequirementsUnmet, match=sentence):
        visits.create_visit(match.host_profile, "physical", by=parties.vop_coordinator, **(DATES_AND_PLACES | change))
    assert not Visit.objects.exists()


def test_one_visit_for_many_matches_and_the_rest_is_skipped_with_reasons(parties: Parties, match: Match) -> None:
    second = another_match(parties, match.host_profile)
    proposed = another_match(parties, match.host_profile, confirm=False)
    elsewhere = lifecycle.confirmed(usual_parties())
    visit = visits.create_visit(match.host_profile, "physical", by=parties.vop_coordinator, **DATES_AND_PLACES)
    outcome = visits.add_exchanges(visit, [match, second, proposed, elsewhere], by=parties.vop_coordinator)
    assert [exchange.match for exchange in outcome.done] == [match, second]
    assert [(exchange.state, exchange.planned_working_days) for exchange in outcome.done] == [("draft", 3)] * 2
    assert [skip.thing for skip in outcome.skipped] == [proposed, elsewhere]
    assert "Choose a match that is confirmed" in outcome.skipped[0].sentences[0]
    assert "You may not do this" in outcome.skipped[1].sentences[0]
    assert visit.exchanges.count() == 2


def test_a_match_has_one_exchange(parties: Parties, match: Match) -> None:
    visit = with_exchange(parties, match).visit
    outcome = visits.add_exchanges(visit, [match], by=parties.vop_coordinator)
    assert (outcome.done, outcome.skipped[0].sentences) == (
        [],
        ("Go on with the exchange that the match has already, or cancel that one first.",),
    )


def test_days_outside_the_visit_are_refused(parties: Parties, match: Match) -> None:
    visit = visits.create_visit(match.host_profile, "physical", by=parties.vop_coordinator, **DATES_AND_PLACES)
    with pytest.raises(RequirementsUnmet, match="within the visit"):
        visits.add_exchange(visit, match, by=parties.vop_coordinator, start=lifecycle.FIRST, end=lifecycle.LAST + DAY)


def test_the_one_type_in_common_is_proposed(parties: Parties, match: Match) -> None:
    assert visits.proposed_type(match) is None
    only = match.visiting_profile.types.first()
    match.host_profile.types.set([only])
    assert visits.proposed_type(match) == only


def test_the_frame_changes_while_nothing_stands_on_it(parties: Parties, match: Match) -> None:
    visit = with_exchange(parties, match).visit
    with pytest.raises(NotAllowed):
        perform(visit, "change_dates", by=parties.ho, fields={"title": "Ours"})
    perform(
        visit,
        "change_dates",
        by=parties.vop_coordinator,
        fields={"last_day": lifecycle.LAST + DAY, "title": "Textiles"},
    )
    assert (visit.last_day, visit.title) == (lifecycle.LAST + DAY, "Textiles")
    with pytest.raises(RequirementsUnmet, match="then shorten the visit"):
        perform(visit, "change_dates", by=parties.vop_coordinator, fields={"first_day": lifecycle.FIRST + DAY})
    with pytest.raises(RequirementsUnmet, match="IANA"):
        perform(visit, "change_dates", by=parties.vop_coordinator, fields={"time_zone": "Brussels"})


def test_a_ready_exchange_locks_the_frame(parties: Parties) -> None:
    exchange = lifecycle.ready(parties)
    with pytest.raises(RequirementsUnmet, match="back to preparation"):
        perform(exchange.visit, "change_dates", by=parties.vop_coordinator, fields={"last_day": lifecycle.LAST + DAY})


def test_the_visits_places_are_checked_at_preparation(parties: Parties, match: Match) -> None:
    second = another_match(parties, match.host_profile)
    visit = visits.create_visit(
        match.host_profile, "physical", by=parties.vop_coordinator, places=1, **DATES_AND_PLACES
    )
    first_type = match.visiting_profile.types.first()
    done = visits.add_exchanges(visit, [match, second], by=parties.vop_coordinator, type=first_type).done
    perform(done[0], "prepare", by=parties.vop_coordinator)
    with pytest.raises(RequirementsUnmet, match="all 1 are taken"):
        perform(done[1], "prepare", by=parties.vop_coordinator)
    perform(visit, "change_dates", by=parties.vop_coordinator, fields={"places": 2})
    perform(done[1], "prepare", by=parties.vop_coordinator)
    with pytest.raises(RequirementsUnmet, match="Enter at least 2 places"):
        perform(visit, "change_dates", by=parties.vop_coordinator, fields={"places": 1})


def test_the_lead_is_handed_over_to_who_takes_part(parties: Parties, match: Match) -> None:
    visit = with_exchange(parties, match).visit
    with pytest.raises(RequirementsUnmet, match="Partnership of the host or of one"):
        perform(visit, "hand_over", by=parties.vop_coordinator, partnership=people.partnership("DE"))
    perform(visit, "hand_over", by=parties.vop_coordinator, partnership=parties.hop)
    assert visit.lead == parties.hop
    with pytest.raises(NotAllowed):
        perform(visit, "hand_over", by=parties.vop_coordinator, partnership=parties.vop)


def test_a_visit_is_deleted_when_it_has_no_exchange(parties: Parties, match: Match) -> None:
    exchange = with_exchange(parties, match)
    visit = exchange.visit
    with pytest.raises(RequirementsUnmet, match="it has an exchange"):
        perform(visit, "delete_visit", by=parties.vop_coordinator)
    perform(exchange, "delete_draft", by=parties.hop_coordinator)
    match.refresh_from_db()
    assert match.state == "confirmed"
    perform(visit, "delete_visit", by=parties.vop_coordinator)
    assert not Visit.objects.exists()


def test_two_partnerships_add_their_own_visitors_to_one_visit(parties: Parties, match: Match) -> None:
    other_vop = people.partnership("DE")
    second = another_match(parties, match.host_profile, vop=other_vop)
    other = replace(parties, vop=other_vop, vop_coordinator=people.coordinator(other_vop))
    visit = with_exchange(parties, match).visit
    assert visits.add_exchanges(visit, [second], by=parties.vop_coordinator).done == []
    assert len(visits.add_exchanges(visit, [second], by=other.vop_coordinator).done) == 1
    assert Exchange.objects.filter(visit=visit).count() == 2
