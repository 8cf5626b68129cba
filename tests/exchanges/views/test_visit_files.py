"""All documents of a visit as one ZIP and one PDF: each sees in them what each may open."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse
from pypdf import PdfReader, PdfWriter

from cxc.access.scoped import Actor
from cxc.core.models import StoredFile
from cxc.documents.pages import PDF
from exchanges.models import Visit
from exchanges.queries.visit_documents import VisitDocument
from exchanges.services.visit_files import combined_pdf
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.scenarios import completion, lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def two_visitors() -> tuple[Parties, Parties, Visit]:
    """The first is signed and done; the second, under another Partnership, is validated."""
    first = usual_parties()
    lifecycle.published(first.host, first.hop, first.ho, first.hop_coordinator, kind="host", places=3)
    second = with_another_visitor(first, vop=people.partnership("FR"))
    visit = lifecycle.in_preparation(first).visit
    joined = lifecycle.joined(second, visit)
    lifecycle.signed_documents(first, visit.exchanges.get(organisation=first.visitor))
    lifecycle.submitted_own_part(second, joined)
    return first, second, visit


def names(actor: Actor, visit: Visit) -> list[str]:
    answer: Any = client_for(actor).get(reverse("visit_archive", args=[visit.pk]))
    assert answer.status_code == 200, answer.content
    return ZipFile(BytesIO(b"".join(answer.streaming_content))).namelist()


def test_each_gets_what_each_may_open() -> None:
    first, second, visit = two_visitors()
    everything = names(first.so, visit)
    assert any("/FA_v1" in name for name in everything)
    assert any("/CTQ_v1" in name for name in everything)
    assert set(names(first.vop_coordinator, visit)) == set(everything)
    for host in (first.ho, first.hop_coordinator):
        of_host = names(host, visit)
        assert of_host
        assert not any("/FA_" in name or "/Evidence" in name for name in of_host)
    assert all(first.visitor.legal_name.replace(" ", "_") in name for name in names(first.vo, visit))
    address = reverse("visit_archive", args=[visit.pk])
    for without_any in (second.vo, second.vop_coordinator):
        assert client_for(without_any).get(address).status_code == 409, without_any
    assert client_for(people.observer()).get(address).status_code == 403
    assert client_for(people.coordinator(people.partnership("DE"))).get(address).status_code == 404


def pdf_of(pages: int) -> bytes:
    writer, content = PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(width=200, height=200)
    writer.write(content)
    return content.getvalue()


def test_one_pdf_holds_every_page_that_can_be_read_with_a_bookmark_for_each_visitor() -> None:
    first, _second, visit = two_visitors()
    exchange = visit.exchanges.get(organisation=first.visitor)
    stored = [StoredFile.store(pdf_of(pages), name="a.pdf", content_type=PDF) for pages in (2, 3)]
    broken = StoredFile.store(b"%PDF-1.7 cut off", name="b.pdf", content_type=PDF)
    picture = StoredFile.store(b"GIF", name="c.gif", content_type="image/gif")
    documents = [VisitDocument(exchange, f"Document {one.pk}", one) for one in (*stored, broken, picture)]
    reader = PdfReader(BytesIO(combined_pdf(documents)))
    assert len(reader.pages) == 5
    visitor, its_documents = reader.outline
    assert visitor.title == f"{exchange.reference} {first.visitor}"
    assert [one.title for one in its_documents] == [one.name for one in documents[:2]]


def test_one_pdf_of_nothing_readable_leads_to_the_zip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exchanges.views.visit_files.combined_pdf", lambda _documents: b"")
    first, _second, visit = two_visitors()
    answer: Any = client_for(first.so).get(reverse("visit_combined_pdf", args=[visit.pk]))
    assert answer.status_code == 409
    assert "Download the ZIP" in answer.content.decode()


def test_a_file_that_is_not_on_the_disk_is_named() -> None:
    first, _second, visit = two_visitors()
    gone = visit.exchanges.get(organisation=first.visitor).document_versions.get(kind="ctq").pdf
    assert gone is not None
    gone.file.delete(save=False)
    assert "MISSING.txt" in names(first.so, visit)


def test_evidence_goes_to_who_may_see_it() -> None:
    parties = usual_parties()
    done = completion.completed(parties)
    assert any("Evidence_1" in name for name in names(parties.vop_coordinator, done.visit))
    assert not any("Evidence_1" in name for name in names(parties.hop_coordinator, done.visit))
