"""The stored to-do is what the declarations say, whoever writes, however much, and whatever fails in between."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cxc import clock
from cxc.core.models import SchemeSettings
from cxc.todo import reconcile, triggers
from cxc.todo.models import ReconcileRequest, TodoItem
from cxc.workflow import create, perform
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.models import Exchange, OwnPart, Visit
from exchanges.services import join_requests
from matching.models import Match
from profiles.models import Generation, Participation
from tests.factories import people
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.scenarios import completion, lifecycle, open_visits

pytestmark = [pytest.mark.reconciles, pytest.mark.django_db, pytest.mark.usefixtures("now")]


def codes(kind: str = "exchanges.ownpart") -> set[str]:
    return set(TodoItem.objects.filter(kind=kind).values_list("code", flat=True))


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


def test_a_transition_leaves_the_right_items_and_no_request(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    reconcile.work_off()
    assert TodoItem.objects.filter(kind="exchanges.sharedpart", thing_id=exchange.visit.shared_part.pk).exists()
    lifecycle.submitted_shared_part(parties, exchange.visit)
    assert (reconcile.all_differences(), ReconcileRequest.objects.exists()) == ([], False)


def test_evidence_waits_for_an_answer_piece_by_piece(parties: Parties) -> None:
    exchange = lifecycle.ongoing(parties)
    with clock.at(completion.AFTER):
        first, second = (completion.submitted_evidence(exchange, parties.vo) for _ in range(2))
        waiting = TodoItem.objects.filter(code="answer_evidence").values_list("thing_id", flat=True)
        assert list(waiting) == [first.pk]
        completion.accepted_evidence(first, parties.vop_coordinator)
        assert (list(waiting.all()), reconcile.all_differences()) == ([second.pk], [])


def test_a_place_given_back_elsewhere_is_one_for_the_next_who_waits(parties: Parties) -> None:
    """The host has one place, which another visitor's match takes, without any exchange or visit."""
    host = open_visits.published_host(parties, places=1)
    other, visitor = open_visits.another_published_visitor(parties)
    elsewhere = create(Match(visiting_profile=other, host_profile=host, modality="physical"), "propose", by=visitor)
    perform(elsewhere, "host_yes", by=parties.ho)
    visit = open_visits.open_visit(parties, host)
    join_requests.ask_to_join(Visit.objects.get(pk=visit.pk), open_visits.published_visitor(parties), by=parties.vo)
    reconcile.work_off()
    assert (codes("exchanges.visit"), reconcile.all_differences()) == (set(), [])
    perform(elsewhere, "cancel", by=parties.so, reason="The visitor has closed.")
    assert (codes("exchanges.visit"), reconcile.all_differences()) == ({"offer_place"}, [])


def test_what_is_refused_changes_nothing(parties: Parties) -> None:
    lifecycle.in_preparation(parties)
    before = set(TodoItem.objects.values_list("pk", flat=True))

    with pytest.raises(ZeroDivisionError), unit_of_work():  # noqa: PT012
        Exchange.objects.get().own_part.delete()
        _ = 1 // 0
    assert set(TodoItem.objects.values_list("pk", flat=True)) == before


@pytest.mark.parametrize(
    "write",
    [
        lambda: OwnPart.objects.update(objectives="Weave."),
        lambda: Exchange.objects.update(agreed_start=date(2026, 9, 29)),
        lambda: Visit.objects.update(first_day=date(2026, 9, 21)),
        lambda: Generation.objects.get().countries.clear(),
        lambda: Participation.objects.update(last_day=date(2026, 9, 1)),
        lambda: SchemeSettings.objects.update_or_create(pk=1, defaults={"ctq_days_before_start": 20}),
        lambda: people.coordinator(Exchange.objects.get().vop),
    ],
    ids=["text", "day", "visit", "countries", "participation", "settings", "membership"],
)
def test_what_is_written_without_a_transition_is_derived_once_the_requests_are_worked_off(
    parties: Parties, write: Callable[[], Any]
) -> None:
    lifecycle.in_preparation(parties)
    write()
    assert ReconcileRequest.objects.exists()
    reconcile.work_off()
    assert (reconcile.all_differences(), ReconcileRequest.objects.exists()) == ([], False)


