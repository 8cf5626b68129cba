"""What beat starts: every name on the schedule is a task, and each runs twice without harm."""

from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.conf import settings

from cxc import clock
from cxc.comms.models import Mail
from cxc.settings.schedule import beat_schedule
from cxc.workflow import Refused, WrongState, perform
from cxc.workflow.batches import process_each
from cxc.workflow.models import StateEvent
from profiles.models import Profile
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = pytest.mark.django_db
NAMES = sorted({str(row["task"]) for row in settings.CELERY_BEAT_SCHEDULE.values()})


def task(name: str) -> Any:
    current_app.loader.import_default_modules()
    return current_app.tasks[name]


@pytest.mark.parametrize("name", NAMES)
def test_each_job_on_the_schedule_exists_and_runs_on_an_empty_portal(name: str) -> None:
    assert task(name)() in {0, None}


def test_with_a_clock_that_moves_everything_follows_within_seconds() -> None:
    rows = beat_schedule(tick_seconds=3, watch_seconds=10)
    slow = {name for name, row in rows.items() if not isinstance(row["schedule"], int) or row["schedule"] > 10}
    sweeps = {"make-pending-pdfs", "seal-due-documents", "work-on-pending-plans", "work-on-unfinished-bulk-runs"}
    files = {"delete-erased-files", "erase-unreferenced-files"}
    counts = {"store-counts", "correct-counts", "count-funnel"}
    daily = {"clear-sessions", "erase-old-sign-ins", "reconcile-todo", "warn-of-seal-expiry", "make-daily-backup"}
    assert slow == daily | counts | sweeps | files


def test_jobs_run_twice_do_everything_once() -> None:
    with clock.at(lifecycle.NOW):
        parties = usual_parties()
        lifecycle.proposed(parties)
        stale = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    with clock.at(lifecycle.NOW + timedelta(days=91)):
        for _ in range(2):
            for name in NAMES:
                task(name)()
    stale.refresh_from_db()
    assert stale.state == "archived"
    for kind, transition in (("matching.match", "expire"), ("profiles.profile", "archive_draft")):
        assert StateEvent.objects.filter(kind=kind, transition=transition).count() == 1
    assert not Mail.objects.filter(status="draft").exists()
    assert not Mail.objects.filter(attempts__gt=1).exists()


def test_one_failure_stops_nobody_and_is_logged_with_its_thing(caplog: pytest.LogCaptureFixture) -> None:
    with clock.at(lifecycle.NOW):
        parties = usual_parties()
        first, second, third = (lifecycle.draft(parties.visitor, parties.vop, parties.vo) for _ in range(3))

        def act(profile: Profile) -> None:
            if profile == first:
                raise ZeroDivisionError
            if profile == second:
                raise WrongState("It was archived meanwhile.")
            perform(profile, "archive_draft", by=parties.vo)

        assert process_each([first, second, third], act) == 1
    third.refresh_from_db()
    assert third.state == "archived"
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        f"profiles.profile {first.pk} failed; the next run tries again"
    ]


def test_what_a_failure_began_is_undone() -> None:
    with clock.at(lifecycle.NOW):
        parties = usual_parties()
        profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)

        def act(one: Profile) -> None:
            perform(one, "archive_draft", by=parties.vo)
            raise Refused("Not after all.")

        assert process_each([profile], act) == 0
    profile.refresh_from_db()
    assert profile.state == "draft"
