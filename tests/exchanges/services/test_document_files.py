"""`manage verify_documents` finds what was changed, lost or exchanged, and nothing else."""

import gc
import tracemalloc
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from cxc.core.models import StoredFile
from cxc.documents import pdf
from exchanges import tasks
from exchanges.models import DocumentSeal, DocumentVersion
from exchanges.services import document_files
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle
from tests.seals.pdfs import pem_file, small_pdf, use_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture(autouse=True)
def sealed(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DocumentSeal:
    """A signed and sealed Financial Agreement, and its Commitment to Quality, signed by all."""
    use_key(settings, pem_file(tmp_path))
    monkeypatch.setattr("exchanges.services.document_seals.render_document", lambda *_given, **_named: small_pdf())
    monkeypatch.setattr(pdf, "available", lambda: True)
    exchange = lifecycle.signed(usual_parties())
    version = DocumentVersion.objects.get(exchange=exchange, kind="fa")
    tasks.seal_document(version.pk)
    return DocumentSeal.objects.select_related("file", "version__pdf").get(version=version)


def verified() -> tuple[int, str]:
    """The exit code, and what is printed."""
    printed = StringIO()
    try:
        call_command("verify_documents", stdout=printed)
    except SystemExit as ended:
        return int(str(ended.code)), printed.getvalue()
    return 0, printed.getvalue()


def overwrite(file: StoredFile | None, content: bytes) -> None:
    assert file is not None
    Path(file.file.path).write_bytes(content)


def test_what_is_as_it_was_stored_is_counted() -> None:
    # Two versions, one sealed file, a scan for each of the four and the two signatures.
    assert verified() == (0, "9 files of documents checked, 0 differ.\n")


def test_a_changed_file_is_named_with_what_to_do(sealed: DocumentSeal) -> None:
    stored = sealed.version.pdf
    assert stored is not None
    overwrite(stored, b"X" * stored.size)
    code, printed = verified()
    assert code == 1
    assert f"{sealed.version.reference} v1, as validated ({stored.file.name}): its SHA-256 is" in printed
    assert "Restore the file from the back-up." in printed
    assert "9 files of documents checked, 1 differ." in printed


def test_a_shorter_file_and_one_that_is_missing_are_named(sealed: DocumentSeal) -> None:
    overwrite(sealed.version.pdf, b"")
    assert sealed.file is not None
    Path(sealed.file.file.path).unlink()
    code, printed = verified()
    assert code == 1
    assert "it has 0 bytes" in printed
    assert "sealed (" in printed
    assert "the file is missing" in printed


def test_a_file_without_the_portals_seal_is_named_though_its_hash_fits(sealed: DocumentSeal) -> None:
    assert sealed.file is not None
    overwrite(sealed.file, small_pdf())
    content = small_pdf()
    other = StoredFile.store(content, name="x.pdf", content_type="application/pdf")
    StoredFile.objects.filter(pk=sealed.file.pk).update(sha256=other.sha256, size=other.size)
    code, printed = verified()
    assert (code, "it has no seal" in printed) == (1, True)


def test_a_signature_of_another_file_is_named(sealed: DocumentSeal) -> None:
    stored = sealed.version.pdf
    assert stored is not None
    overwrite(stored, b"another")
    other = StoredFile.store(b"another", name="x.pdf", content_type="application/pdf")
    StoredFile.objects.filter(pk=stored.pk).update(sha256=other.sha256, size=other.size)
    code, printed = verified()
    assert code == 1
    assert printed.count("which is not the version's") == 2


def test_rows_come_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_files, "ROWS_AT_A_TIME", 1)
    assert verified()[1] == "9 files of documents checked, 0 differ.\n"


def test_memory_stays_flat() -> None:
    """A pass over all files leaves as little as the one before."""
    list(document_files.checked_files())
    tracemalloc.start()
    list(document_files.checked_files())
    gc.collect()
    first, _peak = tracemalloc.get_traced_memory()
    for _ in range(10):
        list(document_files.checked_files())
    gc.collect()
    last, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert last - first < 200_000
