"""Restores a back-up into an empty database: files first, then the database in one transaction.

Until the database is there, nothing refers to the files, and a restore that failed can be tried again.
"""

import hashlib
import shutil
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from cxc.backups import encryption, fit, manifest, postgres_tools, stamps
from cxc.backups.manifest import DATABASE, FILE_LIST, FILES, Manifest
from cxc.backups.refusals import BackupRefused
from cxc.core.refusals import FilesUnavailable

_after_restore: list[Callable[[], object]] = []


def after_restore(step: Callable[[], object]) -> None:
    """Have it called once the database is restored: what depends on the server's own numbers is made anew."""
    _after_restore.append(step)


def restore_backup(folder: Path, say: Callable[[str], object], key_file: Path | None = None) -> Manifest:
    """Restore the back-up in this folder; its manifest. BackupRefused, with nothing changed, where it does not fit.

    `say` gets a sentence before each step that may take long. `key_file`: the private key of one that is encrypted.
    """
    found = manifest.read(folder)
    keys = encryption.private_keys(key_file) if key_file else []
    key = encryption.fitting_key(keys, found.encrypted_to) if found.encrypted_to else None
    fit.require_fitting(found)
    say(f"Checking {len(found.parts)} files of the back-up ...")
    fit.require_whole(folder, found)
    say(f"Restoring {found.files.count} stored files ...")
    try:
        with encryption.read(found.path_of(FILES, folder), key) as archive:
            _restore_files(archive, folder / FILE_LIST)
    except FilesUnavailable as error:
        raise BackupRefused(f"The files can't be stored: {error.__cause__ or error}") from error
    say("Restoring the database ...")
    with encryption.read(found.path_of(DATABASE, folder), key) as dump:
        _restore_database(dump, found)
    say("Bringing it up to date ...")
    call_command("migrate", verbosity=0, interactive=False)
    for step in _after_restore:
        step()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return found


def _restore_files(archive: IO[bytes], list_path: Path) -> None:
    """Each file of the archive into the store, compared with its SHA-256; one that is there already is left."""
    with list_path.open() as listed:
        for name, content in _entries(archive):
            if listed.readline() != f"{hashlib.sha256(content).hexdigest()}  {name}\n":
                raise BackupRefused(f"{FILES} is damaged: {name} is not what {FILE_LIST} says.")
            _store(name, content)
        if listed.readline():
            raise BackupRefused(f"{FILES} is damaged: it lacks files that {FILE_LIST} names.")


def _entries(file: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file of the archive, which is read once from its beginning to its end."""
    with tarfile.open(fileobj=file, mode="r|") as archive:
        for entry in archive:
            stream = archive.extractfile(entry)
            yield entry.name, stream.read() if stream else b""


def _store(name: str, content: bytes) -> None:
    """Write one file under its own name. BackupRefused where another one has that name."""
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
        return
    with default_storage.open(name) as file:
        if file.read() != content:
            raise BackupRefused(
                f"The store of files holds another {name} already. Set the folder of files aside (CXC_FILES_DIR, "
                "else `files` in CXC_VAR_DIR), or name another place in CXC_FILES_S3."
            )


def _restore_database(dump: IO[bytes], found: Manifest) -> None:
    """The dump in one transaction; then each table must have as many rows as the manifest says.

    Where one has not, BackupRefused leaves the database filled.
    """
    with postgres_tools.restore() as target:
        shutil.copyfileobj(dump, target, encryption.CHUNK_BYTES)
    counted = stamps.counts()
    differing = sorted(
        table for table in counted.keys() | found.counts if counted.get(table) != found.counts.get(table)
    )
    if differing:
        raise BackupRefused(
            f"The database is filled now, but tables have other numbers of rows than the back-up says: {differing}. "
            f"Set it aside before you restore again. {fit.how_to_set_aside()}"
        )
