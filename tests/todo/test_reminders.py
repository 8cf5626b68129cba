"""Reminders: worked out from the state of things, written once, for the right people."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from cxc import clock
from cxc.comms import recipients
from cxc.comms.models import Mail
from cxc.todo import reminders
from cxc.todo.subjects import subjects
from cxc.workflow import perform
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.reconciles, pytest.mark.django_db]
DOCS = Path(__file__).parents[2] / "docs" / "reminders.md"


def run(days: float = 0) -> list[tuple[str, str]]:
    """The job, so many days after the morning of the tests: the new mails' addresses and subjects."""
    before = set(Mail.objects.values_list("pk", flat=True))
    with clock.at(lifecycle.NOW + timedelta(days=days)):
        written = reminders.write_due()
    rows = Mail.objects.exclude(pk__in=before).filter(key__startswith="reminder:").order_by("pk")
    assert len(rows) == written
    return [(row.to_address, row.subject) for row in rows]


def at_start(build: Any) -> Any:
    with clock.at(lifecycle.NOW):
        return build()


def test_an_open_proposal_is_nudged_on_days_3_7_and_14_and_no_more() -> None:
    parties = at_start(usual_parties)
    at_start(lambda: lifecycle.proposed(parties))
    sent = {day: run(day) for day in range(21)}
    assert [day for day, rows in sent.items() if rows] == [3, 7, 14]
    ((address, subject),) = sent[3]
    assert address == parties.ho.user.email
    assert subject == f"Reminder: Answer the proposal ({parties.visitor} → {parties.host})"


def test_the_job_may_run_twice_and_writes_once() -> None:
    parties = at_start(usual_parties)
    at_start(lambda: lifecycle.proposed(parties))
    assert [len(run(3)), len(run(3)), len(run(3.5))] == [1, 0, 0]


def test_a_job_that_slept_writes_the_latest_reminder_only() -> None:
    parties = at_start(usual_parties)
    at_start(lambda: lifecycle.proposed(parties))
    assert [len(run(15)), len(run(15))] == [1, 0]


def test_nothing_once_it_is_answered() -> None:
    parties = at_start(usual_parties)
    match = at_start(lambda: lifecycle.proposed(parties))
    at_start(lambda: perform(match, "host_no", by=parties.ho, reason="Full."))
    assert run(7) == []


def test_a_stale_draft_is_warned_on_days_60_and_75_and_a_touch_begins_anew() -> None:
    parties = at_start(usual_parties)
    profile = at_start(lambda: lifecycle.draft(parties.visitor, parties.vop, parties.vo))
    assert [run(59), len(run(60)), len(run(75))] == [[], 1, 1]
    with clock.at(lifecycle.NOW + timedelta(days=80)):
        perform(profile, "edit", by=parties.vo, version_read=profile.row_version, fields={"title": "T"})
    assert [run(85), len(run(140))] == [[], 1]


def test_the_ctq_is_asked_for_before_its_day_and_late_after_it() -> None:
    parties = at_start(usual_parties)
    at_start(lambda: lifecycle.in_preparation(parties))
    # The start is on 28 September, so the CTQ is due on the 14th: a week after the test's morning.
    first = run()
    assert sorted({subject.split(" (")[0] for _, subject in first}) == [
        "Reminder: Enter payee and bank account",
        "Reminder: Write the shared part of the CTQ with the agenda",
        "Reminder: Write your part of the CTQ",
    ]
    assert (parties.vo.user.email, "Write your part") in {(to, s[10:25]) for to, s in first}
    late = run(8)
    assert {subject.split(":")[0] for _, subject in late} == {"Late"}


def test_none_for_a_due_date_more_than_thirty_days_past() -> None:
    parties = at_start(usual_parties)
    at_start(lambda: lifecycle.in_preparation(parties))
    day_31 = 7 + 31
    assert [subject for _, subject in run(day_31) if "your part of the CTQ" in subject] == []


def test_none_for_what_was_cancelled() -> None:
    parties = at_start(usual_parties)
    exchange = at_start(lambda: lifecycle.in_preparation(parties))
    at_start(lambda: perform(exchange, "cancel", by=parties.vop_coordinator, reason="Ill."))
    assert [subject for _, subject in run(1) if "CTQ" in subject] == []


def test_readers_are_not_written_to() -> None:
    parties = at_start(usual_parties)
    reader = at_start(lambda: people.member(parties.host, "reader"))
    at_start(lambda: lifecycle.proposed(parties))
    assert reader.user.email not in {to for to, _ in run(3)}


def test_one_thing_s_fault_keeps_nobody_else_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    parties = at_start(usual_parties)
    broken = at_start(lambda: lifecycle.proposed(parties))
    d = at_start(usual_parties)
    at_start(lambda: lifecycle.proposed(d))
    real = recipients.addressees_on

    def fail_for_one(thing: Any, *sides: Any) -> Any:
        if thing == broken:
            raise ZeroDivisionError
        return real(thing, *sides)

    monkeypatch.setattr("cxc.todo.reminders.addressees_on", fail_for_one)
    assert [to for to, _ in run(3)] == [d.ho.user.email]


def test_the_text_says_what_by_when_and_where() -> None:
    parties = at_start(usual_parties)
    match = at_start(lambda: lifecycle.proposed(parties))
    run(3)
    mail = Mail.objects.get(about_kind="matching.match", key__startswith="reminder:")
    assert f"Answer the proposal: {parties.visitor} → {parties.host}." in mail.text
    assert "It is due on 28 September 2026. A proposal that nobody answers expires on that day." in mail.text
    assert mail.about_id == match.pk


def test_everything_that_can_be_owed_has_a_code_of_its_own() -> None:
    codes = [one.todo.code for subject in subjects() for one in subject.declarations()]
    assert len(codes) == len(set(codes))


def test_every_reminder_says_in_words_when_it_is_due() -> None:
    todos = [one.todo for subject in subjects() for one in subject.declarations()]
    assert [todo.code for todo in todos if todo.remind and (todo.due is None or not todo.due.text)] == []


def test_the_docs_table_is_what_the_code_says() -> None:
    call_command("reminders", "--check")
    assert DOCS.read_text().startswith("# Reminders")
