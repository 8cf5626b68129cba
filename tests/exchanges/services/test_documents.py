"""The PDF of a version: made once, stored, never again; and what is made on demand."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from cxc import clock
from cxc.core.models import StoredFile
from cxc.documents import pdf
from cxc.workflow import perform
from exchanges import tasks
from exchanges.documents import printed, render_document
from exchanges.documents.day_count import day_count
from exchanges.enums import Party
from exchanges.models import DayMark, DocumentVersion, Exchange, FinalActivityReport, OwnPart
from exchanges.services import document_pdfs
from tests.documents.pdf.reading import texts
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle
from tests.scenarios.lifecycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

Capture = DjangoCaptureOnCommitCallbacks


@pytest.fixture
def validated() -> DocumentVersion:
    """A CTQ version without its PDF."""
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    perform(lifecycle.submitted_shared_part(parties, exchange.visit), "validate", by=parties.so)
    perform(lifecycle.submitted_own_part(parties, exchange), "validate", by=parties.so)
    return DocumentVersion.objects.get(kind="ctq")


def test_validating_has_the_pdf_made_after_the_commit(
    django_capture_on_commit_callbacks: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int]] = []
    monkeypatch.setattr(tasks.make_pdf, "apply_async", lambda arguments, **_options: asked.append(arguments))
    with django_capture_on_commit_callbacks(execute=True):
        parties = usual_parties()
        lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    assert asked == [(DocumentVersion.objects.get(kind=kind).pk,) for kind in ("ctq", "fa")]


@pytest.mark.pdf
def test_the_task_makes_one_file_however_often_it_runs(validated: DocumentVersion) -> None:
    assert [tasks.make_pdf(validated.pk) for _ in range(3)] == [True] * 3
    validated.refresh_from_db()
    with validated.pdf.file.open() as file:
        content = file.read()
    assert (StoredFile.objects.count(), validated.pdf.sha256) == (1, pdf.sha256(content))
    assert content.startswith(b"%PDF-1.7")


@pytest.mark.pdf
@pytest.mark.pdf_tools
def test_what_is_printed_is_the_version_not_what_came_after(validated: DocumentVersion, tmp_path: Path) -> None:
    organisation = validated.exchange.organisation
    before = organisation.legal_name
    organisation.legal_name = "Renamed"
    organisation.save()
    found = " ".join(texts(document_pdfs.render_pdf(DocumentVersion.objects.get(kind="ctq")), tmp_path))
    assert (before in found, "Renamed" in found, "DRAFT" in found) == (True, False, False)


@pytest.mark.pdf
@pytest.mark.pdf_tools
def test_a_draft_says_so_and_is_not_stored(tmp_path: Path) -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    for kind in ("ctq", "fa"):
        found = " ".join(texts(render_document(printed.draft(kind, exchange)), tmp_path))
        assert ("DRAFT" in found, "Code" in found) == (True, False)
    assert StoredFile.objects.count() == 0


@pytest.mark.pdf
@pytest.mark.pdf_tools
def test_a_reading_copy_shows_the_signatures_and_that_it_was_cancelled(tmp_path: Path) -> None:
    parties = usual_parties()
    exchange = lifecycle.signed(parties)
    perform(exchange, "cancel", by=parties.vop_coordinator, reason="Ill")
    version = DocumentVersion.objects.get(exchange=exchange, kind="ctq")
    found = " ".join(texts(document_pdfs.reading_copy(version), tmp_path))
    assert (found.count("Signed on paper"), "CANCELLED" in found) == (4, True)
    agreement = DocumentVersion.objects.get(exchange=exchange, kind="fa")
    assert "ES91 2100 0418 4502 0005 1332" in " ".join(texts(document_pdfs.reading_copy(agreement), tmp_path))


def test_each_document_is_marked_as_the_exchange_stands() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    heads = [("draft", printed.draft("ctq", exchange).head)]
    lifecycle.validated_documents(parties, exchange)
    first = DocumentVersion.objects.get(kind="ctq")
    heads.append(("validated", printed.reading_copy(first).head))
    perform(OwnPart.objects.get(exchange=exchange), "revise", by=parties.vo)
    heads.append(("next draft", printed.draft("ctq", Exchange.objects.get(pk=exchange.pk)).head))
    perform(lifecycle.submitted_own_part(parties, exchange), "validate", by=parties.so)
    heads.append(("replaced", printed.reading_copy(first).head))
    perform(Exchange.objects.get(pk=exchange.pk), "cancel", by=parties.vop_coordinator, reason="Ill")
    first = DocumentVersion.objects.get(pk=first.pk)
    heads.append(("cancelled", printed.reading_copy(first).head))
    heads.append(("cancelled draft", printed.draft("ctq", first.exchange).head))
    heads.append(("the file to sign", printed.of_version(first).head))
    assert [(name, head.mark, head.version, head.replaced_by, head.copy) for name, head in heads] == [
        ("draft", "draft", None, None, False),
        ("validated", "", 1, None, True),
        ("next draft", "draft", None, None, False),
        ("replaced", "", 1, 2, True),
        ("cancelled", "cancelled", 1, 2, True),
        ("cancelled draft", "cancelled", None, None, False),
        ("the file to sign", "", 1, None, False),
    ]


def test_the_ctq_prints_the_agenda_of_its_own_days_and_the_coordinating_organisations() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    visit = exchange.visit
    visit.last_day = lifecycle.LAST + timedelta(days=2)
    visit.save(update_fields=["last_day"])
    lifecycle.submitted_shared_part(parties, visit)
    found = printed.draft("ctq", Exchange.objects.get(pk=exchange.pk))
    assert sorted({item.day for item in found.shared.agenda}) == [
        lifecycle.FIRST,
        lifecycle.FIRST + timedelta(days=1),
        lifecycle.LAST,
    ]
    assert (found.visit_first_day, found.visit_last_day) == (visit.first_day, visit.last_day)
    vop = found.parties[2]
    assert vop.coordinating is not None
    assert (vop.coordinating.name, vop.grant_agreement_number, found.parties[0].address) == (
        parties.vop.coordinating_organisation.legal_name,
        "101000000",
        "Street 1, 1000 City",
    )
    assert found.head.funding.endswith(f"Grant agreement 101000000 ({parties.vop}); 101000000 ({parties.hop}).")


def test_a_stored_file_is_never_made_again(validated: DocumentVersion) -> None:
    first = document_pdfs.store_pdf(validated, render=lambda _: b"%PDF-1.7 first")
    second = document_pdfs.store_pdf(validated, render=lambda _: b"%PDF-1.7 second")
    assert first == second
    assert StoredFile.objects.count() == 1


def test_without_pango_it_stays_pending_and_says_why(
    validated: DocumentVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cxc.documents.pdf.available", lambda: False)
    assert tasks.make_pdf(validated.pk) is False
    waiting = document_pdfs.progress([validated])
    assert (waiting.made, waiting.total, waiting.is_done) == (0, 1, False)
    assert "Pango" in waiting.why
    assert document_pdfs.pending() == [validated.pk]


def test_the_sweep_queues_what_was_lost(validated: DocumentVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int]] = []
    monkeypatch.setattr(tasks.make_pdf, "apply_async", lambda arguments, **_options: asked.append(arguments))
    assert (tasks.make_pending_pdfs(), asked) == (1, [(validated.pk,)])
    lifecycle.with_pdf(validated)
    assert tasks.make_pending_pdfs() == 0


def test_a_task_for_what_is_gone_does_nothing() -> None:
    assert document_pdfs.make_pdf(1) is True


def test_a_signed_pdf_is_never_dropped() -> None:
    parties = usual_parties()
    exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    version = DocumentVersion.objects.get(exchange=exchange, kind="fa")
    lifecycle.sign(parties, version, Party.VO)
    document_pdfs.drop_pdf(version)
    assert DocumentVersion.objects.get(kind="fa").pdf is not None


# --- the report --------------------------------------------------------------------------------------------------


@pytest.fixture
def submitted() -> tuple[Parties, FinalActivityReport]:
    """A report handed in two days after the end."""
    parties = usual_parties()
    report = FinalActivityReport.objects.get(exchange=lifecycle.ongoing(parties))
    written = {"activities": "As planned.", "outcomes": "A trial.", "follow_up": "A call.", "satisfaction": 5}
    with clock.at(NOW + timedelta(days=25)):
        perform(report, "edit", by=parties.vo, version_read=1, fields=written)
        perform(report, "submit", by=parties.vo)
    return parties, report


def test_an_accepted_report_says_who_handed_it_in_and_who_accepted(
    submitted: tuple[Parties, FinalActivityReport],
) -> None:
    parties, report = submitted
    with clock.at(NOW + timedelta(days=26)):
        assert printed.draft("far", report.exchange).head.mark == "draft"
        perform(report, "accept", by=parties.vop_coordinator)
    found = printed.of_version(DocumentVersion.objects.get(kind="far"))
    assert (found.head.mark, found.exchange.working_days, found.outcomes) == ("", 3, "A trial.")
    assert found.submission.name == parties.vo.user.full_name
    assert (found.acceptance.name, found.acceptance.body) == (
        parties.vop_coordinator.user.full_name,
        parties.vop.acronym,
    )
    assert found.head.dated == found.acceptance.accepted_on == (NOW + timedelta(days=26)).date()
    perform(Exchange.objects.get(pk=report.exchange_id), "cancel_ongoing", by=parties.so, reason="Fraud")
    head = printed.reading_copy(DocumentVersion.objects.get(kind="far")).head
    assert (head.mark, head.version, head.copy) == ("cancelled", 1, False)


def test_the_report_explains_days_not_worked_and_is_marked_as_the_exchange_stands(
    submitted: tuple[Parties, FinalActivityReport],
) -> None:
    parties, report = submitted
    with clock.at(NOW + timedelta(days=26)):
        perform(
            report.exchange,
            "correct_actual",
            by=parties.vop_coordinator,
            reason="A strike",
            start=lifecycle.FIRST,
            end=lifecycle.LAST,
            days_off={lifecycle.LAST: "Strike"},
        )
        facts = printed.draft("far", Exchange.objects.get(pk=report.exchange_id)).exchange
        perform(Exchange.objects.get(pk=report.exchange_id), "cancel_ongoing", by=parties.so, reason="Fraud")
        head = printed.draft("far", Exchange.objects.get(pk=report.exchange_id)).head
    assert facts.count is not None
    assert (facts.working_days, facts.count.weekdays, facts.count.total) == (2, 3, 2)
    assert [(mark.day, mark.reason) for mark in facts.count.not_worked] == [(lifecycle.LAST, "Strike")]
    assert (head.mark, head.version) == ("cancelled", None)


def test_the_count_is_explained_by_weekends_worked_and_holidays() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    saturday = date(2026, 10, 31)  # before All Saints' Day, a Sunday
    DayMark.objects.create(visit=exchange.visit, day=saturday, is_worked=True)
    DayMark.objects.create(visit=exchange.visit, day=date(2026, 11, 12), is_worked=False, reason="Journey")
    DayMark.objects.create(visit=exchange.visit, day=date(2026, 11, 8), is_worked=False, reason="A Sunday")
    found = day_count(exchange, saturday, date(2026, 11, 13), days_off=True)
    assert (found.weekdays, [(one.day, one.name) for one in found.holidays], found.total) == (
        10,
        [(date(2026, 11, 11), "Armistice Day")],
        9,
    )
    assert ([one.day for one in found.worked], [one.reason for one in found.not_worked]) == ([saturday], ["Journey"])


def test_accepting_makes_a_version_that_no_longer_counts_once_the_report_is_returned(
    submitted: tuple[Parties, FinalActivityReport],
    django_capture_on_commit_callbacks: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parties, report = submitted
    asked: list[tuple[int]] = []
    monkeypatch.setattr(tasks.make_pdf, "apply_async", lambda arguments, **_options: asked.append(arguments))
    with django_capture_on_commit_callbacks(execute=True):
        perform(report, "accept", by=parties.vop_coordinator)
    version = DocumentVersion.objects.get(kind="far")
    assert asked == [(version.pk,)]
    stored = document_pdfs.store_pdf(version, render=lambda _: b"%PDF-1.7 report")
    assert stored is not None
    assert stored.name == f"FAR-{report.exchange.reference}-v1.pdf"
    report.refresh_from_db()
    assert report.version_in_force == version
    perform(report, "return_accepted", by=parties.so, reason="Outcomes?")
    assert (report.version_in_force, report.version) == (None, 2)
    with clock.at(NOW + timedelta(days=26)):
        perform(report, "submit", by=parties.vo)
        perform(report, "accept", by=parties.vop_coordinator)
    assert report.version_in_force is not None
    assert report.version_in_force.number == 2
    assert printed.reading_copy(DocumentVersion.objects.get(pk=version.pk)).head.replaced_by == 2


def test_an_accepted_report_of_before_reports_were_stored_by_value_is_printed_as_it_stands(
    submitted: tuple[Parties, FinalActivityReport],
) -> None:
    parties, report = submitted
    perform(report, "accept", by=parties.vop_coordinator)
    now = DocumentVersion.objects.get(kind="far")
    values = {"exchange": report.exchange, "kind": "far", "number": 7, "part_version": 7, "made_at": report.accepted_at}
    found = printed.of_version(DocumentVersion.objects.create(content={}, **values))
    assert (found.outcomes, found.acceptance) == ("A trial.", printed.of_version(now).acceptance)


def test_nothing_is_made_for_what_was_recorded_afterwards(validated: DocumentVersion) -> None:
    Exchange.objects.filter(pk=validated.exchange_id).update(is_recorded=True)
    assert document_pdfs.pending() == []
