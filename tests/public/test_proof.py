"""The proof page: genuine, changed, superseded, cancelled, not ours; no name of anybody; nothing is kept."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cxc.core.models import StoredFile
from cxc.documents import pdf
from cxc.settings.limits import Rate
from cxc.workflow import perform
from exchanges import tasks
from exchanges.enums import Party
from exchanges.models import DocumentVersion, Exchange
from exchanges.services import document_pdfs
from tests.factories.parties import Parties, usual_parties
from tests.html import source_of
from tests.scenarios import lifecycle
from tests.seals.pdfs import pem_file, small_pdf, use_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

GENUINE, CHANGED, NOT_OURS = "Genuine and unchanged", "Not as the portal made it", "Not recognised"


@pytest.fixture(autouse=True)
def _own_key(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    use_key(settings, pem_file(tmp_path))
    monkeypatch.setattr("exchanges.services.document_seals.render_document", lambda *_given, **_named: small_pdf())
    monkeypatch.setattr(pdf, "available", lambda: True)


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.fixture
def signed(parties: Parties) -> Exchange:
    exchange = lifecycle.signed(parties)
    for version in DocumentVersion.objects.filter(exchange=exchange, parties__len__gt=0):
        tasks.seal_document(version.pk)
    return exchange


def version_of(exchange: Exchange, kind: str) -> DocumentVersion:
    return DocumentVersion.objects.select_related("pdf", "seal__file").filter(exchange=exchange, kind=kind).latest("pk")


def content_of(file: StoredFile | None) -> bytes:
    assert file is not None
    with file.file.open("rb") as opened:
        return bytes(opened.read())


def sent(client: Client, content: bytes) -> str:
    answer = client.post("/proof/", {"file": SimpleUploadedFile("some.pdf", content)})
    assert answer.status_code == 200
    return source_of(answer)


def asked(client: Client, **query: str) -> str:
    answer = client.get("/proof/", query)
    assert answer.status_code == 200
    return source_of(answer)


def test_the_sealed_file_is_genuine_by_file_and_by_hash(client: Client, signed: Exchange, parties: Parties) -> None:
    version = version_of(signed, "ctq")
    content = content_of(version.sealed_file)
    for page in (sent(client, content), asked(client, sha256=sha256(content).hexdigest())):
        for said in (
            GENUINE,
            version.reference,
            "sealed when all parties had signed",
            "Visiting organisation, Host organisation",
            "Test seal",
            "issuer unknown",
        ):
            assert said in page
        for hidden in (
            parties.visitor.legal_name,
            parties.host.legal_name,
            parties.vo.user.full_name,
            parties.vop.acronym,
        ):
            assert hidden not in page


def test_the_signed_file_is_genuine_too(client: Client, signed: Exchange) -> None:
    page = sent(client, content_of(version_of(signed, "fa").pdf))
    assert GENUINE in page
    assert "The portal keeps this very file" in page


def test_what_is_not_signed_by_all_says_by_whom(client: Client, parties: Parties) -> None:
    exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    version = version_of(exchange, "fa")
    lifecycle.sign(parties, version, Party.VO)
    page = asked(client, code=version.code)
    assert "The code is genuine" in page
    assert "Not yet signed by" in page


def test_a_code_is_read_as_people_type_it(client: Client, signed: Exchange) -> None:
    version = version_of(signed, "ctq")
    assert version.reference in asked(client, code=f" {version.code.lower().replace('-', ' ')} ")


@pytest.mark.pdf
def test_one_byte_changed_is_noticed_by_the_code_on_its_pages(client: Client, parties: Parties) -> None:
    exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    version = version_of(exchange, "fa")
    page = sent(client, document_pdfs.render_pdf(version) + b"\n% one line more")
    assert CHANGED in page
    assert version.reference in page


def test_what_has_no_code_or_is_no_pdf_is_not_ours(client: Client, signed: Exchange) -> None:
    for content in (small_pdf(), b"no PDF at all", b"%PDF-1.7 broken"):
        assert NOT_OURS in sent(client, content)
    assert "has this SHA-256" in asked(client, sha256="0" * 64)
    assert NOT_OURS in asked(client, sha256="nonsense")
    assert NOT_OURS in asked(client, code="AAAA-AAAA-AAAA-AAAA")


def test_a_file_of_the_portal_that_is_no_document_is_not_ours(client: Client, signed: Exchange) -> None:
    scan = version_of(signed, "ctq").signatures.first().file
    assert NOT_OURS in asked(client, sha256=scan.sha256)


def test_it_says_which_version_stands_instead(client: Client, signed: Exchange, parties: Parties) -> None:
    first = version_of(signed, "ctq")
    own = Exchange.objects.get(pk=signed.pk).own_part
    perform(own, "revise", by=parties.vop_coordinator)
    assert "Not in force now" in asked(client, code=first.code)
    changed = {"objectives": "Other ones."}
    perform(own, "edit", by=parties.vo, version_read=own.row_version, fields=changed)
    perform(own, "submit", by=parties.vop_coordinator)
    perform(own, "validate", by=parties.so)
    page = asked(client, sha256=content_hash(first))
    assert GENUINE in page
    assert "version 2 has replaced this one" in page


def content_hash(version: DocumentVersion) -> str:
    assert version.sealed_file is not None
    return version.sealed_file.sha256


def test_it_says_that_the_exchange_was_cancelled(client: Client, signed: Exchange, parties: Parties) -> None:
    perform(signed, "cancel", by=parties.vop_coordinator, reason="Ill.")
    page = asked(client, sha256=content_hash(version_of(signed, "fa")))
    assert GENUINE in page
    assert "the exchange was cancelled" in page


def test_older_seals_are_genuine_after_a_change_of_key_and_after_expiry(
    client: Client, signed: Exchange, settings: Any, tmp_path: Path
) -> None:
    use_key(settings, pem_file(tmp_path, "Another"))
    assert GENUINE in asked(client, sha256=content_hash(version_of(signed, "fa")))


def test_nothing_that_is_sent_is_kept(client: Client, signed: Exchange) -> None:
    before = StoredFile.objects.count()
    sent(client, small_pdf())
    assert StoredFile.objects.count() == before


def test_it_refuses_nothing_typed_and_too_large_a_file(client: Client, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    for answer in (
        client.get("/proof/", {"code": ""}),
        client.get("/proof/", {"code": "O0O0"}),
        client.post("/proof/", {}),
        client.post("/proof/", {"file": SimpleUploadedFile("some.pdf", b"x" * 11)}),
    ):
        assert answer.status_code == 400


def test_one_network_may_not_ask_without_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.RATE_LIMITS, "proof_lookup", Rate(2, 3600))
    monkeypatch.setitem(settings.RATE_LIMITS, "proof_file", Rate(1, 3600))
    statuses = [client.get("/proof/", {"sha256": "0" * 64}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    statuses = [client.post("/proof/", {"file": SimpleUploadedFile("a", b"x")}).status_code for _ in range(2)]
    assert statuses == [200, 429]
    assert client.get("/proof/").status_code == 200
