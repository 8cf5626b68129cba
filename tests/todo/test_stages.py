"""Where things stand, and who holds them."""

from datetime import timedelta

import pytest
from django.utils.formats import date_format

from cxc import clock
from cxc.access.scoped import Actor
from cxc.todo import Stage, StageList, StageRow, todo_page
from cxc.todo.stages import MAX_STAGE_ROWS
from cxc.workflow import perform
from tests.factories import people
from tests.factories.parties import usual_parties, with_another_visitor
from tests.scenarios import completion, lifecycle

pytestmark = [pytest.mark.reconciles, pytest.mark.django_db, pytest.mark.usefixtures("now")]


def stage_list(actor: Actor) -> StageList:
    return todo_page(actor).stages


def stages(actor: Actor) -> list[tuple[str, Stage]]:
    return [(type(row.thing).__name__, row.stage) for row in stage_list(actor).rows]


def only(actor: Actor) -> StageRow:
    (row,) = stage_list(actor).rows
    return row


def test_one_way_is_one_row_the_furthest_along() -> None:
    parties = usual_parties()
    lifecycle.proposed(parties)
    assert stages(parties.vo) == [("Profile", Stage.MATCHING), ("Match", Stage.MATCHING)]


def test_a_match_that_has_its_exchange_does_not_stand_beside_it() -> None:
    parties = usual_parties()
    match = lifecycle.confirmed(parties)
    assert stages(parties.vo) == [("Match", Stage.MATCHING)]
    exchange = lifecycle.exchange(match, lifecycle.visit(match, parties.vop_coordinator), parties.vop_coordinator)
    assert stages(parties.vo) == [("Exchange", Stage.BUILDING)]
    # A host takes more visitors: its profile goes on being looked at.
    assert stages(parties.ho) == [("Exchange", Stage.BUILDING), ("Profile", Stage.MATCHING)]
    assert [step for _, step in only(parties.vo).steps] == ["done", "done", "present", "to-come"]
    perform(exchange, "cancel", by=parties.vop_coordinator, reason="Ill.")
    assert stages(parties.vo) == [("Match", Stage.MATCHING)]


def test_whoever_owes_the_next_thing_holds_it() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    assert (only(parties.vo).holders, only(parties.vo).is_mine, only(parties.vo).waits_for) == (("you",), True, ())
    with clock.at(lifecycle.NOW + timedelta(days=2)):
        perform(profile, "submit", by=parties.vo)
    row = only(parties.vo)
    assert (row.holders, row.is_mine) == (("your Partnership",), False)
    assert row.waits_for == ("Publish the profile, or send it back",)
    assert row.since == lifecycle.NOW + timedelta(days=2)
    assert only(parties.vop_coordinator).holders == ("you",)
    perform(profile, "publish", by=parties.vop_coordinator)
    assert (only(parties.vo).holders, only(parties.vo).idle) == ((), "In the catalogue: look for a match, or be found.")


def test_in_preparation_each_side_sees_whom_it_waits_for() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    assert only(parties.vo).holders == ("you", "the host", "your Partnership")
    assert _exchange_of(parties.hop_coordinator).holders == ("the host", "the visitor's Partnership", "the visitor")
    lifecycle.set_ready(parties, lifecycle.signed_documents(parties, exchange))
    assert (only(parties.vo).holders, only(parties.vo).idle) == (
        (),
        f"Starts by itself on {date_format(lifecycle.FIRST)}.",
    )


def _exchange_of(actor: Actor) -> StageRow:
    (row,) = [row for row in stage_list(actor).rows if row.stage is Stage.BUILDING]
    return row


def test_what_waits_for_the_reader_comes_first_and_what_is_over_last() -> None:
    parties = usual_parties()
    running = lifecycle.in_preparation(parties)
    closed = completion.closed(with_another_visitor(parties))
    assert [row.thing for row in _exchanges_of(parties.ho)] == [running, closed]


def test_a_reader_holds_nothing() -> None:
    parties = usual_parties()
    lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    row = only(people.member(parties.visitor, "reader"))
    assert (row.holders, row.is_mine) == (("your colleagues",), False)


def test_of_many_things_the_first_stand_there_with_the_way_to_all() -> None:
    parties = usual_parties()
    for _ in range(MAX_STAGE_ROWS):
        lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    found = stage_list(parties.vop_coordinator)
    assert (len(found.rows), found.more) == (MAX_STAGE_ROWS, [])
    lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    found = stage_list(parties.vop_coordinator)
    assert (len(found.rows), found.more) == (MAX_STAGE_ROWS, [("All profiles", "/profiles/?view=all")])


def test_the_offices_see_where_things_stand_and_a_stranger_nothing() -> None:
    parties = usual_parties()
    lifecycle.proposed(parties)
    assert only_kinds(parties.so) == only_kinds(people.observer()) == {"Profile", "Match"}
    assert stage_list(people.stranger()).rows == []


def only_kinds(actor: Actor) -> set[str]:
    return {kind for kind, _stage in stages(actor)}


def test_what_is_left_to_pay_takes_nobody_s_place_who_has_nothing_to_do_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parties = usual_parties()
    running = lifecycle.in_preparation(parties)
    unpaid = completion.closed(with_another_visitor(parties))
    assert [row.thing for row in _exchanges_of(parties.vop_coordinator)] == [unpaid, running]
    monkeypatch.setattr("cxc.todo.stages.MAX_STAGE_ROWS", 1)
    assert [row.thing for row in _exchanges_of(parties.ho)] == [running]


def _exchanges_of(actor: Actor) -> list[StageRow]:
    return [row for row in stage_list(actor).rows if type(row.thing).__name__ == "Exchange"]
