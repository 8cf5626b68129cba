"""Compares every stored file of documents with what the database says of it: size, hash, seal.

A few rows and one file are in memory at a time, however many there are.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import F, QuerySet

from cxc.core.models import StoredFile
from cxc.core.refusals import StoreAway
from cxc.seals.checking import check_seal
from exchanges.models import DocumentSeal, DocumentVersion, Signature

ROWS_AT_A_TIME = 200
RESTORE = "Restore the file from the back-up."


@dataclass(frozen=True)
class CheckedFile:
    """A file that was compared; `problem` and `remedy` are empty where it is as it was stored."""

    document: str
    path: str
    problem: str = ""
    remedy: str = ""


def checked_files() -> Iterator[CheckedFile]:
    """Every file: versions as validated, sealed files, scans and files signed elsewhere."""
    versions = DocumentVersion.objects.select_related("pdf", "exchange")
    for version in _in_parts(versions.filter(pdf__isnull=False)):
        yield _checked(f"{_name(version)}, as validated", version.pdf)
    for version in _in_parts(versions.filter(pdf__isnull=True, signatures__isnull=False).distinct()):
        yield CheckedFile(_name(version), "", "it was signed, and no file is stored", RESTORE)
    seals = DocumentSeal.objects.select_related("file", "certificate", "version__exchange")
    for seal in _in_parts(seals.filter(file__isnull=False)):
        yield _checked(f"{_name(seal.version)}, sealed", seal.file, partial(_seal_problem, seal))
    signatures = Signature.objects.select_related("file", "version__exchange").defer("version__content")
    for signature in _in_parts(signatures.filter(file__isnull=False)):
        yield _checked(f"{_name(signature.version)}, signed by {signature.party}", signature.file)
    for signature in _in_parts(signatures.exclude(sha256=F("version__pdf__sha256"))):
        yield CheckedFile(
            f"{_name(signature.version)}, signed by {signature.party}",
            "",
            f"the signature names a file with SHA-256 {signature.sha256}, which is not the version's",
            "Find out who changed the row of the version or of its file.",
        )


def _in_parts(rows: QuerySet[Any]) -> Iterator[Any]:
    """All rows, some at a time, in the order of their ids; without a cursor of the server, which a pooler loses."""
    last = 0
    while part := list(rows.filter(pk__gt=last).order_by("pk")[:ROWS_AT_A_TIME]):
        yield from part
        last = part[-1].pk


def _name(version: DocumentVersion) -> str:
    return f"{version.reference} v{version.number}"


def _checked(document: str, file: StoredFile, also: Callable[[bytes], str] | None = None) -> CheckedFile:
    path = str(file.file.name)
    try:
        problem = _problem(file) or (also(_content(file)) if also else "")
    except FileNotFoundError:
        problem = "the file is missing"
    except (OSError, StoreAway) as error:
        problem = f"the file can't be read: {error}"
    return CheckedFile(document, path, problem, RESTORE if problem else "")


def _problem(file: StoredFile) -> str:
    digest, size = hashlib.sha256(), 0
    with file.file.open("rb") as opened:
        for chunk in opened.chunks():
            digest.update(chunk)
            size += len(chunk)
    if size != file.size:
        return f"it has {size} bytes, stored were {file.size}"
    found = digest.hexdigest()
    return "" if found == file.sha256 else f"its SHA-256 is {found}, stored was {file.sha256}"


def _content(file: StoredFile) -> bytes:
    with file.file.open("rb") as opened:
        return bytes(opened.read())


def _seal_problem(row: DocumentSeal, content: bytes) -> str:
    found = check_seal(content)
    if found is None:
        return "it has no seal"
    if not found.is_genuine:
        return "its seal is not genuine"
    return (
        "" if found.certificate == row.certificate else "its seal was made with another certificate than the row says"
    )
