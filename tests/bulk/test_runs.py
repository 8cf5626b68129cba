"""A bulk action: previewed without a trace, carried out once on each item, whatever stops it in between."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError

from cxc import clock
from cxc.bulk import runs, work
from cxc.bulk.actions import action_of, actions_for
from cxc.bulk.models import BulkItem, BulkRun, RunStatus
from cxc.comms.models import Mail
from cxc.core.refusals import Refused
from cxc.workflow import NotAllowed, ReasonMissing, perform
from cxc.workflow.models import StateEvent
from exchanges.enums import ExchangeState
from exchanges.models import Exchange, OwnPart, Visit
from profiles.models import Sector
from tests.factories import people
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

Outcome = BulkItem.Outcome


def grouped(number: int) -> tuple[Parties, list[Exchange]]:
    """So many exchanges in preparation on one visit; nothing else is there of the last one's own part."""
    parties = usual_parties()
    lifecycle.published(parties.host, parties.hop, parties.ho, parties.hop_coordinator, kind="host", places=number)
    found = [lifecycle.in_preparation(parties)]
    while len(found) < number:
        found.append(lifecycle.joined(with_another_visitor(parties), found[0].visit))
    return parties, found


def begun(code: str, rows: Any, parties: Parties) -> BulkRun:
    action = action_of(code)
    assert action is not None
    return runs.create_run(action, rows, by=parties.vop_coordinator)


def test_a_preview_leaves_no_trace_and_says_what_would_happen() -> None:
    parties, found = grouped(3)
    perform(found[1], "cancel", by=parties.vop_coordinator, reason="Ill.")
    before = (StateEvent.objects.count(), Mail.objects.count())
    run = begun("exchange-cancel", Exchange.objects.all(), parties)
    assert (StateEvent.objects.count(), Mail.objects.count()) == before
    assert run.status is RunStatus.PREVIEWED
    possible, impossible = run.items.filter(can_be_done=True), run.items.get(can_be_done=False)
    assert {item.thing_id for item in possible} == {found[0].pk, found[2].pk}
    assert impossible.thing_id == found[1].pk
    assert "Cancelled" in impossible.sentences[0]
    assert [mail["count"] > 0 for item in possible for mail in item.mails] == [True, True]
    assert "@" not in str([item.mails for item in possible])


def test_what_is_confirmed_is_done_once_and_the_rest_keeps_its_reason() -> None:
    parties, found = grouped(3)
    perform(found[1], "cancel", by=parties.vop_coordinator, reason="Ill.")
    run = begun("exchange-cancel", Exchange.objects.all(), parties)
    with pytest.raises(ReasonMissing):
        runs.confirm(run)
    runs.confirm(run, "The host moved.")
    runs.confirm(run, "Asked twice.")
    assert run.status is RunStatus.FINISHED
    assert [item.outcome for item in run.items.all()].count(Outcome.DONE) == 2
    skipped = run.items.get(outcome=Outcome.SKIPPED)
    assert skipped.thing_id == found[1].pk
    assert skipped.sentences
    events = StateEvent.objects.filter(kind="exchanges.exchange", transition="cancel", reason="The host moved.")
    assert {event.thing_id for event in events} == {found[0].pk, found[2].pk}


class Killed(BaseException):
    """Ends a process as a signal does: nothing catches it."""


def test_a_worker_that_dies_in_the_middle_is_followed_by_one_that_ends_the_same() -> None:
    parties, found = grouped(4)
    run = begun("exchange-cancel", Exchange.objects.all(), parties)
    with pytest.MonkeyPatch.context() as patch:
        left, act = [2], work._perform_on

        def dying(*arguments: Any) -> None:
            act(*arguments)
            if left[0] == 0:
                raise Killed
            left[0] -= 1

        patch.setattr(work, "_perform_on", dying)
        with pytest.raises(Killed):
            runs.confirm(run, "The host moved.")
    run.refresh_from_db()
    assert run.status is RunStatus.RUNNING
    assert run.items.filter(outcome=Outcome.DONE).count() == 2
    assert runs.unfinished() == [run.pk]
    assert work.work_on(run.pk) == 2
    assert work.work_on(run.pk) == 0
    run.refresh_from_db()
    assert run.status is RunStatus.FINISHED
    events = StateEvent.objects.filter(kind="exchanges.exchange", transition="cancel")
    assert sorted(event.thing_id for event in events) == sorted(one.pk for one in found)
    assert runs.unfinished() == []


def test_an_item_that_changed_since_is_left_with_its_reason() -> None:
    parties, found = grouped(2)
    run = begun("exchange-cancel", Exchange.objects.all(), parties)
    perform(found[0], "cancel", by=parties.vop_coordinator, reason="Quicker.")
    runs.confirm(run, "The host moved.")
    assert run.items.get(thing_id=found[0].pk).outcome == Outcome.SKIPPED
    assert run.items.get(thing_id=found[1].pk).outcome == Outcome.DONE


