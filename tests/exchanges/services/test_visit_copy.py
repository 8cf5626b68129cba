"""Copying a visit as the beginning of the next: what it takes over, who may copy, where it is refused."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from cxc.workflow import NotAllowed, RequirementsUnmet, perform
from cxc.workflow.models import StateEvent
from exchanges.models import AgendaItem, DayMark, Exchange, Visit
from exchanges.rules.copied_days import CopiedDays
from exchanges.rules.visit_move import Days
from exchanges.services.visit_copy import copy_visit
from matching.models import Match
from profiles.models import Generation, Participation
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle
from tests.scenarios.lifecycle import FIRST, LAST

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = timedelta(days=1)
WEDNESDAY = date(2026, 11, 18)
THURSDAY, FRIDAY, MONDAY = WEDNESDAY + DAY, WEDNESDAY + 2 * DAY, WEDNESDAY + 5 * DAY


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.fixture
def visit(parties: Parties) -> Visit:
    """With an exchange that is signed; the shared part is validated."""
    exchange = lifecycle.signed(parties)
    Visit.objects.filter(pk=exchange.visit_id).update(title="Looms", places=4)
    return Visit.objects.get(pk=exchange.visit_id)


def test_it_takes_over_place_texts_and_agenda_and_nothing_else(parties: Parties, visit: Visit) -> None:
    made = copy_visit(visit, by=parties.vop_coordinator, first_day=WEDNESDAY, title="Looms again")
    copy = Visit.objects.get(pk=made.visit.pk)
    same = ("host_profile", "modality", "city", "time_zone", "places")
    assert [getattr(copy, name) for name in same] == [getattr(visit, name) for name in same]
    assert (copy.title, copy.state, copy.first_day, copy.last_day) == ("Looms again", "planned", WEDNESDAY, FRIDAY)
    assert [item.day for item in copy.agenda_items.all()] == [WEDNESDAY, THURSDAY, FRIDAY]
    assert (made.items, copy.agenda_items.first().title) == (3, "Workshop")
    shared = copy.shared_part
    assert (shared.goals, shared.feedback_time) == (visit.shared_part.goals, visit.shared_part.feedback_time)
    assert (shared.state, shared.version, shared.validated_version) == ("draft", 1, 0)
    assert not copy.exchanges.exists()
    event = StateEvent.of(copy).get()
    assert (event.transition, event.details) == ("create_by_copy", {"source": visit.pk})


def test_the_source_stays_as_it_is(parties: Parties, visit: Visit) -> None:
    copy_visit(visit, by=parties.ho, first_day=WEDNESDAY)
    assert [item.day for item in visit.agenda_items.all()] == [FIRST, FIRST + DAY, LAST]
    assert (visit.shared_part.state, Exchange.objects.get().visit) == ("validated", visit)


def test_the_agenda_keeps_its_working_days_over_a_weekend(parties: Parties, visit: Visit) -> None:
    made = copy_visit(visit, by=parties.ho, first_day=THURSDAY)
    assert [item.day for item in made.visit.agenda_items.all()] == [THURSDAY, FRIDAY, MONDAY]
    assert made.visit.last_day == MONDAY


def test_marked_days_count_for_the_source_and_are_not_copied(parties: Parties, visit: Visit) -> None:
    """The second day was not worked: what was on the third is on the second working day."""
    DayMark.objects.create(visit=visit, day=FIRST + DAY, is_worked=False, reason="A fair.")
    AgendaItem.objects.filter(visit=visit, day=FIRST + DAY).delete()
    made = copy_visit(visit, by=parties.ho, first_day=WEDNESDAY)
    assert [item.day for item in made.visit.agenda_items.all()] == [WEDNESDAY, THURSDAY]
    assert not DayMark.objects.filter(visit=made.visit).exists()


@pytest.mark.parametrize(
    ("first", "day", "falls_on"),
    [
        pytest.param(MONDAY, date(2026, 10, 3), MONDAY + DAY, id="a Saturday, where the next day counts"),
        pytest.param(THURSDAY, date(2026, 10, 3), FRIDAY + DAY, id="a Saturday, on a Saturday"),
        pytest.param(WEDNESDAY, date(2026, 9, 30), WEDNESDAY, id="before the first working day"),
        pytest.param(WEDNESDAY, date(2026, 10, 20), FRIDAY, id="after the visit"),
    ],
)
def test_where_a_day_falls_that_does_not_count(first: date, day: date, falls_on: date) -> None:
    """Of a visit on Thursday 1, Friday 2, Monday 5 October 2026 that began on the Wednesday before, a holiday."""
    source, counting = Days(date(2026, 9, 30), date(2026, 10, 5)), [date(2026, 10, n) for n in (1, 2, 5)]
    working = [one for one in (first + n * DAY for n in range(9)) if one.weekday() < 5][:3]
    copied = CopiedDays(source, counting, first, working)
    assert copied.day_of(day) == falls_on


def test_a_visit_without_a_working_day_keeps_its_distances() -> None:
    saturday = date(2026, 10, 3)
    copied = CopiedDays(Days(saturday, saturday + DAY), [], WEDNESDAY, [])
    assert (copied.days, copied.day_of(saturday + DAY)) == (Days(WEDNESDAY, THURSDAY), THURSDAY)


# --- who may, and where it is refused ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "lead"), [("vop_coordinator", "vop"), ("hop_coordinator", "hop"), ("ho", "hop"), ("so", "hop")]
)
def test_who_copies_it_and_who_leads_the_copy(parties: Parties, visit: Visit, who: str, lead: str) -> None:
    made = copy_visit(visit, by=getattr(parties, who), first_day=WEDNESDAY)
    assert made.visit.lead == getattr(parties, lead)
    assert made.visit.shared_part.goals == visit.shared_part.goals


def test_the_visitor_does_not_copy_it(parties: Parties, visit: Visit) -> None:
    with pytest.raises(NotAllowed):
        copy_visit(visit, by=parties.vo, first_day=WEDNESDAY)
    assert client_for(parties.vo).get(reverse("visit_copy", args=[visit.pk])).status_code == 403
    stranger = people.coordinator(people.partnership("FR"))
    assert client_for(stranger).get(reverse("visit_copy", args=[visit.pk])).status_code == 404


def test_the_host_deletes_its_own_copy(parties: Parties, visit: Visit) -> None:
    made = copy_visit(visit, by=parties.ho, first_day=WEDNESDAY)
    perform(made.visit, "delete_visit", by=parties.ho)
    assert not Visit.objects.filter(pk=made.visit.pk).exists()


def test_a_partnership_without_an_open_match_is_not_offered_it(parties: Parties, visit: Visit) -> None:
    address = reverse("visit_copy", args=[visit.pk])
    page = client_for(parties.vop_coordinator).get(visit.get_absolute_url())
    assert address in page.content.decode()
    exchange = Exchange.objects.get()
    perform(exchange, "cancel", by=parties.so, reason="Ill.")
    perform(Match.objects.get(pk=exchange.match_id), "cancel", by=parties.so, reason="Ill.")
    page = client_for(parties.vop_coordinator).get(visit.get_absolute_url())
    assert address not in page.content.decode()
    with pytest.raises(RequirementsUnmet, match="Find a match"):
        copy_visit(visit, by=parties.vop_coordinator, first_day=WEDNESDAY)


def test_a_generation_that_is_over(parties: Parties, visit: Visit) -> None:
    Participation.objects.filter(partnership=parties.hop).update(last_day=date(2026, 9, 6))
    with pytest.raises(RequirementsUnmet, match="Copy the host profile into a generation that is open") as refused:
        copy_visit(visit, by=parties.ho, first_day=WEDNESDAY)
    assert "6 Sep 2026" in refused.value.sentences[0]
    answer = client_for(parties.ho).post(
        reverse("visit_copy", args=[visit.pk]), {"first_day": "2026-11-18", "title": "Looms again"}
    )
    page = answer.content.decode()
    assert (answer.status_code, "ended for" in page, "Looms again" in page) == (400, True, True)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        pytest.param(lifecycle.NOW.date(), "a first day that is ahead", id="today"),
        pytest.param(date(2099, 1, 5), "Choose an earlier first day", id="after the generation"),
    ],
)
def test_days_that_cannot_be(parties: Parties, visit: Visit, day: date, sentence: str) -> None:
    with pytest.raises(RequirementsUnmet, match=sentence):
        copy_visit(visit, by=parties.ho, first_day=day)


def test_the_last_day_of_virtual_exchanges_counts(parties: Parties) -> None:
    visit = lifecycle.planned(parties, "virtual").visit
    Generation.objects.filter(pk=visit.host_profile.generation_id).update(last_virtual_day=WEDNESDAY)
    with pytest.raises(RequirementsUnmet, match="end by 18 Nov 2026"):
        copy_visit(visit, by=parties.ho, first_day=WEDNESDAY)


def test_it_is_copied_on_one_page(parties: Parties, visit: Visit) -> None:
    AgendaItem.objects.filter(visit=visit, day=FIRST).update(starts=time(8))
    client, address = client_for(parties.hop_coordinator), reverse("visit_copy", args=[visit.pk])
    page = client.get(address).content.decode()
    assert 'value="Looms"' in page
    answer = client.post(address, {"first_day": "2026-11-18", "title": "Looms again"}, follow=True)
    copy = Visit.objects.get(title="Looms again")
    assert answer.redirect_chain[-1][0] == copy.get_absolute_url()
    assert "18 Nov 2026 – 20 Nov 2026, with 3 agenda items." in answer.content.decode()