def test_the_check_names_what_differs_and_fails(parties: Parties) -> None:
    lifecycle.in_preparation(parties)
    TodoItem.objects.filter(kind="exchanges.sharedpart").delete()
    TodoItem.objects.filter(kind="exchanges.exchange").update(due=date(2020, 1, 1))
    assert reconcile.all_differences()
    with pytest.raises(CommandError):
        call_command("reconcile_todo", "--check")
    call_command("reconcile_todo")
    call_command("reconcile_todo", "--check")


def test_more_than_fits_into_a_transaction_is_left_to_the_job(
    parties: Parties, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconcile, "MOST_AT_ONCE", 0)
    lifecycle.in_preparation(parties)
    assert ReconcileRequest.objects.exists()
    monkeypatch.setattr(reconcile, "PAGE", 2)
    reconcile.work_off()
    assert (reconcile.all_differences(), ReconcileRequest.objects.exists()) == ([], False)


def test_a_worker_that_dies_in_the_middle_loses_nothing(parties: Parties, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconcile, "MOST_AT_ONCE", 0)
    lifecycle.in_preparation(parties)
    monkeypatch.setattr(reconcile, "PAGE", 1)
    calls = []

    def dies_at_the_third(keys: Any) -> int:
        calls.append(keys)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return derive(keys)

    derive = reconcile.reconcile
    with monkeypatch.context() as patched:
        patched.setattr(reconcile, "reconcile", dies_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            reconcile.work_off()
    assert ReconcileRequest.objects.exists()
    reconcile.work_off()
    assert reconcile.all_differences() == []


def test_what_fails_on_one_thing_stops_neither_the_others_nor_who_changed_it(
    parties: Parties, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = lifecycle.in_preparation(parties)
    reconcile.work_off()
    derive = reconcile._derived
    logged: list[Any] = []

    def fails_on_exchanges(keys: Any) -> Any:
        if any(kind == "exchanges.exchange" for kind, _pk in keys):
            raise ZeroDivisionError
        return derive(keys)

    with monkeypatch.context() as patched:
        patched.setattr(reconcile, "_derived", fails_on_exchanges)
        patched.setattr(reconcile.logger, "exception", lambda *arguments: logged.append(arguments[1:]))
        with unit_of_work():
            lifecycle.submitted_shared_part(parties, exchange.visit)
            Visit.objects.update(title="Weaving")
    assert set(logged) == {("exchanges.exchange", exchange.pk)}
    assert codes("exchanges.sharedpart") == {"validate_shared"}
    reconcile.reconcile_everything()
    assert reconcile.all_differences() == []


def test_the_queries_of_a_derivation_do_not_grow_with_the_things(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    with CaptureQueriesContext(connection) as one:
        reconcile.all_differences()
    for _ in range(3):
        lifecycle.joined(with_another_visitor(parties), exchange.visit)
    with CaptureQueriesContext(connection) as several:
        assert reconcile.all_differences() == []
    advice = "Fetch in the app's `todo` what is read for each thing (docs/add-a-requirement.md, Known limits)"
    assert len(several) == len(one), f"{advice}: {_shapes(several) - _shapes(one)}"


def _shapes(asked: CaptureQueriesContext) -> Counter[str]:
    """The statements without their numbers, each with how often it was sent."""
    return Counter(re.sub(r"\b\d+(, \d+)*\b", "n", query["sql"]) for query in asked.captured_queries)


def test_every_kind_that_a_declaration_reads_has_its_triggers() -> None:
    with connection.cursor() as cursor:
        found = triggers._existing(cursor)
    tables = {triggers._table(kind) for kind in triggers.kinds()}
    assert found == {(table, triggers._trigger(event)) for table in tables for event in triggers.EVENTS}
