"""Clauses are text in versions: checked when entered, in force by generation and day, frozen with the document."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cxc import clock
from exchanges import clauses
from exchanges.clauses import Clause, ClauseSection
from exchanges.documents import printed
from exchanges.enums import ClauseKind
from exchanges.models import DocumentClauses, DocumentVersion
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ADD = "/support-office/exchanges/documentclauses/add/"


@pytest.mark.parametrize("kind", ClauseKind.values)
def test_the_texts_that_are_shipped_are_sound_and_loaded(kind: str) -> None:
    shipped = (Path(settings.BASE_DIR) / "exchanges" / "data" / "clauses" / f"{kind}.txt").read_text().strip()
    row = DocumentClauses.objects.get(kind=kind)
    assert (row.number, row.generation, row.text, clauses.text_problem(kind, row.text)) == (1, None, shipped, "")


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        (ClauseKind.FAR, "Pay {amount}.", "Unknown placeholder: {amount}. This document knows: {host_country}, {re"),
        (ClauseKind.DISCLAIMER, "Of {reference}.", "This document knows: none."),
        (ClauseKind.FA, "Within {report_days days.", "A brace stands alone."),
        (ClauseKind.FA, " \n ", "Enter the text of the clauses."),
        (ClauseKind.FA, "## Law\n\n## Court\n\nThe courts.", "No clause stands under the heading “Law”."),
        (ClauseKind.FUNDING, "One.\n\nTwo.", "Write one paragraph"),
    ],
)
def test_a_text_that_cannot_be_printed_is_refused_with_the_reason(kind: str, text: str, sentence: str) -> None:
    assert sentence in clauses.text_problem(kind, text)
    with pytest.raises(ValidationError):
        DocumentClauses(kind=kind, text=text).full_clean()


def test_headings_titles_and_line_ends_are_read() -> None:
    text = "No heading.\r\n\r\n## Law\r\n\r\n**Court.** The courts\r\nof Graz."
    assert clauses.sections_of(text) == [
        ClauseSection(heading="", clauses=[Clause(title="", text="No heading.")]),
        ClauseSection(heading="Law", clauses=[Clause(title="Court.", text="The courts of Graz.")]),
    ]


def test_the_generations_own_and_the_latest_that_is_valid_are_in_force() -> None:
    generation, today = people.generation(), clock.today()
    later = DocumentClauses.objects.create(kind="fa", text="Later.", valid_from=today + timedelta(days=5))
    own = DocumentClauses.objects.create(kind="fa", text="Own.", generation=generation, valid_from=today)
    other = people.generation("other")
    found = {
        "other today": DocumentClauses.in_force("fa", other, today),
        "other later": DocumentClauses.in_force("fa", other, later.valid_from),
        "own later": DocumentClauses.in_force("fa", generation, later.valid_from),
    }
    first = DocumentClauses.objects.get(kind="fa", number=1, generation=None)
    assert found == {"other today": first, "other later": later, "own later": own}
    assert (later.number, own.number) == (2, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentClauses.objects.create(kind="fa", text="Twice.", number=2)


def test_a_document_keeps_the_clauses_it_was_made_with() -> None:
    parties = usual_parties()
    exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    version = DocumentVersion.objects.get(exchange=exchange, kind="fa")
    before = printed.of_version(version)
    DocumentClauses.objects.create(kind="fa", text="**New.** Of {reference}.", generation=exchange.generation)
    DocumentClauses.objects.filter(number=1, kind="fa", generation=None).update(text="Overwritten.")
    assert printed.of_version(version) == before
    assert (before.clauses[0].heading, before.clauses_version) == (
        "Terms of payment",
        "Clauses, version 1, 1 January 2019",
    )
    drawn = printed.draft("fa", exchange)
    assert [clause.text for clause in drawn.clauses[0].clauses] == [f"Of {exchange.reference}."]
    assert drawn.clauses_version == "Clauses, version 1 for Generation gen, 7 September 2026"


def test_physical_and_virtual_commitments_have_clauses_of_their_own() -> None:
    parties = usual_parties()
    made = lifecycle.in_preparation(parties, "virtual")
    titles = [clause.title for clause in printed.draft("ctq", made).clauses[0].clauses]
    assert ("Means." in titles, "Costs." in titles) == (True, False)


def test_the_support_office_replaces_a_text_in_the_admin_and_changes_none() -> None:
    client, row = client_for(people.support_office()), DocumentClauses.objects.get(kind="far")
    begun = client.get(f"{ADD}?from={row.pk}")
    assert begun.context["adminform"].form.initial["text"] == row.text
    assert "Final Activity Report: {host_country}, {reference}" in begun.content.decode()
    typed = {"kind": "far", "generation": "", "valid_from": str(clock.today()), "note": "", "text": "Of {nothing}."}
    refused = client.post(ADD, typed)
    assert (refused.status_code, "Unknown placeholder: {nothing}" in refused.content.decode()) == (200, True)
    assert client.post(ADD, typed | {"text": "**Truth.** It is true."}).status_code == 302
    assert DocumentClauses.objects.get(kind="far", number=2).text == "**Truth.** It is true."
    page = f"/support-office/exchanges/documentclauses/{row.pk}/"
    codes = (client.post(f"{page}change/", typed).status_code, client.post(f"{page}delete/", {}).status_code)
    assert codes == (403, 403)
    assert client.get(f"{ADD}?from=99999999999999999999").status_code == 200
