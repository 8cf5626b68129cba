"""The agenda editor: its buttons keep what is typed, its lines are checked where they stand."""

from typing import Any

import pytest
from django.http import QueryDict

from exchanges.forms import agenda_rows
from exchanges.forms.agenda_rows import Row, apply_button
from exchanges.models import AgendaItem, Exchange, SharedPart
from tests.exchanges.views import builders
from tests.factories.parties import Parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

MONDAY, TUESDAY = "2026-09-28", "2026-09-29"


def row(title: str, starts: str = "09:00", ends: str = "10:00", day: str = MONDAY) -> Row:
    return Row({"key": title, "title": title, "starts": starts, "ends": ends, "day": day, "leader": "Host"})


def shown(rows: list[Row], day: str = MONDAY) -> list[str]:
    return [f"{one['starts']}-{one['ends']} {one['title']}" for one in rows if one["day"] == day]


def test_a_line_moved_up_takes_the_earlier_time_and_the_breaks_stay() -> None:
    rows = [row("A"), row("B", "10:15", "12:15"), row("C", "13:00", "14:00")]
    changed = apply_button(rows, "up:B")
    assert shown(changed.rows) == ["09:00-11:00 B", "11:15-12:15 A", "13:00-14:00 C"]
    assert (changed.focus, changed.announcement) == ("B-up", "B is now 1 of 3, from 09:00.")
    assert shown(apply_button(changed.rows, "down:B").rows) == ["09:00-10:00 A", "10:15-12:15 B", "13:00-14:00 C"]


def test_the_first_line_stays_first_and_keeps_the_focus() -> None:
    changed = apply_button([row("A"), row("B", "10:00", "11:00")], "up:A")
    assert (shown(changed.rows), changed.focus) == (["09:00-10:00 A", "10:00-11:00 B"], "A-up")
    assert changed.announcement == "A is the first of its day."


def test_times_that_can_not_be_read_stay_as_they_are() -> None:
    rows = [row("A", "soon", ""), row("B", "10:00", "11:00")]
    assert shown(apply_button(rows, "up:B").rows) == ["10:00-11:00 B", "soon- A"]


def test_a_line_dropped_on_another_day() -> None:
    rows = [row("A"), row("B", "10:00", "12:00"), row("X", "14:00", "15:00", TUESDAY)]
    changed = apply_button(rows, f"move:B:{TUESDAY}:0")
    assert (shown(changed.rows), shown(changed.rows, TUESDAY)) == (
        ["09:00-10:00 A"],
        ["14:00-16:00 B", "16:00-17:00 X"],
    )


def test_a_new_line_begins_when_the_last_one_ends() -> None:
    changed = apply_button([row("A", "9", "10h30")], f"add:{MONDAY}")
    assert shown(changed.rows) == ["9-10h30 A", "10:30-11:30 "]


def test_removing_leaves_the_focus_on_a_neighbour_or_the_days_button() -> None:
    changed = apply_button([row("A"), row("B", "10:00", "11:00")], "remove:B")
    assert (shown(changed.rows), changed.focus, changed.announcement) == (["09:00-10:00 A"], "A-title", "Removed: B.")
    assert apply_button(changed.rows, "remove:A").focus == f"add-{MONDAY}"


def test_a_day_is_copied_onto_another_in_place_of_blank_lines() -> None:
    rows = [row("A"), row("B", "10:00", "11:00"), Row({"day": TUESDAY})]
    changed = agenda_rows.copy_day(rows, MONDAY, TUESDAY)
    assert shown(changed.rows, TUESDAY) == ["09:00-10:00 A", "10:00-11:00 B"]
    assert changed.announcement == "2 lines copied to Tuesday 29 September."
    assert len({one["key"] for one in changed.rows}) == 4


@pytest.mark.parametrize("button", ["", "up", "up:nobody", "move:A", "move:A:never:0", "move:A:2026-09-28:x", "x:A"])
def test_a_button_that_says_nothing_changes_nothing(button: str) -> None:
    assert shown(apply_button([row("A")], button).rows) == ["09:00-10:00 A"]


def test_a_number_of_rows_that_is_no_number_is_as_many_as_there_may_be() -> None:
    for typed, count in (("9" * 5000, 7), ("\u00b2", 0), ("-1", 0), ("", 0)):
        assert len(agenda_rows.typed_rows(QueryDict(f"form-TOTAL_FORMS={typed}"), most=7)) == count


def test_rows_go_to_the_form_and_back() -> None:
    rows = [row("A"), Row({"day": TUESDAY, "is_feedback": "on"})]
    data = agenda_rows.as_data(rows)
    assert agenda_rows.typed_rows(data, most=10) == rows
    assert agenda_rows.typed_rows(QueryDict("form-TOTAL_FORMS=x"), most=10) == []


# --- the page --------------------------------------------------------------------------------------------


def editor(parties: Parties, rows: list[Row], **more: Any) -> Any:
    """Press a button of the editor."""
    exchange = Exchange.objects.get()
    data = dict(agenda_rows.as_data(rows).items())
    more.setdefault("version_read", SharedPart.objects.get(visit=exchange.visit_id).row_version)
    return builders.send(parties.vop_coordinator, "agenda_edit", exchange.visit_id, data, **more)


def test_an_empty_agenda_begins_with_a_line_a_working_day(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    page = builders.page(parties.vop_coordinator, "agenda_edit", exchange.visit_id)
    assert (page.count('class="agenda-line"'), "in the time of" in page) == (3, True)


def test_a_saved_agenda_is_in_the_order_of_time_and_blank_lines_are_left_out(parties: Parties) -> None:
    builders.roomy(parties)
    assert editor(parties, [row("Late", "14", "15"), row("Early"), Row({"day": TUESDAY})]).status_code == 302
    assert [item.title for item in AgendaItem.objects.all()] == ["Early", "Late"]


def test_two_lines_at_the_same_time_are_told_at_the_later_one_until_it_is_meant(parties: Parties) -> None:
    builders.roomy(parties)
    rows = [row("A", "09:00", "11:00"), row("B", "10:00", "12:00")]
    response = editor(parties, rows)
    assert response.status_code == 400
    assert [dict(form.errors) for form in response.context["rows"].forms] == [
        {},
        {"starts": ["At the same time as “A” (09:00–11:00)."]},
    ]
    assert 'name="parallel"' in response.content.decode()
    assert editor(parties, rows, parallel="on").status_code == 302
    assert AgendaItem.objects.count() == 2


def test_the_lines_of_an_earlier_visit_are_taken_and_ones_own_stay(parties: Parties) -> None:
    builders.roomy(parties)
    editor(parties, [row("Old", "09:00", "10:00")])
    earlier = Exchange.objects.get().visit
    second = lifecycle.visit(Exchange.objects.get().match, parties.vop_coordinator)
    read = SharedPart.objects.get(visit=second).row_version
    typed = dict(agenda_rows.as_data([row("Mine", day=TUESDAY), Row({"day": MONDAY})]).items())
    response = builders.send(
        parties.vop_coordinator, "agenda_edit", second.pk, typed, do="copy visit", source=earlier.pk, version_read=read
    )
    titles = [form["title"].value() for form in response.context["rows"].forms]
    assert (response.status_code, titles) == (200, ["Mine", "Old"])
    assert second.agenda_items.count() == 0
