"""Makes a back-up: the database first, in one snapshot, then every file that the snapshot names.

A file is written before its row is committed, so whatever goes on meanwhile, each file of the snapshot is there. Files
that are erased in between are told.
"""

import hashlib
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction

from cxc import clock
from cxc.backups import encryption, postgres_tools, stamps
from cxc.backups.destinations import Destination
from cxc.backups.manifest import DATABASE, FILE_LIST, FILES, FilesFound, Manifest, Part
from cxc.backups.refusals import AnotherIsMade, BackupRefused
from cxc.core.files.storage import is_no_room
from cxc.core.models import StoredFile
from cxc.core.pooling import advisory_lock, in_parts
from cxc.core.refusals import StoreAway

# The advisory lock of all of a back-up: one at a time. "backup" in hexadecimal.
LOCK = 0x6261636B7570
NAME_FORMAT = "portal-%Y-%m-%dT%H-%M-%SZ"


def make_backup(to: Destination, public_key: str = "") -> Manifest:
    """Make a back-up there; what it is stamped with.

    With a public key of age, database and files are encrypted to it. BackupRefused where another one is being made, the
    destination can't be written, or PostgreSQL or its tool fails.
    """
    encryption.require_public_key(public_key)
    moment = clock.real_now()
    name = f"{moment:{NAME_FORMAT}}"
    suffix = encryption.SUFFIX if public_key else ""
    try:
        with _alone(), to.draft(name) as folder, tempfile.TemporaryFile("w+") as names:
            with encryption.written(folder / (DATABASE + suffix), public_key) as target:
                facts = _write_database(target, names)
            names.seek(0)
            with encryption.written(folder / (FILES + suffix), public_key) as target:
                files = _write_files(target, folder / FILE_LIST, names)
            parts = {part: _part(folder / part) for part in (DATABASE + suffix, FILES + suffix, FILE_LIST)}
            manifest = Manifest(name, moment.isoformat(), files=files, parts=parts, encrypted_to=public_key, **facts)
            manifest.write(folder)
    except DatabaseError as error:
        raise BackupRefused(f"The database failed while it was read: {error}".strip()) from error
    except StoreAway as error:
        raise BackupRefused(f"The store of files failed while it was read: {error.__cause__ or error}") from error
    except encryption.FAILURES as error:
        reason = getattr(error, "strerror", None) or error
        raise BackupRefused(f"The back-up can't be written to {to}: {reason}.") from error
    return manifest


@contextmanager
def _alone() -> Iterator[None]:
    """Until all of the back-up is written and sent, no other one is begun; AnotherIsMade where one is being made."""
    with advisory_lock(LOCK) as is_alone:
        if not is_alone:
            raise AnotherIsMade("Another back-up is being made. Wait for it, then try again.")
        yield


def _write_database(target: IO[bytes], names: IO[str]) -> dict[str, Any]:
    """Dump one snapshot; its stamps. The files that it names are written to `names`, each with its SHA-256."""
    with _snapshot() as snapshot:
        with postgres_tools.dump(snapshot) as said:
            shutil.copyfileobj(said, target, encryption.CHUNK_BYTES)
        for name, sha256 in in_parts(StoredFile.objects.order_by("pk").values_list("file", "sha256")):
            names.write(f"{sha256}  {name}\n")
        return {
            "portal": settings.SITE_ADDRESS,
            "commit": stamps.commit(),
            "postgresql": stamps.server_version(),
            "migrations": stamps.applied_migrations(),
            "counts": stamps.counts(),
            "newest_event": stamps.newest_event(),
            "seal_fingerprint": stamps.seal_fingerprint(),
            "secret_fingerprint": stamps.secret_fingerprint(settings.SECRET_KEY),
        }


@contextmanager
def _snapshot() -> Iterator[str]:
    """One moment of the database for all that is read within; its name, by which `pg_dump` reads the same."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        # It waits, without a question, for as long as pg_dump reads what it shows.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        if not stamps.tables():
            raise BackupRefused("The database is empty: there is nothing to back up. ./portal up fills it.")
        yield str(snapshot)


def _write_files(target: IO[bytes], list_path: Path, names: IO[str]) -> FilesFound:
    """Copy the files into one archive, and list each with its SHA-256 as `sha256sum --check` reads it."""
    found = FilesFound()
    with (
        list_path.open("w") as listed,
        tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        for line in names:
            expected, name = line.rstrip("\n").split("  ", 1)
            content = _content(name, found)
            if content is None:
                continue
            sha256 = hashlib.sha256(content).hexdigest()
            if sha256 != expected:
                found.differing.append(name)
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(content), 0o600
            archive.addfile(entry, BytesIO(content))
            listed.write(f"{sha256}  {name}\n")
            found.count += 1
            found.size += len(content)
    return found


def _content(name: str, found: FilesFound) -> bytes | None:
    """What the file holds; None where it is not there, which is noted in `found`. BackupRefused: it can't be read."""
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except FileNotFoundError:
        is_named = StoredFile.objects.filter(file=name).exists()
        (found.missing if is_named else found.removed).append(name)
        return None
    except OSError as error:
        if is_no_room(error):  # a file of the store is kept there while it is read
            raise BackupRefused(
                f"There is no room for temporary files in {tempfile.gettempdir()}: make room there, or set TMPDIR."
            ) from error
        raise BackupRefused(
            f"The stored file {name} can't be read: {error.strerror or error}. Put its rights or its disk in order; "
            "else move it away, and the back-up names it as missing."
        ) from error


def _part(path: Path) -> Part:
    return Part(path.stat().st_size, stamps.sha256_of(path))
