"""Back-ups while others work: one at a time, whole or not there, and what happened to files is told."""

import errno
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg2
import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from cxc.backups import create, fit, manifest, postgres_tools
from cxc.backups.destinations import Folder
from cxc.backups.refusals import AnotherIsMade, BackupRefused
from cxc.core.models import StoredFile
from cxc.settings.environment import database_from_url


@pytest.fixture
def files(committed_db: None, settings: Any, tmp_path: Path) -> list[StoredFile]:
    settings.MEDIA_ROOT = tmp_path / "files"
    return [
        StoredFile.store(f"number {number}".encode(), name=f"{number}.txt", content_type="text/plain")
        for number in range(4)
    ]


def test_files_that_are_not_as_the_database_says(
    files: list[StoredFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _whole, erased, missing, differing = files
    default_storage.delete(missing.file.name)
    Path(default_storage.path(differing.file.name)).write_bytes(b"rot")
    write_files = create._write_files

    def erase_first(*arguments: Any) -> manifest.FilesFound:
        """Between the snapshot of the database and the copy of the files."""
        erased_name.append(erased.file.name)
        erased.erase()
        return write_files(*arguments)

    erased_name: list[str] = []
    monkeypatch.setattr(create, "_write_files", erase_first)
    found = create.make_backup(Folder(tmp_path / "backups"))
    assert (found.files.removed, found.files.missing, found.files.differing) == (
        erased_name,
        [missing.file.name],
        [differing.file.name],
    )
    assert (found.files.count, found.counts["public.core_storedfile"]) == (2, 4)
    assert [sentence.partition(" (")[0] for sentence in fit.files_lacking(found)] == [
        "Erased while the back-up was made",
        "Named by the database, but not in the store",
        "Not what the database says of them",
    ]


def test_one_at_a_time(files: list[StoredFile], tmp_path: Path) -> None:
    other = psycopg2.connect(**{**connection.get_connection_params(), "cursor_factory": None})
    with other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [create.LOCK])
        with pytest.raises(BackupRefused, match="Another back-up is being made"):
            create.make_backup(Folder(tmp_path / "backups"))
    other.close()
    assert not (tmp_path / "backups").exists()


def test_no_other_is_begun_while_files_are_copied(
    files: list[StoredFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files = create._write_files
    refused: list[str] = []

    def begin_another_first(*arguments: Any) -> manifest.FilesFound:
        with pytest.raises(AnotherIsMade) as error:
            create.make_backup(Folder(tmp_path / "others"))
        refused.append(str(error.value))
        return write_files(*arguments)

    monkeypatch.setattr(create, "_write_files", begin_another_first)
    create.make_backup(Folder(tmp_path / "backups"))
    assert refused == ["Another back-up is being made. Wait for it, then try again."]
    assert not (tmp_path / "others").exists()


def test_a_folder_that_cannot_be_written(files: list[StoredFile], tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(CommandError, match=r"can't be written to .*/taken: File exists"):
        call_command("backup", to=str(tmp_path / "taken"))


@pytest.mark.django_db
def test_postgresqls_tools_go_past_a_pooler(settings: Any) -> None:
    assert postgres_tools._env()["PGDATABASE"] == connection.settings_dict["NAME"]
    settings.DIRECT_DATABASE = database_from_url("postgresql://me:word@db.example:5433/portal?sslmode=require")
    assert {name: value for name, value in postgres_tools._env().items() if name.startswith("PG")} == {
        "PGHOST": "db.example",
        "PGPORT": "5433",
        "PGUSER": "me",
        "PGPASSWORD": "word",
        "PGDATABASE": "portal",
        "PGSSLMODE": "require",
    }


def test_a_stored_file_that_cannot_be_read_is_named(files: list[StoredFile], tmp_path: Path) -> None:
    name = files[2].file.name
    Path(default_storage.path(name)).unlink()
    Path(default_storage.path(name)).mkdir()  # reading it fails whoever asks
    with pytest.raises(BackupRefused, match=f"The stored file {name} can't be read: Is a directory"):
        create.make_backup(Folder(tmp_path / "backups"))
    assert list((tmp_path / "backups").iterdir()) == []


def test_no_room_for_temporary_files_is_not_told_of_the_stored_file(
    files: list[StoredFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(create, "default_storage", SimpleNamespace(open=fetch))
    with pytest.raises(BackupRefused, match="There is no room for temporary files in"):
        create.make_backup(Folder(tmp_path / "backups"))
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_dump_that_fails_leaves_nothing(
    files: list[StoredFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_tools, "_tool", lambda _name, _server: Path("/bin/false"))
    with pytest.raises(BackupRefused, match="pg_dump failed"):
        create.make_backup(Folder(tmp_path / "backups"))
    assert list((tmp_path / "backups").iterdir()) == []
