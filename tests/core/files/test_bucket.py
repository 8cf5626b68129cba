"""Files in a store that speaks S3: there before their row, gone with it, and a sentence while the store is away."""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.signals import pre_save
from django.test import Client

from cxc.circuit_breaker import CircuitBreaker
from cxc.core.files import bucket
from cxc.core.models import FileToDelete, StoredFile
from cxc.core.refusals import StoreAway
from cxc.monitoring import server_checks
from cxc.settings.environment import bucket_options
from exchanges.presenters.page_texts import page_texts
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.files import PDF
from tests.plugin.s3_store import S3Store
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
NOT_SAVED = "The portal’s store of files does not answer, so nothing was saved. Please try again in some minutes."
NOT_SHOWN = "The portal’s store of files does not answer, so this can’t be shown now. Please try again in some minutes."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Store]:
    started = S3Store(tmp_path_factory.mktemp("store"))
    (started.folder / "portal").mkdir()
    started.start()
    yield started
    started.stop()


@pytest.fixture
def store(server: S3Store, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> S3Store:
    """The files of this test are in its bucket `portal`, below a folder of their own."""
    settings.MEDIA_ROOT = tmp_path  # what factories keep for later tests has its files elsewhere
    for name, value in server.env.items():
        monkeypatch.setenv(name, value)
    options = {"bucket_name": "portal", "location": f"files-{uuid.uuid4().hex}"}
    settings.FILES_S3 = f"s3://portal/{options['location']}"
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "cxc.core.files.bucket.BucketStorage", "OPTIONS": options}
    }
    monkeypatch.setattr(bucket, "breaker", CircuitBreaker("The store of files", 600))
    return server


@pytest.fixture
def away(store: S3Store) -> Iterator[S3Store]:
    store.stop()
    yield store
    store.start()


def folder_of(store: S3Store) -> Path:
    storage: Any = default_storage
    return store.folder / "portal" / str(storage.location)


def objects(store: S3Store) -> dict[str, bytes]:
    folder = folder_of(store)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def content_of(stored: StoredFile) -> bytes:
    with stored.file.open("rb") as file:
        return bytes(file.read())


def text_of(answer: Any) -> str:
    return str(answer.content.decode().replace("&#x27;", "’"))


def test_a_file_is_there_before_its_row_and_goes_with_it(
    store: S3Store, django_capture_on_commit_callbacks: Any
) -> None:
    seen: list[int] = []

    def look(**_signal: Any) -> None:
        seen.append(len(objects(store)))

    pre_save.connect(look, sender=StoredFile)
    try:
        stored = StoredFile.store(PDF, name="scan.pdf", content_type="application/pdf")
    finally:
        pre_save.disconnect(look, sender=StoredFile)
    assert (seen, objects(store)) == ([1], {stored.file.name: PDF})
    with stored.file.open("rb") as file:
        assert (file.read(), file.size) == (PDF, len(PDF))
    assert content_of(stored) == PDF
    assert default_storage.exists(stored.file.name)
    with pytest.raises(ValueError, match="no address"):
        _ = stored.file.url
    with django_capture_on_commit_callbacks(execute=True):
        stored.erase()
    assert (objects(store), default_storage.exists(str(stored.file.name))) == ({}, False)
    with pytest.raises(FileNotFoundError):
        default_storage.open(str(stored.file.name))
    default_storage.delete(str(stored.file.name))


def test_a_file_that_was_read_before_is_stored_whole(store: S3Store) -> None:
    file = ContentFile(PDF)
    file.read()
    name = default_storage.save("scan.pdf", file)
    assert objects(store) == {name: PDF}


def test_what_could_not_be_deleted_waits_for_the_store(
    store: S3Store, request: pytest.FixtureRequest, django_capture_on_commit_callbacks: Any
) -> None:
    stored = StoredFile.store(PDF, name="scan.pdf", content_type="application/pdf")
    request.getfixturevalue("away")
    with django_capture_on_commit_callbacks(execute=True):
        stored.erase()
    assert [str(file) for file in FileToDelete.objects.all()] == [stored.file.name]
    assert objects(store) == {stored.file.name: PDF}


def test_what_is_large_waits_on_the_disk_not_in_memory(store: S3Store) -> None:
    content = b"x" * (bucket.IN_MEMORY + 1)
    stored = StoredFile.store(content, name="scan.pdf", content_type="application/pdf")
    with stored.file.open("rb") as file:
        assert file.read() == content
        assert (file.seek(3), file.open("rb").read()) == (3, content)
        assert isinstance(file.fileno(), int)


def test_people_upload_and_read_through_the_portal(store: S3Store) -> None:
    parties = usual_parties()
    exchange = lifecycle.ongoing(parties)
    client = client_for(parties.vo)
    upload = SimpleUploadedFile("scan.pdf", PDF, "application/pdf")
    client.post(f"/exchanges/{exchange.pk}/evidence/", {"kind": "hotel", "note": "", "file": upload})
    piece = exchange.evidence.get()
    assert objects(store)[str(piece.file.file.name)] == PDF
    answer: Any = client.get(f"/documents/evidence/{piece.pk}/")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, PDF)
    assert client_for(usual_parties().vo).get(f"/documents/evidence/{piece.pk}/").status_code == 404


