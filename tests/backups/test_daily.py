"""One back-up a day where one is wanted, whatever runs twice, late or at once, and a record of each."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import psycopg2
import pytest
from django.db import connection

from cxc import clock
from cxc.backups import create, daily, manifest, postgres_tools
from cxc.backups.destinations import Folder
from cxc.backups.models import Backup
from cxc.backups.records import last_backup_at
from cxc.backups.tasks import make_daily_backup
from cxc.core.models import StoredFile
from tests.factories.clients import client_for
from tests.factories.people import support_office

MOMENT = datetime(2027, 3, 1, 0, 7, tzinfo=UTC)


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.BACKUP_TO, settings.BACKUPS_KEPT = str(tmp_path / "backups"), 2
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "backups"


@pytest.fixture
def set_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Back-ups are made on real time."""

    def to(moment: datetime) -> None:
        monkeypatch.setattr(clock, "real_now", lambda: moment)

    to(MOMENT)
    return to


def test_one_a_day_and_the_newest_stay(committed_db: None, folder: Path, set_time: Callable[[datetime], None]) -> None:
    (folder / "mine").mkdir(parents=True)
    (folder / "portal-2027-02-01T00-07-00Z.draft").mkdir()
    assert (last_backup_at(), make_daily_backup(), make_daily_backup()) == (None, 1, 0)
    for day in (1, 2):
        set_time(MOMENT + timedelta(days=day, hours=5))  # late
        assert (make_daily_backup(), make_daily_backup()) == (1, 0)
    assert last_backup_at() == MOMENT + timedelta(days=2, hours=5)
    assert sorted(path.name for path in folder.iterdir()) == [
        "mine",
        "portal-2027-03-02T05-07-00Z",
        "portal-2027-03-03T05-07-00Z",
    ]
    newest = Backup.objects.first()
    found = manifest.read(folder / newest.name)
    assert (newest.size, newest.rows_count, newest.error) == (found.size, sum(found.counts.values()), "")


def test_a_failure_is_recorded_and_tried_again(
    committed_db: None, folder: Path, set_time: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(postgres_tools, "_tool", lambda _name, _server: Path("/bin/false"))
        assert make_daily_backup() == 0
    (failed,) = Backup.objects.all()
    assert (failed.error, failed.size, last_backup_at()) == ("pg_dump failed: ", None, None)
    assert (make_daily_backup(), Backup.objects.count()) == (1, 2)


def test_two_at_once_make_one(committed_db: None, folder: Path, set_time: Callable[[datetime], None]) -> None:
    other = psycopg2.connect(**{**connection.get_connection_params(), "cursor_factory": None})
    with other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [create.LOCK])
        assert make_daily_backup() == 0
    other.close()
    assert not Backup.objects.exists()


def test_former_ones_that_cannot_be_removed_are_told_as_that(
    committed_db: None,
    folder: Path,
    set_time: Callable[[datetime], None],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(Folder, "remove_drafts", Mock(side_effect=PermissionError("denied")))
    assert make_daily_backup() == 1
    assert [each.getMessage() for each in caplog.records if each.levelname == "ERROR"] == [
        f"Former back-ups were not removed from {folder}"
    ]


def test_lost_and_changed_files_are_errors_and_counted(
    committed_db: None, folder: Path, set_time: Callable[[datetime], None], caplog: pytest.LogCaptureFixture
) -> None:
    missing, differing, _whole = (
        StoredFile.store(name.encode(), name=name, content_type="text/plain") for name in ("a.txt", "b.txt", "c.txt")
    )
    Path(missing.file.path).unlink()
    Path(differing.file.path).write_bytes(b"rot")
    assert make_daily_backup() == 1
    assert [each.getMessage().partition(" (")[0] for each in caplog.records if each.levelname == "ERROR"] == [
        "Stored files: Named by the database, but not in the store",
        "Stored files: Not what the database says of them",
    ]
    assert Backup.objects.values_list("files_count", "lost_count").get() == (2, 2)


@pytest.mark.django_db
def test_a_destination_that_is_none_fails_as_the_back_up(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.BACKUP_TO = "s3://"
    assert make_daily_backup() == 0
    assert "The daily back-up failed" in caplog.text


@pytest.mark.django_db
def test_none_where_none_is_wanted(settings: Any) -> None:
    settings.BACKUP_TO = ""
    assert daily.make_if_due() == 0


@pytest.mark.django_db
def test_the_support_office_reads_when_and_why_not() -> None:
    values = {"destination": "/srv/backups", "started_at": MOMENT, "finished_at": MOMENT}
    Backup.objects.create(name="portal-x", size=2_500_000, rows_count=10, files_count=3, **values)
    Backup.objects.create(error="The disk is full.", **values)
    page = client_for(support_office()).get("/support-office/backups/backup/").content.decode()
    assert ("2.4\xa0MB" in page, "The disk is full." in page) == (True, True)
