"""A back-up that is encrypted to somebody's public key is read by its owner only."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from pyrage.x25519 import Identity

from cxc.backups import encryption, fit, manifest
from cxc.backups.create import make_backup
from cxc.backups.destinations import Folder
from cxc.backups.refusals import BackupRefused
from cxc.backups.restore import restore_backup
from cxc.core.models import StoredFile
from tests.backups.databases import assert_rows_are_back, copy_of, empty_portal_on, flip_a_bit
from tests.plugin.portal import copied_database

SECRET = b"nobody else reads this " * 100_000  # more than a pipe holds
KEY = Identity.generate()
PUBLIC = str(KEY.to_public())


@pytest.fixture(scope="module")
def encrypted(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("source")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=home / "files"):
        with copied_database():
            StoredFile.store(SECRET, name="secret.pdf", content_type="application/pdf")
            made = make_backup(Folder(home / "backups"), PUBLIC)
        yield home / "backups" / made.name


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """As `age-keygen` writes it."""
    path = tmp_path / "key.txt"
    path.write_text(f"# created: 2026-11-29T15:00:00Z\n# public key: {PUBLIC}\n{KEY}\n")
    return path


def quietly(_sentence: str) -> None:
    """What a restore says on the way is not read."""


def test_its_owner_restores_it(encrypted: Path, key_file: Path, tmp_path: Path, django_db_blocker: Any) -> None:
    names = {path.name for path in encrypted.iterdir()}
    assert names == {"database.dump.age", "files.tar.age", "files.sha256", "manifest.json"}
    content = b"".join(path.read_bytes() for path in encrypted.iterdir())
    assert (b"PGDMP" in content, SECRET[:20] in content) == (False, False)
    with django_db_blocker.unblock(), empty_portal_on(tmp_path):
        found = restore_backup(encrypted, quietly, key_file)
        assert_rows_are_back(found)
        assert found.encrypted_to == PUBLIC
        assert Path(StoredFile.objects.get().file.path).read_bytes() == SECRET


def test_nobody_else_does(encrypted: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match=f"encrypted to {PUBLIC}: name the file of its private key with --key"):
        restore_backup(encrypted, quietly)
    other = Identity.generate()
    (tmp_path / "other.txt").write_text(str(other))
    with pytest.raises(BackupRefused, match=f"encrypted to {PUBLIC}: the key given is that of {other.to_public()}"):
        restore_backup(encrypted, quietly, tmp_path / "other.txt")


@pytest.mark.parametrize("text", ["", "# only a note\n", "age1nonsense", None])
def test_a_file_without_a_private_key(encrypted: Path, tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "key.txt"
    if text is not None:
        path.write_text(text)
    with pytest.raises(BackupRefused, match=r"key\.txt holds no private key of age"):
        restore_backup(encrypted, quietly, path)


def test_a_public_key_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="age1nonsense is no public key of age"):
        make_backup(Folder(tmp_path), "age1nonsense")
    assert list(tmp_path.iterdir()) == []


def test_damage_is_found_without_the_key(encrypted: Path, tmp_path: Path) -> None:
    copied = copy_of(encrypted, tmp_path)
    flip_a_bit(copied / "files.tar.age")
    with pytest.raises(BackupRefused, match=r"files\.tar\.age is damaged"):
        fit.require_whole(copied, manifest.read(copied))


def test_what_fails_beside_is_told_and_nobody_waits(tmp_path: Path) -> None:
    """A key that does not fit, and a reader who stops early."""
    path = tmp_path / "file.age"
    with encryption.written(path, PUBLIC) as target:
        target.write(SECRET)
    with pytest.raises(Exception, match="No matching keys"), encryption.read(path, Identity.generate()) as source:
        assert source.read() == b""
    with encryption.read(path, KEY) as source:
        assert source.read(10) == SECRET[:10]
    with pytest.raises(ZeroDivisionError), encryption.read(path, KEY) as source:
        source.read(1 // 0)
