"""Back-ups in a store that speaks S3: rclone's, on this machine."""

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
from cxc.backups.refusals import BackupRefused
from cxc.backups.tasks import make_daily_backup
from cxc.core.models import StoredFile
from tests.backups.databases import empty_portal_on
from tests.plugin.portal import copied_database
from tests.plugin.s3_store import S3Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Store]:
    """The bucket `keep` is a folder in it."""
    started = S3Store(tmp_path_factory.mktemp("store"))
    (started.folder / "keep").mkdir()
    started.start()
    yield started
    started.stop()


@pytest.fixture
def bucket(store: S3Store, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Its folder, and the variables that lead to it."""
    for name, value in store.env.items():
        monkeypatch.setenv(name, value)
    return store.folder / "keep"


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


def test_files_from_one_bucket_into_another(
    bucket: Path, tmp_path: Path, settings: Any, django_db_setup: None, django_db_blocker: Any
) -> None:
    def files_in(prefix: str) -> list[bytes]:
        settings.STORAGES = settings.STORAGES | {
            "default": {
                "BACKEND": "cxc.core.files.bucket.BucketStorage",
                "OPTIONS": {"bucket_name": "keep", "location": prefix},
            }
        }
        return [path.read_bytes() for path in (bucket / prefix).rglob("*.pdf")]

    with django_db_blocker.unblock():
        assert files_in("old") == []
        with copied_database():
            StoredFile.store(b"content", name="one.pdf", content_type="application/pdf")
            call_command("backup", to=str(tmp_path))
            (made,) = Backup.objects.all()
        with empty_portal_on(tmp_path):
            files_in("new")
            call_command("restore", str(tmp_path / made.name))
            with StoredFile.objects.get().file.open("rb") as file:
                assert file.read() == b"content"
    assert (files_in("old"), files_in("new")) == ([b"content"], [b"content"])


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


def test_an_endpoint_that_is_no_address_is_told(bucket: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "not an address")
    with pytest.raises(BackupRefused, match=r"s3://keep can't be used: .*not an address.*AWS_ENDPOINT_URL_S3"):
        s3.files(s3.Place.of("s3://keep"))


def test_addresses() -> None:
    assert [str(destination_of(text)) for text in ("s3://keep", "s3://keep/", "s3://keep/a/b/", "/srv/x")] == [
        "s3://keep",
        "s3://keep",
        "s3://keep/a/b",
        "/srv/x",
    ]
