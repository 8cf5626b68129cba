"""A document that only this module declares is made, stored, signed, listed and downloaded like the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar
from zipfile import ZipFile

import pytest
from django.test import override_settings
from django.urls import reverse

from cxc import clock
from cxc.documents.pdf import Mark
from exchanges import tasks
from exchanges.documents import builder, kinds
from exchanges.documents.contexts import SignedContext
from exchanges.enums import Party
from exchanges.models import DocumentVersion, Exchange, Signature
from exchanges.queries.visit_documents import documents_of
from exchanges.services import document_pdfs, document_versions
from exchanges.services.documents_to_sign import documents_to_sign
from exchanges.services.visit_files import zip_of
from tests.documents.pdf.reading import texts
from tests.exchanges.views import builders
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "letter")]

KIND, PARTIES = "letter", (Party.HO, Party.HOP)
TEMPLATE = """{% extends "documents/signed.html" %}
{% block title %}Letter {{ head.numbered }}{% endblock %}
{% block subject %}Letter on exchange {{ exchange.reference }}{% endblock %}
{% block heading %}Letter of intent{% endblock %}
{% block terms %}<h2>What they intend</h2><p>{{ intention }}</p>{% endblock %}
"""


@dataclass(frozen=True, kw_only=True)
class LetterContext(SignedContext):
    """A letter of host and Partnership."""

    template: ClassVar[str] = "documents/letter.html"

    intention: str


def letter_context(exchange: Exchange, *, number: int | None, dated: date, mark: Mark = "") -> LetterContext:
    return LetterContext(
        head=builder.head(exchange, KIND, PARTIES, version=number, dated=dated, mark=mark),
        parties=builder.parties(exchange, PARTIES),
        exchange=builder.agreed_facts(exchange),
        signatures=builder.signature_blocks(exchange, PARTIES),
        intention=f"To receive {exchange.organisation}.",
    )


LETTER = kinds.Document(
    kind=KIND,
    label="Letter of intent",
    permission="ctq",
    context=LetterContext,
    content=letter_context,
    parties=PARTIES,
    to_sign="Sign the letter of intent",
)


@pytest.fixture
def letter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> Iterator[None]:
    """The declaration, and its template in a folder of its own."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "letter.html").write_text(TEMPLATE)
    monkeypatch.setitem(kinds.DOCUMENTS, KIND, LETTER)
    (engine,) = settings.TEMPLATES
    with override_settings(TEMPLATES=[engine | {"DIRS": [*engine["DIRS"], tmp_path]}]):
        yield


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.fixture
def exchange(parties: Parties) -> Exchange:
    return lifecycle.in_preparation(parties)


def made(exchange: Exchange) -> DocumentVersion:
    return document_versions.make_version(KIND, exchange, moment=clock.now())


@pytest.mark.pdf
@pytest.mark.pdf_tools
def test_its_pdf_is_made_by_the_task_and_prints_reference_code_and_parties(exchange: Exchange, tmp_path: Path) -> None:
    version = made(exchange)
    assert document_pdfs.pending() == [version.pk]
    assert tasks.make_pdf(version.pk)
    version.refresh_from_db()
    assert version.pdf.name == f"LETTER-{exchange.reference}-v1.pdf"
    with version.pdf.file.open() as file:
        pages = texts(file.read(), tmp_path)
    assert all(f"Code {version.code}" in page for page in pages)
    for said in (f"LETTER-{exchange.reference}", f"To receive {exchange.organisation}.", "For the host organisation"):
        assert said in " ".join(pages)


@pytest.mark.pdf
@pytest.mark.pdf_tools
def test_its_draft_has_no_code_and_its_reading_copy_shows_who_has_signed(
    parties: Parties, exchange: Exchange, tmp_path: Path
) -> None:
    client, address = client_for(parties.ho), reverse("document_draft", args=[KIND, exchange.pk])
    drawn = " ".join(texts(client.get(address).content, tmp_path))
    assert ("DRAFT" in drawn, "Code" in drawn) == (True, False)
    version = lifecycle.with_pdf(made(exchange))
    lifecycle.sign(parties, version, Party.HO)
    copy = client.get(address, follow=True)
    assert copy.redirect_chain == [(reverse("document_reading", args=[version.pk]), 302)]
    found = " ".join(texts(copy.content, tmp_path))
    assert (found.count("Signed on paper"), f"Code {version.code}" in found, "Reading copy" in found) == (1, True, True)


def test_its_parties_sign_it_on_paper_and_nobody_else(parties: Parties, exchange: Exchange) -> None:
    version = lifecycle.with_pdf(made(exchange))
    for actor in (parties.ho, parties.hop_coordinator):
        assert [one.version for one in documents_to_sign(exchange.visit, actor)] == [version]
    assert documents_to_sign(exchange.visit, parties.vo) == []
    signing = {"scan": builders.upload(), "signed_on": "2026-09-07", "documents": [KIND]}
    builders.send(parties.ho, "exchange_sign", exchange.pk, signing | {"signer": f"ho:{parties.ho.user.pk}"})
    lifecycle.sign(parties, version, Party.HOP)
    assert list(Signature.objects.values_list("version", "party")) == [(version.pk, "ho"), (version.pk, "hop")]
    assert DocumentVersion.objects.get().completed_at() == clock.now()
    assert documents_to_sign(exchange.visit, parties.ho) == []


def test_it_is_listed_on_the_page_and_downloaded_by_those_who_may_read_it(parties: Parties, exchange: Exchange) -> None:
    version = lifecycle.with_pdf(made(exchange))
    lifecycle.sign(parties, version, *PARTIES)
    page = builders.page(parties.vo, "exchange", exchange.pk)
    for said in (
        "Letter of intent",
        version.get_absolute_url(),
        str(parties.ho.user),
        str(parties.hop_coordinator.user),
    ):
        assert said in page
    for by in (parties.vo, parties.hop_coordinator):
        answer: Any = client_for(by).get(version.get_absolute_url())
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
    names = [one.name for one in documents_of(exchange.visit, parties.ho)]
    assert names == ["LETTER v1", "LETTER v1, signed by Host organisation", "LETTER v1, signed by Host's Partnership"]
    with zip_of(documents_of(exchange.visit, parties.ho)) as archive, ZipFile(archive) as folder:
        assert len(folder.namelist()) == 3
