"""A back-up comes back whole, and what does not fit is refused with the sentence that says what to do."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as portal_settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from cxc.backups import fit, manifest, postgres_tools, stamps
from cxc.backups.refusals import BackupRefused
from cxc.backups.restore import restore_backup
from cxc.core.models import StoredFile
from matching.services.profile_indexes import PROFILE_INDEXES
from tests.backups.conftest import CONTENTS
from tests.backups.databases import assert_rows_are_back, copy_of, empty_portal_on, flip_a_bit


@pytest.fixture
def empty(backup: Path, tmp_path: Path, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), empty_portal_on(tmp_path):
        yield


def quietly(_sentence: str) -> None:
    """What a restore says on the way is not read."""


def test_rows_and_files_come_back_and_the_portal_goes_on(backup: Path, empty: None) -> None:
    found = restore_backup(backup, quietly)
    assert_rows_are_back(found)
    stored = {row.name: row for row in StoredFile.objects.all()}
    assert {name: Path(default_storage.path(row.file.name)).read_bytes() for name, row in stored.items()} == CONTENTS
    assert [index.differing() for index in PROFILE_INDEXES] == [set(), set()]
    # Numbers are given on from where they were.
    assert StoredFile.store(b"new", name="new.txt", content_type="text/plain").pk > max(
        row.pk for row in stored.values()
    )


def test_stamps(backup: Path) -> None:
    found = manifest.read(backup)
    assert (found.commit, found.portal) == (stamps.commit(), portal_settings.SITE_ADDRESS)
    assert re.fullmatch(r"[0-9a-f]{40}", found.commit)
    assert found.migrations == stamps.source_migrations()
    assert found.postgresql >= 150000
    assert (found.files.count, found.counts["public.core_storedfile"]) == (3, 3)
    assert re.fullmatch(r"[0-9a-f]{64}", found.seal_fingerprint)
    assert portal_settings.SECRET_KEY not in (backup / "manifest.json").read_text()


def test_other_tools_can_check_it(backup: Path, tmp_path: Path) -> None:
    """`tar` unpacks the files and `sha256sum` finds each as it is listed."""
    subprocess.run(["tar", "-xf", backup / "files.tar", "-C", tmp_path], check=True)
    done = subprocess.run(
        ["sha256sum", "--check", backup / "files.sha256"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.count(": OK\n") == 3


def test_only_its_owner_reads_it(backup: Path) -> None:
    assert {oct(path.stat().st_mode & 0o777) for path in (backup, backup.parent)} == {"0o700"}


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


@pytest.mark.parametrize("damage", [flip_a_bit, cut, Path.unlink])
@pytest.mark.parametrize("part", ["database.dump", "files.tar", "files.sha256"])
def test_damage_is_found_before_anything_is_changed(
    backup: Path, empty: None, tmp_path: Path, part: str, damage: Callable[[Path], None]
) -> None:
    copied = copy_of(backup, tmp_path)
    damage(copied / part)
    with pytest.raises(BackupRefused, match=rf"/{part} is (damaged|missing).*\. Take another copy"):
        restore_backup(copied, quietly)
    assert (stamps.tables(), (tmp_path / "files").exists()) == ([], False)


def test_a_torn_or_missing_manifest(backup: Path, tmp_path: Path) -> None:
    copied = copy_of(backup, tmp_path)
    cut(copied / "manifest.json")
    with pytest.raises(BackupRefused, match=r"manifest\.json is damaged and can't be read\. Take another copy"):
        manifest.read(copied)
    with pytest.raises(BackupRefused, match=r"is no back-up: it has no manifest\.json\. Name the folder of one"):
        manifest.read(copied.parent)


def altered(backup: Path, tmp_path: Path, **values: object) -> Path:
    """A copy whose manifest says something else."""
    path = copy_of(backup, tmp_path) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values))
    return path.parent


ALTERED = {
    "migrations": (
        {"migrations": ["core.0001_functions", "core.9998_later", "core.9999_latest"], "commit": "abc123"},
        "holds migrations that the source here has not: core.9998_later and 1 more. Restore it with the source "
        "that made it, then upgrade: git checkout abc123",
    ),
    "server": ({"postgresql": 990002}, "comes from PostgreSQL 99, .* Install PostgreSQL 99 or later"),
    "format": ({"format": 2, "commit": "abc123"}, "a later version of the source, .* git checkout abc123"),
}


@pytest.mark.parametrize("case", ALTERED)
def test_what_does_not_fit(backup: Path, empty: None, tmp_path: Path, case: str) -> None:
    values, sentence = ALTERED[case]
    with pytest.raises(BackupRefused, match=sentence):
        restore_backup(altered(backup, tmp_path, **values), quietly)
    assert stamps.tables() == []


def test_other_numbers_of_rows_leave_a_database_to_set_aside(backup: Path, empty: None, tmp_path: Path) -> None:
    counts = manifest.read(backup).counts | {"public.core_storedfile": 4}
    sentence = r"is filled now, .*\['public.core_storedfile'\]\. Set it aside .*\n.*RENAME"
    with pytest.raises(BackupRefused, match=sentence):
        restore_backup(altered(backup, tmp_path, counts=counts), quietly)
    assert stamps.tables()


def test_a_database_that_is_not_empty(backup: Path, committed_db: None) -> None:
    name = connection.settings_dict["NAME"]
    with pytest.raises(CommandError, match=rf'{name} is not empty.*\n.*ALTER DATABASE "{name}" RENAME'):
        call_command("restore", str(backup))


def test_another_file_under_the_same_name(backup: Path, empty: None, tmp_path: Path) -> None:
    """One that a failed restore has left is kept; one with another content is refused."""
    first, second = ((backup / "files.sha256").read_text().split()[index] for index in (1, 3))
    for name, content in ((first, CONTENTS["one.pdf"]), (second, b"something else")):
        (tmp_path / "files" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "files" / name).write_bytes(content)
    with pytest.raises(BackupRefused, match=f"holds another {second} already. Set the folder of files aside"):
        restore_backup(backup, quietly)
    assert stamps.tables() == []


def test_other_keys_are_told(backup: Path, settings: Any, tmp_path: Path) -> None:
    found = manifest.read(backup)
    assert fit.warnings(found) == []
    former = settings.SECRET_KEY
    settings.SECRET_KEY, settings.VAR_DIR = "another", tmp_path
    seal, secret = fit.warnings(found)
    assert seal.startswith("The key of the seal is another one here.")
    assert secret.endswith("Set the former key as CXC_FORMER_SECRET_KEYS.")
    settings.SECRET_KEY_FALLBACKS = [former]
    assert fit.warnings(found) == [seal]


@pytest.mark.parametrize(
    ("server", "there", "chosen"),
    [(15, {15, 17, 18}, 15), (16, {15, 17, 18}, None), (17, {15, 18}, 18), (18, {17}, None)],
)
def test_the_tool_that_fits_the_server(
    monkeypatch: pytest.MonkeyPatch, server: int, there: set[int], chosen: int | None
) -> None:
    monkeypatch.setattr(postgres_tools, "_versions", lambda _name: {Path(f"/{each}"): each for each in there})
    if chosen:
        assert postgres_tools._tool("pg_dump", server) == Path(f"/{chosen}")
    else:
        with pytest.raises(BackupRefused, match=f"Debian calls it postgresql-client-{server}"):
            postgres_tools._tool("pg_dump", server)
