"""The agenda, the marked days and what they count for."""

from datetime import date, time, timedelta

import pytest
from django.http import Http404

from cxc.workflow import NotAllowed, Refused, RequirementsUnmet, Stale, perform
from exchanges.models import AgendaItem, DayMark, Exchange, SharedPart, Visit
from exchanges.services import agenda
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle
from tests.scenarios.lifecycle import FIRST, LAST

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SATURDAY = date(2026, 10, 3)


def line(day: date = FIRST, **fields: object) -> agenda.AgendaLine:
    return agenda.AgendaLine(
        **({"day": day, "starts": time(9), "ends": time(10), "title": "Talk", "leader": "Ann"} | fields)
    )


def shared_of(exchange: Exchange) -> SharedPart:
    return SharedPart.objects.get(visit=exchange.visit_id)


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.fixture
def shared(parties: Parties) -> SharedPart:
    return shared_of(lifecycle.in_preparation(parties))


@pytest.fixture
def week(parties: Parties) -> Exchange:
    """An exchange in preparation over Monday to Saturday."""
    match = lifecycle.confirmed(parties)
    on = lifecycle.visit(match, parties.vop_coordinator, last_day=SATURDAY)
    return perform(lifecycle.exchange(match, on, parties.vop_coordinator), "prepare", by=parties.vop_coordinator)


def test_a_whole_agenda_replaces_the_one_before(parties: Parties, shared: SharedPart) -> None:
    agenda.save_agenda(shared, [line(), line(LAST)], by=parties.ho, version_read=1)
    agenda.save_agenda(shared, [line(is_feedback=True, place=" Hall ")], by=parties.vop_coordinator, version_read=2)
    saved = list(AgendaItem.objects.values_list("day", "starts", "title", "place", "leader", "is_feedback"))
    assert saved == [(FIRST, time(9), "Talk", "Hall", "Ann", True)]
    assert shared.row_version == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": FIRST - timedelta(days=1)},
        {"day": LAST + timedelta(days=1)},
        {"ends": time(9)},
        {"title": "  "},
        {"leader": ""},
    ],
)
def test_a_line_that_cannot_be_changes_nothing(parties: Parties, shared: SharedPart, wrong: dict[str, object]) -> None:
    agenda.save_agenda(shared, [line()], by=parties.ho, version_read=1)
    with pytest.raises(Refused):
        agenda.save_agenda(shared, [line(title="New"), line(**wrong)], by=parties.ho, version_read=2)
    assert list(AgendaItem.objects.values_list("title", flat=True)) == ["Talk"]
    assert (shared.row_version, shared_of(shared.visit.exchanges.get()).row_version) == (2, 2)


def test_a_stale_agenda_carries_both(parties: Parties, shared: SharedPart) -> None:
    theirs, mine = [line(title="Theirs")], [line(title="Mine")]
    agenda.save_agenda(SharedPart.objects.get(pk=shared.pk), theirs, by=parties.ho, version_read=1)
    with pytest.raises(Stale) as stale:
        agenda.save_agenda(shared, mine, by=parties.vop_coordinator, version_read=1)
    assert stale.value.mine == {"agenda": mine}
    assert [item.title for item in stale.value.current.visit.agenda_items.all()] == ["Theirs"]


@pytest.mark.parametrize("who", ["vo", "hop_coordinator"])
def test_only_lead_and_host_write_the_agenda(parties: Parties, shared: SharedPart, who: str) -> None:
    with pytest.raises(NotAllowed):
        agenda.save_agenda(shared, [line()], by=getattr(parties, who), version_read=1)


def test_an_agenda_outside_the_visit_holds_back_the_shared_part(parties: Parties, shared: SharedPart) -> None:
    perform(shared, "edit", by=parties.ho, version_read=1, fields=lifecycle.SHARED_TEXTS)
    agenda.save_agenda(shared, [line(LAST)], by=parties.ho, version_read=2)
    visit = Visit.objects.get(pk=shared.visit_id)
    dates = {"first_day": FIRST - timedelta(days=7), "last_day": LAST}
    perform(visit, "change_dates", by=parties.vop_coordinator, fields=dates)
    agenda.save_agenda(shared, [line(FIRST - timedelta(days=7))], by=parties.ho, version_read=3)
    perform(visit, "change_dates", by=parties.vop_coordinator, fields={"first_day": FIRST})
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(shared, "submit", by=parties.vop_coordinator)
    assert [gap.name for gap in refusal.value.unmet] == ["shared_complete"]
    assert "21 Sep 2026" in str(refusal.value)


# --- marked days ---------------------------------------------------------------------------------------


def test_a_saturday_is_worked_when_the_agenda_says_so(parties: Parties, week: Exchange) -> None:
    shared = shared_of(week)
    with pytest.raises(Refused, match="Add an agenda item"):
        agenda.mark_day(shared, SATURDAY, is_worked=True, by=parties.ho, version_read=1)
    agenda.save_agenda(shared, [line(SATURDAY)], by=parties.ho, version_read=1)
    agenda.mark_day(shared, SATURDAY, is_worked=True, by=parties.ho, version_read=2)
    week.refresh_from_db()
    assert (week.planned_working_days, week.agreed_working_days) == (6, 6)


def test_a_marked_saturday_keeps_its_item(parties: Parties, week: Exchange) -> None:
    shared = shared_of(week)
    agenda.save_agenda(shared, [line(SATURDAY)], by=parties.ho, version_read=1)
    agenda.mark_day(shared, SATURDAY, is_worked=True, by=parties.ho, version_read=2)
    with pytest.raises(Refused, match="take the mark off"):
        agenda.save_agenda(shared, [line()], by=parties.ho, version_read=3)
    agenda.unmark_day(shared, SATURDAY, by=parties.ho, version_read=3)
    agenda.save_agenda(shared, [line()], by=parties.ho, version_read=4)
    week.refresh_from_db()
    assert week.agreed_working_days == 5


