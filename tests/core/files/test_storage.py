"""Files are on disk, whole, before their row is written; a full disk leaves neither."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from cxc.core.files.storage import is_no_room
from cxc.core.models import StoredFile
from cxc.core.refusals import NoRoom
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.files import PDF
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
SENTENCE = "The portal’s disk is full, so nothing was saved. Please try again later."


@pytest.fixture
def files(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    return tmp_path / "files"


@pytest.fixture
def disk_is_full(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Found out as late as can be: when what was written is to be flushed."""

    def fail(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)


def _left(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_a_file_and_its_folder_are_flushed_before_the_row_is_written(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[tuple[str, int]] = []
    monkeypatch.setattr(
        os, "fsync", lambda number: flushed.append((os.readlink(f"/proc/self/fd/{number}"), StoredFile.objects.count()))
    )
    stored = StoredFile.store(PDF, name="scan.pdf", content_type="application/pdf")
    path = Path(stored.file.path)
    assert flushed == [(str(files), 0), (f"{path}.draft", 0), (str(path.parent), 0)]
    assert (path.read_bytes(), _left(files)) == (PDF, [path.name])


@pytest.mark.usefixtures("disk_is_full")
def test_a_full_disk_leaves_no_file_and_no_row(files: Path) -> None:
    with pytest.raises(NoRoom):
        StoredFile.store(PDF, name="scan.pdf", content_type="application/pdf")
    assert (_left(files), StoredFile.objects.count()) == ([], 0)


def test_an_upload_on_a_full_disk_says_so_and_keeps_what_was_typed(files: Path, request: pytest.FixtureRequest) -> None:
    parties = usual_parties()
    exchange = lifecycle.ongoing(parties)
    before = StoredFile.objects.count()
    request.getfixturevalue("disk_is_full")
    given = {"kind": "hotel", "note": "Three nights"}
    pages = [
        (f"/exchanges/{exchange.pk}/evidence/", given, "Three nights"),
        ("/help/", {"subject": "A", "text": "Where is it?"}, "Where is it?"),
    ]
    for address, typed, kept in pages:
        file = SimpleUploadedFile("scan.pdf", PDF, "application/pdf")
        answer = client_for(parties.vo).post(address, typed | {"file": file})
        shown = answer.content.decode().replace("&#x27;", "’")
        assert (answer.status_code, SENTENCE in shown, kept in shown) == (400, True, True)
    assert StoredFile.objects.count() == before


def test_a_full_disk_anywhere_else_is_a_page_that_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class DiskFull(Exception):
        pgcode = "53100"

    def fail(*_arguments: Any, **_options: Any) -> None:
        raise OperationalError("could not extend file") from DiskFull()

    monkeypatch.setattr("helpdesk.services.questions.ask_question", fail)
    answer = client_for(people.stranger()).post("/help/", {"subject": "A", "text": "B"})
    assert (answer.status_code, SENTENCE in answer.content.decode().replace("&#x27;", "’")) == (507, True)


def test_other_troubles_of_a_disk_are_no_lack_of_room() -> None:
    errors = [OSError(errno.EACCES, "no"), ValueError(), OSError(errno.EDQUOT, "no")]
    assert [is_no_room(error) for error in errors] == [False, False, True]
