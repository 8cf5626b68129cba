"""The sealed file of what all have signed: one, made in the worker, genuine for the portal and for poppler."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.formats import date_format
from pyhanko.sign.timestamps import TimestampRequestError
from pytest_django import DjangoCaptureOnCommitCallbacks

from cxc import clock
from cxc.core.models import StoredFile
from cxc.documents import pdf
from cxc.seals.checking import check_seal
from cxc.workflow import perform
from exchanges import tasks
from exchanges.enums import Party
from exchanges.models import DocumentSeal, DocumentVersion, Exchange
from exchanges.queries.visit_documents import documents_of
from exchanges.services import document_pdfs, document_seals
from exchanges.services.visit_files import combined_pdf
from tests.documents.pdf.reading import headings, opened, root_of, tags, texts
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle
from tests.seals.pdfs import pdfsig, pem_file, small_pdf, use_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture(autouse=True)
def own_key(settings: Any, tmp_path: Path) -> None:
    """A key of the test's own."""
    use_key(settings, pem_file(tmp_path))


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.fixture
def signed(parties: Parties) -> Exchange:
    """In preparation; CTQ and Financial Agreement have all their signatures."""
    return lifecycle.signed(parties)


@pytest.fixture
def quickly_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without WeasyPrint: what is tested is not how it looks."""
    monkeypatch.setattr("exchanges.services.document_seals.render_document", lambda *_given, **_named: small_pdf())
    monkeypatch.setattr(pdf, "available", lambda: True)


def version_of(exchange: Exchange, kind: str) -> DocumentVersion:
    return DocumentVersion.objects.select_related("pdf", "seal__file").filter(exchange=exchange, kind=kind).latest("pk")


def content_of(file: StoredFile | None) -> bytes:
    assert file is not None
    with file.file.open("rb") as opened_file:
        return bytes(opened_file.read())


def test_the_last_signature_makes_the_seal_due_and_no_other(parties: Parties) -> None:
    exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    lifecycle.sign(parties, version_of(exchange, "ctq"), Party.VO, Party.HO, Party.VOP)
    assert list(document_seals.due()) == []
    lifecycle.sign(parties, version_of(exchange, "ctq"), Party.HOP)
    assert list(document_seals.due()) == [version_of(exchange, "ctq")]


@pytest.mark.usefixtures("quickly_rendered")
def test_it_is_sealed_after_the_commit(
    parties: Parties,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    asked: list[Any] = []
    monkeypatch.setattr(document_seals, "hand_over", lambda task, arguments: asked.append((task, arguments)))
    version = version_of(exchange, "fa")
    with django_capture_on_commit_callbacks(execute=True):
        lifecycle.sign(parties, version, Party.VO, Party.VOP)
    assert asked == [("exchanges.tasks.seal_document", (version.pk,))]


@pytest.mark.pdf
@pytest.mark.pdf_tools
@pytest.mark.parametrize("kind", ["ctq", "fa"])
def test_the_sealed_file(parties: Parties, kind: str, tmp_path: Path) -> None:
    """Genuine, tagged, titled; who signed what is printed; the signed file is attached byte for byte."""
    exchange = lifecycle.in_preparation(parties)
    lifecycle.validated_documents(parties, exchange)
    version = version_of(exchange, kind)
    with_real_pdf(version)
    lifecycle.sign(parties, version, *[Party(party) for party in version.parties])
    assert tasks.seal_document(version.pk)

    version = version_of(exchange, kind)
    content = content_of(version.sealed_file)
    said = pdfsig(content, tmp_path)
    assert ("Signature is Valid" in said, "Total document signed" in said) == (True, True)
    found = check_seal(content)
    assert found is not None
    assert (found.is_genuine, found.certificate) == (True, version.seal.certificate)
    reader = opened(content)
    assert reader.attachments[version.file_name] == [content_of(version.pdf)]
    assert root_of(content)["/Lang"] == "en"
    assert version.reference in str(reader.metadata.title)
    assert {"H1", "H2", "H3", "Table", "TH"} <= set(tags(content))
    assert headings(content)[0] == "H1"
    assert b"pdfuaid" in root_of(content)["/Metadata"].get_data()
    read = " ".join(texts(content, tmp_path))
    assert version.pdf is not None
    for words in (
        "Signature page",
        f"Code of this version: {version.code}",
        str(parties.vo.user),
        "Signed on paper",
        "Recorded 7 Sep 2026, 11:00 (Brussels time)",
    ):
        assert words in read
    assert version.pdf.sha256 in read.replace(" ", "")


def with_real_pdf(version: DocumentVersion) -> None:
    """Its PDF as WeasyPrint makes it, in place of the scenario's."""
    stored = StoredFile.store(document_pdfs.render_pdf(version), name=version.file_name, content_type="application/pdf")
    DocumentVersion.objects.filter(pk=version.pk).update(pdf=stored)
    version.refresh_from_db()