def test_an_item_that_fails_stops_nobody_else() -> None:
    parties, found = grouped(3)
    run = begun("exchange-cancel", Exchange.objects.all(), parties)
    with pytest.MonkeyPatch.context() as patch:
        act = work._perform_on

        def failing(run: BulkRun, item: BulkItem, *rest: Any) -> None:
            if item.thing_id == found[0].pk:
                raise ZeroDivisionError
            act(run, item, *rest)

        patch.setattr(work, "_perform_on", failing)
        runs.confirm(run, "The host moved.")
    assert run.status is RunStatus.FINISHED
    failed = run.items.get(outcome=Outcome.FAILED)
    assert (failed.thing_id, failed.attempts) == (found[0].pk, work.MOST_ATTEMPTS)
    assert run.items.filter(outcome=Outcome.DONE).count() == 2


def test_who_no_longer_acts_for_the_partnership_does_nothing() -> None:
    parties, _found = grouped(2)
    run = begun("exchange-cancel", Exchange.objects.all(), parties)
    assert parties.vop_coordinator.user is not None
    parties.vop_coordinator.user.partnership_memberships.all().delete()
    runs.confirm(run, "The host moved.")
    assert set(run.items.values_list("outcome", flat=True)) == {Outcome.SKIPPED}
    assert not Exchange.objects.filter(state=ExchangeState.CANCELLED).exists()


def test_only_what_one_may_see_is_selected() -> None:
    _parties, _found = grouped(2)
    stranger = people.coordinator(people.partnership("FR"))
    action = action_of("exchange-cancel")
    assert action is not None
    run = runs.create_run(action, Exchange.objects.all(), by=stranger)
    assert (run.items.count(), run.left_out) == (0, 2)


def test_who_can_do_it_with_nothing_is_refused() -> None:
    parties, _found = grouped(1)
    action = action_of("exchange-cancel")
    assert action is not None
    for actor in (parties.vo, people.observer()):
        assert action not in actions_for("exchanges.exchange", actor)
        with pytest.raises(NotAllowed):
            runs.create_run(action, Exchange.objects.all(), by=actor)
    with pytest.raises(Refused, match="at least one"):
        runs.create_run(action, Exchange.objects.none(), by=parties.vop_coordinator)


def test_the_same_for_all_and_one_by_one() -> None:
    parties, found = grouped(3)
    run = begun("exchange-set_agreed", Exchange.objects.all(), parties)
    assert run.status is RunStatus.EDITING
    sector = Sector.objects.order_by("pk")[3]
    runs.set_for_all(run, {"sector": str(sector.pk), "lump_sum": "500", "start": "", "end": ""})
    odd = run.items.get(thing_id=found[1].pk)
    runs.write_values(run, {odd.pk: {"lump_sum": "a lot"}})
    runs.request_preview(run)
    assert run.items.get(can_be_done=False).sentences[0].startswith("Lump sum")
    runs.write_values(run, {odd.pk: {"lump_sum": "400"}})
    assert run.status is RunStatus.EDITING
    runs.request_preview(run)
    runs.confirm(run)
    figures = set(Exchange.objects.values_list("sector", "agreed_lump_sum"))
    assert figures == {(sector.pk, 500), (sector.pk, 400)}
    with pytest.raises(Refused, match="confirmed already"):
        runs.write_values(run, {odd.pk: {"lump_sum": "1"}})


def test_own_parts_are_written_under_the_version_that_was_read() -> None:
    parties, found = grouped(2)
    run = begun("ownpart-edit", Visit.objects.all(), parties)
    runs.set_for_all(run, lifecycle.OWN_TEXTS | {"follow_up_months": "6"})
    other = OwnPart.objects.get(exchange=found[0])
    perform(other, "edit", by=parties.vo, version_read=other.row_version, fields={"objectives": "Mine."})
    runs.request_preview(run)
    runs.confirm(run)
    assert set(OwnPart.objects.values_list("objectives", flat=True)) == {"Mine.", lifecycle.OWN_TEXTS["objectives"]}
    assert run.items.get(outcome=Outcome.SKIPPED).thing_id == other.pk


def test_many_are_left_to_a_worker() -> None:
    parties, _found = grouped(2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "MOST_AT_ONCE", 1)
        run = begun("exchange-cancel", Exchange.objects.all(), parties)
        assert run.status is RunStatus.PREVIEWING
        work.work_on(run.pk)
        run.refresh_from_db()
        runs.confirm(run, "The host moved.")
        assert run.status is RunStatus.RUNNING
    work.work_on(run.pk)
    run.refresh_from_db()
    assert run.status is RunStatus.FINISHED


