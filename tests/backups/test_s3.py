"""Back-ups in a store that speaks S3: rclone's, on this machine."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cxc import clock
from cxc.backups import s3, stamps
from cxc.backups.destinations import destination_of
from cxc.backups.models import Backup
from cxc.backups.tasks import make_daily_backup
from cxc.core.models import StoredFile
from launch.paths import PYTHON
from launch.services import free_port
from tests.backups.databases import empty_portal_on
from tests.plugin.portal import copied_database

# rclone knows no shorter ones.
KEY_ID, SECRET = "backups-of-the-tests", "secret-of-the-tests"


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, str]]]:
    """The folder in which the bucket `keep` is a folder, and the variables that lead to it."""
    folder, port = tmp_path_factory.mktemp("store"), free_port()
    (folder / "keep").mkdir()
    command = [
        PYTHON.parent / "rclone",
        "serve",
        "s3",
        "--addr",
        f"127.0.0.1:{port}",
        "--auth-key",
        f"{KEY_ID},{SECRET}",
    ]
    env = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    server = subprocess.Popen([*command, folder], env=env, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while not answers(port) and time.monotonic() < deadline:
        time.sleep(0.05)
    yield (
        folder / "keep",
        {
            "AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{port}",
            "AWS_REGION": "eu-west-1",
            "AWS_ACCESS_KEY_ID": KEY_ID,
            "AWS_SECRET_ACCESS_KEY": SECRET,
        },
    )
    server.terminate()
    server.wait()


@pytest.fixture
def bucket(store: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> Path:
    folder, variables = store
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return folder


def test_there_and_back(
    bucket: Path, tmp_path: Path, settings: Any, django_db_setup: None, django_db_blocker: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "source"
    with django_db_blocker.unblock():
        with copied_database():
            StoredFile.store(b"content", name="one.pdf", content_type="application/pdf")
            call_command("backup", to="s3://keep/portal")
            (made,) = Backup.objects.all()
            rows = stamps.counts()["public.profiles_country"]
        assert made.destination == "s3://keep/portal"
        sent = {path.name for path in (bucket / "portal" / made.name).iterdir()}
        assert sent == {"database.dump", "files.tar", "files.sha256", "manifest.json"}
        with empty_portal_on(tmp_path):
            call_command("restore", f"s3://keep/portal/{made.name}")
            assert Path(StoredFile.objects.get().file.path).read_bytes() == b"content"
            assert stamps.counts()["public.profiles_country"] == rows


def test_the_newest_stay(bucket: Path, committed_db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.BACKUP_TO, settings.BACKUPS_KEPT = "s3://keep/daily", 1
    (bucket / "daily" / "portal-2027-01-01T00-07-00Z").mkdir(parents=True)
    (bucket / "daily" / "portal-2027-01-01T00-07-00Z" / "files.tar").write_text("cut short")
    (bucket / "daily" / "mine.txt").write_text("stays")
    (bucket / "daily" / "portal-notes").mkdir()
    (bucket / "daily" / "portal-notes" / "mine.txt").write_text("stays")
    for day in (1, 2):
        monkeypatch.setattr(clock, "real_now", lambda day=day: datetime(2027, 3, day, tzinfo=UTC))
        assert make_daily_backup() == 1
    assert sorted(s3.files(s3.Place("keep", "daily/"))) == [
        "mine.txt",
        *(
            f"portal-2027-03-02T00-00-00Z/{name}"
            for name in ("database.dump", "files.sha256", "files.tar", "manifest.json")
        ),
        "portal-notes/mine.txt",
    ]
    destination_of("s3://keep/daily").remove("portal-2027-03-01T00-00-00Z")  # somebody else was quicker


def test_what_goes_wrong_is_told(bucket: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match=r"s3://keep/portal/nothing is no back-up"):
        call_command("restore", "s3://keep/portal/nothing")
    with pytest.raises(CommandError, match=r"s3:// names no bucket"):
        call_command("restore", "s3://")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    with pytest.raises(CommandError, match=r"s3://keep can't be used: .*AWS_SECRET_ACCESS_KEY"):
        call_command("restore", "s3://keep")


def test_addresses() -> None:
    assert [str(destination_of(text)) for text in ("s3://keep", "s3://keep/", "s3://keep/a/b/", "/srv/x")] == [
        "s3://keep",
        "s3://keep",
        "s3://keep/a/b",
        "/srv/x",
    ]