@pytest.mark.pdf_tools
@pytest.mark.usefixtures("quickly_rendered")
def test_one_byte_changed_is_noticed(signed: Exchange, tmp_path: Path) -> None:
    version = version_of(signed, "fa")
    tasks.seal_document(version.pk)
    content = bytearray(content_of(version_of(signed, "fa").sealed_file))
    content[content.index(b"200")] = ord("3")
    assert "Signature is Valid" not in pdfsig(bytes(content), tmp_path)
    found = check_seal(bytes(content))
    assert found is not None
    assert not found.is_genuine


@pytest.mark.usefixtures("quickly_rendered")
def test_it_is_sealed_once_however_often_the_task_runs(signed: Exchange) -> None:
    pk = version_of(signed, "fa").pk
    assert [tasks.seal_document(pk), tasks.seal_document(pk)] == [True, True]
    row = DocumentSeal.objects.get(version=pk)
    first = row.file_id
    assert tasks.seal_document(pk)
    row.refresh_from_db()
    assert row.file_id == first
    assert StoredFile.objects.filter(name__endswith="-sealed.pdf").count() == 1
    assert row.sealed_at is not None
    assert clock.real_now() - row.sealed_at < timedelta(minutes=1)


@pytest.mark.usefixtures("quickly_rendered")
def test_what_is_sealed_cannot_be_changed(signed: Exchange) -> None:
    pk = version_of(signed, "fa").pk
    tasks.seal_document(pk)
    rows = DocumentSeal.objects.filter(version=pk)
    for change in (lambda: rows.update(level="B-T"), rows.delete):
        with pytest.raises(DatabaseError, match="sealed once"), transaction.atomic():
            change()