def test_a_day_not_worked_has_a_reason_and_lowers_the_count(parties: Parties, week: Exchange) -> None:
    shared = shared_of(week)
    with pytest.raises(Refused, match="Say why"):
        agenda.mark_day(shared, FIRST, is_worked=False, reason=" ", by=parties.ho, version_read=1)
    agenda.mark_day(shared, FIRST, is_worked=False, reason="Travel", by=parties.ho, version_read=1)
    week.refresh_from_db()
    assert (week.planned_working_days, week.agreed_working_days, week.planned_lump_sum) == (4, 4, 415)
    assert list(DayMark.objects.values_list("day", "is_worked", "reason")) == [(FIRST, False, "Travel")]


@pytest.mark.parametrize(("day", "is_worked"), [(FIRST, True), (SATURDAY, False), (SATURDAY + timedelta(days=1), True)])
def test_marks_that_say_nothing_are_refused(parties: Parties, week: Exchange, day: date, is_worked: bool) -> None:
    with pytest.raises(Refused):
        agenda.mark_day(shared_of(week), day, is_worked=is_worked, reason="Why", by=parties.ho, version_read=1)
    assert DayMark.objects.count() == 0


def test_a_mark_that_leaves_too_few_days_is_refused_and_names_the_visitor(parties: Parties, shared: SharedPart) -> None:
    with pytest.raises(RequirementsUnmet, match=parties.visitor.legal_name):
        agenda.mark_day(shared, FIRST, is_worked=False, reason="Travel", by=parties.ho, version_read=1)
    assert (DayMark.objects.count(), shared.row_version) == (0, 1)


def test_a_draft_may_fall_below_and_a_locked_visit_is_not_marked(parties: Parties) -> None:
    match = lifecycle.confirmed(parties)
    draft = lifecycle.exchange(match, lifecycle.visit(match, parties.vop_coordinator), parties.vop_coordinator)
    agenda.mark_day(shared_of(draft), FIRST, is_worked=False, reason="Travel", by=parties.ho, version_read=1)
    draft.refresh_from_db()
    assert (draft.planned_working_days, draft.agreed_working_days) == (2, None)


def test_marks_outside_new_dates_go(parties: Parties, week: Exchange) -> None:
    shared = shared_of(week)
    agenda.save_agenda(shared, [line(SATURDAY)], by=parties.ho, version_read=1)
    agenda.mark_day(shared, SATURDAY, is_worked=True, by=parties.ho, version_read=2)
    figures = {"start": FIRST, "end": LAST, "sector": None, "lump_sum": week.agreed_lump_sum}
    perform(week, "set_agreed", by=parties.vop_coordinator, **figures)
    perform(week, "edit_planned_in_preparation", by=parties.vop_coordinator, start=FIRST, end=LAST, type=week.type)
    perform(shared.visit, "change_dates", by=parties.vop_coordinator, fields={"last_day": LAST})
    assert DayMark.objects.count() == 0


# --- copying ---------------------------------------------------------------------------------------------


def test_an_empty_draft_takes_over_a_good_earlier_one(parties: Parties, shared: SharedPart) -> None:
    earlier = shared.visit
    perform(shared, "edit", by=parties.ho, version_read=1, fields=lifecycle.SHARED_TEXTS)
    agenda.save_agenda(shared, [line(), line(LAST, title="Fair", is_feedback=True)], by=parties.ho, version_read=2)
    match = shared.visit.exchanges.get().match
    later = lifecycle.visit(match, parties.vop_coordinator, first_day=date(2026, 10, 9), last_day=date(2026, 10, 13))
    empty = SharedPart.objects.get(visit=later)
    copied = agenda.copy_from(empty, earlier, by=parties.vop_coordinator, version_read=1)
    assert copied == agenda.CopyResult(items=2, left_out=0)
    assert {name: getattr(empty, name) for name in lifecycle.SHARED_TEXTS} == lifecycle.SHARED_TEXTS
    days = later.agenda_items.values_list("day", "title", "is_feedback")
    assert list(days) == [(date(2026, 10, 9), "Talk", False), (date(2026, 10, 12), "Fair", True)]


def test_nothing_written_is_overwritten(parties: Parties, shared: SharedPart) -> None:
    earlier = shared.visit
    later = lifecycle.visit(shared.visit.exchanges.get().match, parties.vop_coordinator)
    busy = SharedPart.objects.get(visit=later)
    agenda.save_agenda(busy, [line()], by=parties.vop_coordinator, version_read=1)
    with pytest.raises(Refused, match="empty draft"):
        agenda.copy_from(busy, earlier, by=parties.vop_coordinator, version_read=2)
    assert later.agenda_items.count() == 1


def test_what_one_may_not_see_is_not_copied(parties: Parties, shared: SharedPart) -> None:
    elsewhere = lifecycle.in_preparation(usual_parties())
    with pytest.raises(Http404):
        agenda.copy_from(shared, elsewhere.visit, by=parties.vop_coordinator, version_read=1)


# --- remarks ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["vo", "ho", "vop_coordinator", "hop_coordinator", "so"])
def test_parties_remark(parties: Parties, shared: SharedPart, who: str) -> None:
    actor = getattr(parties, who)
    perform(shared, "remark", by=actor, text="More time at the fair.")
    assert list(shared.remarks.values_list("by_user", "principal_label")) == [(actor.user.pk, actor.label)]


def test_a_stranger_does_not_remark(parties: Parties, shared: SharedPart) -> None:
    with pytest.raises(NotAllowed):
        perform(shared, "remark", by=people.coordinator(people.partnership("FR")), text="Hello")
