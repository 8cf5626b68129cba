"""Several workers who seal one document at the same moment, on real connections: one sealed file."""

from pathlib import Path
from typing import Any

import pytest

from cxc.core.models import StoredFile
from cxc.documents import pdf
from exchanges.models import DocumentSeal, DocumentVersion
from exchanges.services import document_seals
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle
from tests.scenarios.parallel import in_parallel
from tests.seals.pdfs import pem_file, small_pdf, use_key

pytestmark = [pytest.mark.usefixtures("committed_db", "now")]


def test_four_workers_make_one_sealed_file(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use_key(settings, pem_file(tmp_path))
    monkeypatch.setattr(document_seals, "render_document", lambda *_given, **_named: small_pdf())
    monkeypatch.setattr(pdf, "available", lambda: True)
    exchange = lifecycle.signed(usual_parties())
    version = DocumentVersion.objects.get(exchange=exchange, kind="fa")
    assert in_parallel(*[lambda: document_seals.seal_document(version.pk)] * 4) == ["done"] * 4
    assert StoredFile.objects.filter(name=f"{version.reference}-v1-sealed.pdf").count() == 1
    assert DocumentSeal.objects.get(version=version).file is not None