@pytest.mark.usefixtures("quickly_rendered")
def test_nothing_is_sealed_with_an_expired_certificate_and_the_sweep_does_it_later(
    signed: Exchange, settings: Any, tmp_path: Path
) -> None:
    asked: list[int] = []

    def hand_over(_task: object, arguments: tuple[int]) -> bool:
        asked.append(arguments[0])
        return True

    use_key(settings, pem_file(tmp_path, "Expired", starts=timedelta(days=-10), lasts=timedelta(days=5)))
    pk = version_of(signed, "fa").pk
    assert (tasks.seal_document(pk), tasks.seal_due_documents()) == (False, 0)
    assert version_of(signed, "fa").waits_for_seal
    use_key(settings, pem_file(tmp_path, "Another"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "hand_over", hand_over)
        assert tasks.seal_due_documents() == 2
    assert set(asked) == {version_of(signed, kind).pk for kind in ("ctq", "fa")}
    assert tasks.seal_document(pk)
    assert version_of(signed, "fa").sealed_file is not None


@pytest.mark.usefixtures("quickly_rendered")
def test_a_seal_stays_genuine_when_the_key_is_exchanged(signed: Exchange, settings: Any, tmp_path: Path) -> None:
    tasks.seal_document(version_of(signed, "fa").pk)
    use_key(settings, pem_file(tmp_path, "Another"))
    tasks.seal_document(version_of(signed, "ctq").pk)
    found = [check_seal(content_of(version_of(signed, kind).sealed_file)) for kind in ("fa", "ctq")]
    assert [one is not None and one.is_genuine for one in found] == [True, True]
    assert DocumentSeal.objects.values("certificate").distinct().count() == 2


@pytest.mark.usefixtures("quickly_rendered")
def test_without_the_time_of_the_server_it_waits(signed: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise TimestampRequestError("no answer")

    pk = version_of(signed, "fa").pk
    with monkeypatch.context() as patch:
        patch.setattr("cxc.seals.sealing.seal", refuse)
        assert not tasks.seal_document(pk)
    assert version_of(signed, "fa").waits_for_seal
    assert tasks.seal_document(pk)


@pytest.mark.usefixtures("quickly_rendered")
def test_a_cancelled_exchange_is_not_sealed(parties: Parties, signed: Exchange) -> None:
    perform(signed, "cancel", by=parties.vop_coordinator, reason="Ill.")
    assert not tasks.seal_document(version_of(signed, "fa").pk)
    assert list(document_seals.due()) == []


@pytest.mark.pdf
@pytest.mark.pdf_tools
def test_an_editorial_version_is_sealed_with_the_files_of_both(parties: Parties, tmp_path: Path) -> None:
    exchange = lifecycle.in_preparation(parties)
    lifecycle.signed_documents(parties, exchange)
    own = Exchange.objects.get(pk=exchange.pk).own_part
    perform(own, "revise", by=parties.vop_coordinator)
    perform(own, "submit", by=parties.vop_coordinator)
    perform(own, "validate_as_editorial", by=parties.so, reason="A typing error.")
    second = version_of(exchange, "ctq")
    assert second.number == 2
    assert second.waits_for_seal
    assert not tasks.seal_document(second.pk)
    lifecycle.with_pdf(second)
    assert not tasks.seal_document(second.pk)
    addresses = (reverse("document_sealed", args=[second.pk]), exchange.get_absolute_url())
    day = date_format(lifecycle.NOW + timedelta(days=7))
    for address in addresses:
        waits = client_for(parties.vo).get(address).content.decode()
        assert f"Sealed after {day}, if no signatory objects until then" in waits
    with clock.at(lifecycle.NOW + timedelta(days=7, minutes=1)):
        for address in addresses:
            assert "until then" not in client_for(parties.vo).get(address).content.decode()
        assert tasks.seal_document(second.pk)
    content = content_of(version_of(exchange, "ctq").sealed_file)
    assert len(opened(content).attachments) == 2
    read = " ".join(texts(content, tmp_path))
    assert "Editorial: A typing error." in read
    assert "Version 1, SHA-256" in read


@pytest.mark.usefixtures("quickly_rendered")
def test_who_may_read_the_document_gets_the_sealed_file_first(parties: Parties, signed: Exchange) -> None:
    version = version_of(signed, "fa")
    address = reverse("document_sealed", args=[version.pk])
    readers = [parties.vo, parties.vop_coordinator, parties.ho]
    assert [client_for(reader).get(address).status_code for reader in readers] == [202, 202, 403]
    tasks.seal_document(version.pk)
    answer: Any = client_for(parties.vo).get(address)
    assert check_seal(b"".join(answer.streaming_content)) is not None
    page = client_for(parties.vo).get(signed.get_absolute_url()).content.decode()
    assert page.index(address) < page.index(f'href="{version.get_absolute_url()}"')
    names = [one.name for one in documents_of(signed.visit, parties.vo) if one.name.startswith("FA")]
    assert names[:2] == ["FA v1, sealed", "FA v1"]


def test_what_not_all_have_signed_has_no_sealed_file(parties: Parties) -> None:
    exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    address = reverse("document_sealed", args=[version_of(exchange, "fa").pk])
    assert client_for(parties.vo).get(address).status_code == 404


@pytest.mark.usefixtures("quickly_rendered")
def test_the_one_pdf_of_the_visit_has_the_sealed_file_in_place_of_the_signed_one(
    parties: Parties, signed: Exchange
) -> None:
    for kind in ("ctq", "fa"):
        tasks.seal_document(version_of(signed, kind).pk)
    reader = opened(combined_pdf(documents_of(signed.visit, parties.vo)))
    assert len(reader.pages) == 2
    assert reader.get_fields() is None
    assert not any(page.annotations for page in reader.pages)
