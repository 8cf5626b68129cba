"""Two people on one CTQ at the same moment, on connections of their own."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from cxc import clock
from cxc.access.scoped import Actor
from cxc.workflow import Stale, perform
from exchanges.enums import Party
from exchanges.models import DocumentVersion, Exchange, OwnPart, SharedPart, Signature
from exchanges.services import agenda
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle
from tests.scenarios.lifecycle import NOW

pytestmark = pytest.mark.usefixtures("committed_db")


def in_parallel(*works: Callable[[], None]) -> None:
    """Each on its own thread and connection, held until all are there."""
    gate, failures = Barrier(len(works)), []

    def run(work: Callable[[], None]) -> None:
        try:
            with clock.at(NOW):
                gate.wait(timeout=20)
                work()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []


def insist(write: Callable[[SharedPart], None], pk: int, lost: list[Stale]) -> None:
    """As a person does: told that somebody saved in between, they look, and save on top of it."""
    shared = SharedPart.objects.get(pk=pk)
    for _ in range(50):
        try:
            return write(shared)
        except Stale as stale:
            lost.append(stale)
            shared = SharedPart.objects.get(pk=pk)
    raise AssertionError("never got through")


def test_two_coordinators_editing_one_ctq_lose_no_text() -> None:
    with clock.at(NOW):
        parties = usual_parties()
        pk = lifecycle.in_preparation(parties).visit.shared_part.pk
    stale: list[Stale] = []

    def add(word: str, by: Actor) -> Callable[[], None]:
        def write(shared: SharedPart) -> None:
            fields = {"goals": f"{shared.goals}{word}"}
            perform(shared, "edit", by=by, version_read=shared.row_version, fields=fields)

        def work() -> None:
            for _ in range(10):
                insist(write, pk, stale)

        return work

    in_parallel(add("a", parties.vop_coordinator), add("b", parties.ho))
    shared = SharedPart.objects.get(pk=pk)
    assert (shared.goals.count("a"), shared.goals.count("b"), shared.row_version) == (10, 10, 21)
    assert all(set(refusal.mine) == {"goals"} for refusal in stale)


def test_two_agendas_at_once_keep_one_and_tell_the_other() -> None:
    with clock.at(NOW):
        parties = usual_parties()
        visit = lifecycle.in_preparation(parties).visit
        lines = lifecycle.agenda_lines(visit)
        shared = [SharedPart.objects.get(visit=visit) for _ in range(2)]
    stale: list[Stale] = []

    def save(row: SharedPart, part: list[agenda.AgendaLine], by: Actor) -> Callable[[], None]:
        def work() -> None:
            try:
                agenda.save_agenda(row, part, by=by, version_read=1)
            except Stale as refusal:
                stale.append(refusal)

        return work

    in_parallel(save(shared[0], lines[:1], parties.vop_coordinator), save(shared[1], lines[1:], parties.ho))
    saved = visit.agenda_items.count()
    assert len(stale) == 1
    assert {saved, len(stale[0].mine["agenda"])} == {1, 2}


def test_the_last_two_signatures_at_once_complete_the_ctq_once() -> None:
    with clock.at(NOW):
        parties = usual_parties()
        exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
        version = DocumentVersion.objects.get(exchange=exchange, kind="ctq")
        lifecycle.sign(parties, version, Party.VO, Party.HO)

    def sign(party: Party) -> Callable[[], None]:
        def work() -> None:
            lifecycle.sign(parties, DocumentVersion.objects.get(pk=version.pk), party)

        return work

    in_parallel(sign(Party.VOP), sign(Party.HOP))
    assert Signature.objects.filter(version=version).count() == 4
    assert OwnPart.objects.get(exchange=exchange).state == "signed"


def test_validating_while_somebody_changes_the_dates_never_prints_a_mixture() -> None:
    later = lifecycle.LAST + timedelta(days=1)
    with clock.at(NOW):
        parties = usual_parties()
        match = lifecycle.confirmed(parties)
        on = lifecycle.visit(match, parties.vop_coordinator, last_day=later)
        made = lifecycle.exchange(
            match, on, parties.vop_coordinator, planned_start=lifecycle.FIRST, planned_end=lifecycle.LAST
        )
        exchange = perform(made, "prepare", by=parties.vop_coordinator)
        perform(lifecycle.submitted_shared_part(parties, exchange.visit), "validate", by=parties.so)
        own = lifecycle.submitted_own_part(parties, exchange)
    figures = {"start": lifecycle.FIRST, "end": later, "sector": None, "lump_sum": 400}

    def validate() -> None:
        perform(OwnPart.objects.get(pk=own.pk), "validate", by=parties.so)

    def change() -> None:
        perform(Exchange.objects.get(pk=exchange.pk), "set_agreed", by=parties.vop_coordinator, **figures)

    in_parallel(validate, change)
    facts = DocumentVersion.objects.get(kind="ctq").content["exchange"]
    printed = (facts["last_day"], facts["working_days"])
    outcome = (OwnPart.objects.get(pk=own.pk).state, printed)
    assert outcome in [("validated", (str(later), 4)), ("draft", (str(lifecycle.LAST), 3))]
