"""The audit trail of a version: what it lists, for whom, once a day, by ids only."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from cxc import clock
from cxc.access.scoped import Actor
from cxc.documents import pdf
from exchanges import tasks
from exchanges.models import DocumentReading, DocumentVersion, Exchange
from profiles.services.people import anonymise
from tests.documents.pdf.reading import texts
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.html import source_of
from tests.scenarios import lifecycle
from tests.seals.pdfs import pem_file, small_pdf, use_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.fixture
def version(parties: Parties) -> DocumentVersion:
    """A Commitment to Quality that all have signed."""
    exchange: Exchange = lifecycle.signed(parties)
    return DocumentVersion.objects.get(exchange=exchange, kind="ctq")


def opened(actor: Actor, address: str) -> None:
    """The actor downloads what is there."""
    answer: Any = client_for(actor).get(address)
    b"".join(answer.streaming_content)


def trail(version: DocumentVersion, parties: Parties) -> list[dict[str, str]]:
    answer = client_for(parties.so).get(reverse("audit_trail_json", args=[version.pk]))
    events: list[dict[str, str]] = answer.json()["events"]
    return events


def test_it_lists_what_was_done_the_oldest_first(
    version: DocumentVersion, parties: Parties, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_key(settings, pem_file(tmp_path))
    monkeypatch.setattr("exchanges.services.document_seals.render_document", lambda *_given, **_named: small_pdf())
    monkeypatch.setattr(pdf, "available", lambda: True)
    tasks.seal_document(version.pk)
    with clock.at(clock.now() + timedelta(hours=1)):
        opened(parties.ho, version.get_absolute_url())
    with clock.at(clock.now() + timedelta(hours=2)):
        opened(parties.ho, reverse("document_sealed", args=[version.pk]))
    events = trail(version, parties)
    assert [one["event"] for one in events if one["event"] != "sealed"] == [
        "made",
        "stored",
        *["signed"] * 4,
        "downloaded",
        "downloaded sealed",
    ]
    assert [one["event"] for one in events].count("sealed") == 1
    assert {one["side"] for one in events if one["event"].startswith("downloaded")} == {"Host organisation"}
    assert {one["person"] for one in events if one["event"].startswith("downloaded")} == {str(parties.ho.user)}


def test_a_reading_counts_once_a_person_and_day(version: DocumentVersion, parties: Parties) -> None:
    for _ in range(3):
        opened(parties.vo, version.get_absolute_url())
    assert DocumentReading.objects.count() == 1
    with clock.at(clock.now() + timedelta(days=1)):
        opened(parties.vo, version.get_absolute_url())
    opened(parties.hop_coordinator, version.get_absolute_url())
    assert DocumentReading.objects.count() == 3


def test_the_page_where_it_is_signed_counts_as_opened(version: DocumentVersion, parties: Parties) -> None:
    assert client_for(parties.ho).get(reverse("document_sign", args=[version.pk])).status_code == 200
    reading = DocumentReading.objects.get()
    assert (reading.user, reading.side, reading.kind) == (parties.ho.user, "ho", "opened")


def test_downloading_all_of_a_visit_counts_for_each_document(version: DocumentVersion, parties: Parties) -> None:
    opened(parties.vo, reverse("visit_archive", args=[version.exchange.visit_id]))
    assert set(DocumentReading.objects.values_list("version__kind", "kind")) == {
        ("ctq", "downloaded"),
        ("fa", "downloaded"),
    }


def test_readings_are_never_changed_or_removed(version: DocumentVersion, parties: Parties) -> None:
    opened(parties.vo, version.get_absolute_url())
    rows = DocumentReading.objects.all()
    for change in (lambda: rows.update(side="so"), rows.delete):
        with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
            change()


def test_who_may_read_the_document_reads_its_trail_and_nobody_else(parties: Parties, version: DocumentVersion) -> None:
    agreement = DocumentVersion.objects.get(exchange=version.exchange, kind="fa")
    for name in ("audit_trail", "audit_trail_json"):
        address = reverse(name, args=[agreement.pk])
        readers = (parties.vo, parties.vop_coordinator, parties.so, parties.ho, parties.hop_coordinator)
        assert [client_for(actor).get(address).status_code for actor in readers] == [200, 200, 200, 403, 403]
    page = source_of(client_for(parties.vo).get(reverse("audit_trail", args=[version.pk])))
    assert page.count("Signed") >= 4
    assert reverse("audit_trail", args=[version.pk]) in source_of(
        client_for(parties.vo).get(version.exchange.get_absolute_url())
    )


def test_the_name_of_somebody_who_is_forgotten_is_gone(version: DocumentVersion, parties: Parties) -> None:
    user = parties.ho.user
    name = user.full_name
    opened(parties.ho, version.get_absolute_url())
    assert name in str(trail(version, parties))
    anonymise(user, by=parties.so)
    assert name not in str(trail(version, parties))


@pytest.mark.pdf
@pytest.mark.pdf_tools
def test_it_is_a_document(version: DocumentVersion, parties: Parties, tmp_path: Path) -> None:
    answer = client_for(parties.vo).get(reverse("audit_trail_pdf", args=[version.pk]))
    read = " ".join(texts(answer.content, tmp_path))
    for said in (
        "Audit trail",
        version.reference,
        version.code,
        "SHA-256",
        str(parties.vo.user),
    ):
        assert said in read