def test_old_runs_are_erased() -> None:
    parties, _found = grouped(1)
    run = begun("exchange-cancel", Exchange.objects.all(), parties)
    assert runs.erase_old() == 0
    BulkRun.objects.update(made_at=run.made_at.replace(year=2020))
    assert runs.erase_old() == 1


def test_a_reason_is_asked_for_where_somebody_needs_one() -> None:
    parties = usual_parties()
    ready = lifecycle.ready(parties)
    back = begun("exchange-back_to_preparation", Exchange.objects.all(), parties)
    assert back.reason_required
    with pytest.raises(ReasonMissing):
        runs.confirm(back)
    runs.confirm(back, "Another day.")
    again = begun("exchange-set_ready", Exchange.objects.all(), parties)
    assert not again.reason_required
    runs.confirm(again)
    assert Exchange.objects.get(pk=ready.pk).state == ExchangeState.READY


def test_a_preview_that_fails_stops_nobody_else() -> None:
    parties, found = grouped(2)
    with pytest.MonkeyPatch.context() as patch:
        act = work._perform_on

        def failing(run: BulkRun, item: BulkItem, *rest: Any) -> None:
            if item.thing_id == found[0].pk:
                raise ZeroDivisionError
            act(run, item, *rest)

        patch.setattr(work, "_perform_on", failing)
        run = begun("exchange-cancel", Exchange.objects.all(), parties)
    assert run.status is RunStatus.PREVIEWED
    assert [item.can_be_done for item in run.items.order_by("thing_id")] == [False, True]


def test_rows_without_such_an_item_are_counted() -> None:
    parties, found = grouped(2)
    empty = lifecycle.visit(found[0].match, parties.vop_coordinator)
    run = begun("exchange-cancel", Visit.objects.all(), parties)
    assert empty.pk != found[0].visit_id
    assert (run.items.count(), run.left_out) == (2, 1)


def test_what_a_colleague_changed_meanwhile_is_not_overwritten() -> None:
    parties, found = grouped(2)
    run = begun("exchange-set_agreed", Exchange.objects.all(), parties)
    sector = Sector.objects.order_by("pk")[3]
    figures = {"start": lifecycle.FIRST, "end": lifecycle.LAST, "sector": sector, "lump_sum": 300}
    perform(found[0], "set_agreed", by=parties.vop_coordinator, **figures)
    runs.set_for_all(run, {"sector": str(sector.pk), "lump_sum": "500"})
    runs.request_preview(run)
    assert "changed it since" in run.items.get(thing_id=found[0].pk).sentences[0]
    runs.confirm(run)
    found[0].refresh_from_db()
    assert found[0].agreed_lump_sum == 300
    assert Exchange.objects.get(pk=found[1].pk).agreed_lump_sum == 500


def test_a_preview_of_other_values_is_dropped_and_one_of_the_same_stands() -> None:
    parties, _found = grouped(1)
    run = begun("exchange-set_agreed", Exchange.objects.all(), parties)
    runs.request_preview(run)
    item = run.items.get()
    runs.write_values(run, {item.pk: {"lump_sum": str(item.form_data["lump_sum"])}})
    assert run.status is RunStatus.PREVIEWED
    runs.write_values(run, {item.pk: {"lump_sum": "401"}})
    assert run.status is RunStatus.EDITING


def test_another_preview_than_the_one_that_was_seen_is_not_confirmed() -> None:
    parties, _found = grouped(1)
    run = begun("exchange-cancel", Exchange.objects.all(), parties)
    seen = run.preview_key
    with clock.at(lifecycle.NOW + timedelta(minutes=1)):
        runs.request_preview(run)
    runs.confirm(run, "The host moved.", preview_key=seen)
    assert run.status is RunStatus.PREVIEWED
    runs.confirm(run, "The host moved.", preview_key=run.preview_key)
    assert run.status is RunStatus.FINISHED


def test_a_database_error_of_one_item_counts_as_its_failure() -> None:
    parties, found = grouped(2)
    run = begun("exchange-cancel", Exchange.objects.all(), parties)
    with pytest.MonkeyPatch.context() as patch:
        act = work._perform_on

        def failing(run: BulkRun, item: BulkItem, *rest: Any) -> None:
            if item.thing_id == found[0].pk:
                raise OperationalError("canceling statement due to statement timeout")
            act(run, item, *rest)

        patch.setattr(work, "_perform_on", failing)
        runs.confirm(run, "The host moved.")
    assert run.status is RunStatus.FINISHED
    assert run.items.get(outcome=Outcome.FAILED).thing_id == found[0].pk