def test_an_upload_while_it_is_away_says_so_and_keeps_what_was_typed(
    store: S3Store, request: pytest.FixtureRequest
) -> None:
    parties = usual_parties()
    exchange = lifecycle.ongoing(parties)
    before = StoredFile.objects.count()
    request.getfixturevalue("away")
    pages = [
        (f"/exchanges/{exchange.pk}/evidence/", {"kind": "hotel", "note": "Three nights"}, "Three nights"),
        ("/help/", {"subject": "A", "text": "Where is it?"}, "Where is it?"),
    ]
    for address, typed, kept in pages:
        file = SimpleUploadedFile("scan.pdf", PDF, "application/pdf")
        answer = client_for(parties.vo).post(address, typed | {"file": file})
        assert (answer.status_code, NOT_SAVED in text_of(answer), kept in text_of(answer)) == (400, True, True)
    assert StoredFile.objects.count() == before


def test_reading_while_it_is_away_is_a_page_that_says_so(store: S3Store, request: pytest.FixtureRequest) -> None:
    parties = usual_parties()
    exchange = lifecycle.ongoing(parties)
    client = client_for(parties.vo)
    upload = SimpleUploadedFile("scan.pdf", PDF, "application/pdf")
    client.post(f"/exchanges/{exchange.pk}/evidence/", {"kind": "hotel", "note": "", "file": upload})
    piece = exchange.evidence.get()
    request.getfixturevalue("away")
    answer = client.get(f"/documents/evidence/{piece.pk}/")
    assert (answer.status_code, NOT_SHOWN in text_of(answer)) == (503, True)
    assert page_texts(piece.file).problem.replace("'", "’") == NOT_SHOWN


def test_it_is_asked_again_once_it_has_rested(store: S3Store, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = StoredFile.store(PDF, name="scan.pdf", content_type="application/pdf")
    store.stop()
    with pytest.raises(StoreAway):
        stored.file.open("rb")
    store.start()
    with pytest.raises(StoreAway):  # nobody asks it yet
        stored.file.open("rb")
    monkeypatch.setattr(bucket.breaker, "_ask_again", 0)
    assert content_of(stored) == PDF


def test_probes_and_the_doctor_name_it(store: S3Store, client: Client, request: pytest.FixtureRequest) -> None:
    [finding] = server_checks.files()
    assert (finding.is_well, objects(store)) == (True, {})
    assert client.get("/health/").json()["files"] == "ok"
    request.getfixturevalue("away")
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["files"]) == (503, "no answer")
    ready = client.get("/health/ready")  # people are served all the same
    assert (ready.status_code, ready.json()["files"]) == (200, "no answer")
    [finding] = server_checks.files()
    assert (finding.is_well, "can't be used: start the store" in finding.sentence) == (False, True)


def test_an_access_that_is_refused_is_told(store: S3Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    [finding] = server_checks.files()
    assert (finding.is_well, "SignatureDoesNotMatch" in finding.sentence) == (False, True)
    with pytest.raises(StoreAway):
        StoredFile.store(PDF, name="scan.pdf", content_type="application/pdf")


@pytest.mark.parametrize(("name", "value"), [("AWS_SECRET_ACCESS_KEY", ""), ("AWS_ENDPOINT_URL_S3", "store:9000")])
def test_an_access_that_is_incomplete_is_told(
    store: S3Store, client: Client, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json()["files"]) == (200, "no answer")
    with pytest.raises(StoreAway):
        StoredFile.store(PDF, name="scan.pdf", content_type="application/pdf")
    [finding] = server_checks.files()
    assert (finding.is_well, "can't be used: start the store" in finding.sentence) == (False, True)


def test_an_error_of_the_portal_is_not_taken_for_the_stores(store: S3Store, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = StoredFile.store(PDF, name="scan.pdf", content_type="application/pdf")

    def fail(*_files: Any) -> None:
        raise ValueError("I/O operation on closed file.")

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfileobj", fail)
        with pytest.raises(ValueError, match="closed file"):
            content_of(stored)
    assert content_of(stored) == PDF, "the store is asked at once"


def test_an_access_of_its_own_is_whole_and_mixed_with_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "of the back-ups")
    monkeypatch.setenv("CXC_FILES_ACCESS_KEY_ID", "own")
    monkeypatch.delenv("CXC_FILES_SECRET_ACCESS_KEY", raising=False)
    with pytest.raises(RuntimeError, match="Set both CXC_FILES_ACCESS_KEY_ID and CXC_FILES_SECRET_ACCESS_KEY"):
        bucket_options("s3://portal")
    monkeypatch.setenv("CXC_FILES_SECRET_ACCESS_KEY", "secret")
    storage: Any = bucket.BucketStorage(**bucket_options("s3://portal/files"))
    credentials = storage._create_session().get_credentials()
    assert (credentials.access_key, credentials.secret_key, credentials.token or "") == ("own", "secret", "")


def test_a_file_that_another_program_changed_or_removed_is_found(store: S3Store) -> None:
    stored = StoredFile.store(PDF, name="scan.pdf", content_type="application/pdf")
    path = folder_of(store) / str(stored.file.name)
    path.write_bytes(b"rot")
    assert content_of(stored) == b"rot"
    path.unlink()
    assert page_texts(stored).problem != ""
