"""A visit is opened to visitors, changed and closed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from cxc import clock
from cxc.comms.models import Mail
from cxc.workflow import NotAllowed, RequirementsUnmet, WrongState, perform
from cxc.workflow.models import StateEvent
from exchanges.models import Visit, VisitProposal, WaitingListEntry
from exchanges.services.visits import publish_visit
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle, open_visits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = timedelta(days=1)


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.mark.parametrize("who", ["ho", "hop_coordinator", "so"])
def test_host_and_its_partnership_publish_a_visit_without_any_match(parties: Parties, who: str) -> None:
    visit = publish_visit(
        open_visits.published_host(parties),
        "physical",
        by=getattr(parties, who),
        first_day=lifecycle.FIRST,
        last_day=lifecycle.LAST,
        **open_visits.OPENING,
    )
    assert (visit.state, visit.lead, visit.has_waiting_list) == ("open", parties.hop, True)
    transitions = list(StateEvent.of(visit).order_by("pk").values_list("transition", "to_state"))
    assert transitions == [("create", "planned"), ("open_to_visitors", "open")]


def test_a_visitors_partnership_does_not_open_the_visit_that_it_leads(parties: Parties) -> None:
    visit = lifecycle.visit(lifecycle.confirmed(parties), parties.vop_coordinator)
    with pytest.raises(NotAllowed):
        perform(visit, "open_to_visitors", by=parties.vop_coordinator, **open_visits.OPENING)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"outline": "  "}, "outline"),
        ({"last_day_to_ask": lifecycle.FIRST}, "before the first day"),
        ({"last_day_to_ask": lifecycle.NOW.date() - DAY}, "not past"),
        ({"last_day": lifecycle.FIRST + DAY}, "2 working days, and an exchange needs at least 3"),
    ],
)
def test_what_cannot_be_opened_leaves_no_visit_behind(
    parties: Parties, fields: dict[str, object], sentence: str
) -> None:
    with pytest.raises(RequirementsUnmet, match=sentence):
        open_visits.open_visit(parties, **fields)
    assert not Visit.objects.exists()


def test_a_begun_visit_and_an_unpublished_host_are_not_opened(parties: Parties) -> None:
    visit = open_visits.open_visit(parties)
    perform(visit, "close_to_visitors", by=parties.ho)
    with clock.at(lifecycle.NOW + 21 * DAY), pytest.raises(RequirementsUnmet, match="has not begun"):
        perform(visit, "open_to_visitors", by=parties.ho, **open_visits.OPENING)
    perform(visit.host_profile, "unpublish", by=parties.ho, reason="Not now.")
    with pytest.raises(RequirementsUnmet, match="host profile published first"):
        perform(Visit.objects.get(pk=visit.pk), "open_to_visitors", by=parties.ho, **open_visits.OPENING)


def test_dates_that_would_break_the_opening_are_refused(parties: Parties) -> None:
    visit = open_visits.open_visit(parties)
    with pytest.raises(RequirementsUnmet, match="last day to ask that is before"):
        perform(visit, "change_dates", by=parties.hop_coordinator, fields={"first_day": lifecycle.FIRST - 10 * DAY})
    perform(visit, "close_to_visitors", by=parties.ho)
    perform(visit, "change_dates", by=parties.hop_coordinator, fields={"first_day": lifecycle.FIRST - 10 * DAY})


def test_the_database_wants_outline_and_last_day_of_an_open_visit(parties: Parties) -> None:
    visit = open_visits.open_visit(parties)
    for change in ("outline = ''", "last_day_to_ask = NULL", "last_day_to_ask = first_day"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE exchanges_visit SET {change} WHERE id = %s", [visit.pk])


def test_who_waits_is_told_of_the_closing_and_keeps_the_place(parties: Parties) -> None:
    visit, _match = open_visits.full_visit(parties)
    entry = open_visits.waiting_on(visit, open_visits.published_visitor(parties), parties.vo)
    perform(Visit.objects.get(pk=visit.pk), "close_to_visitors", by=parties.ho)
    mail = Mail.objects.get(subject__startswith="The visit is closed")
    assert mail.to_user == parties.vo.user
    with pytest.raises(RequirementsUnmet, match="not open to visitors any more"):
        perform(entry, "offer", by=parties.hop_coordinator)
    perform(Visit.objects.get(pk=visit.pk), "open_to_visitors", by=parties.ho, **open_visits.OPENING)
    assert WaitingListEntry.objects.waiting().count() == 1
    with pytest.raises(WrongState):
        perform(Visit.objects.get(pk=visit.pk), "open_to_visitors", by=parties.ho, **open_visits.OPENING)


def test_a_visit_that_is_deleted_tells_everybody_and_leaves_the_proposals(parties: Parties) -> None:
    visit, match = open_visits.full_visit(parties)
    open_visits.waiting_on(visit, open_visits.published_visitor(parties), parties.vo)
    perform(Visit.objects.get(pk=visit.pk), "delete_visit", by=parties.hop_coordinator)
    match.refresh_from_db()
    assert (match.state, match.message.startswith("For the visit “Looms”")) == ("proposed", True)
    assert not VisitProposal.objects.exists()
    assert not WaitingListEntry.objects.exists()
    assert Mail.objects.filter(subject="The visit does not take place: Looms").count() == 2
    assert (
        StateEvent.objects.get(kind="exchanges.waitinglistentry", transition="delete_with_visit").to_state == "deleted"
    )


def test_other_days_are_told_to_who_asked_and_who_waits(parties: Parties) -> None:
    visit, _match = open_visits.full_visit(parties)
    open_visits.waiting_on(visit, open_visits.published_visitor(parties), parties.vo)
    visit = Visit.objects.get(pk=visit.pk)
    perform(visit, "change_dates", by=parties.hop_coordinator, fields={"title": "Looms"})
    assert not Mail.objects.filter(subject__startswith="The dates of the visit have changed").exists()
    perform(visit, "change_dates", by=parties.hop_coordinator, fields={"last_day": lifecycle.LAST + DAY})
    assert Mail.objects.filter(subject__startswith="The dates of the visit have changed").count() == 2
