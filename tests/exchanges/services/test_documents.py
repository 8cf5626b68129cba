"""The PDF of a version: made once, stored, never again; and what is made on demand."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from cxc import clock
from cxc.ground import pdf
from cxc.ground.models import StoredFile
from cxc.ground.moves import perform
from exchanges import tasks
from exchanges.documents import report as report_document
from exchanges.enums import Party
from exchanges.models import CtqVersion, Exchange, FaVersion, FinalActivityReport
from exchanges.services import documents
from tests.ground.pdf.reading import texts
from tests.world import paths
from tests.world.paths import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

Capture = DjangoCaptureOnCommitCallbacks


@pytest.fixture
def validated() -> CtqVersion:
    """A CTQ version without its PDF."""
    c = paths.cast()
    exchange = paths.in_preparation(c)
    perform(paths.shared_ready(c, exchange.visit), "validate", by=c.so)
    perform(paths.own_ready(c, exchange), "validate", by=c.so)
    return CtqVersion.objects.get()


def test_validating_has_the_pdf_made_after_the_commit(
    django_capture_on_commit_callbacks: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, int]] = []
    monkeypatch.setattr(tasks.make_pdf, "apply_async", lambda arguments, **_options: asked.append(arguments))
    with django_capture_on_commit_callbacks(execute=True):
        c = paths.cast()
        paths.validated_papers(c, paths.in_preparation(c))
    assert asked == [("ctq", CtqVersion.objects.get().pk), ("fa", FaVersion.objects.get().pk)]


@pytest.mark.pdf
def test_the_task_makes_one_file_however_often_it_runs(validated: CtqVersion) -> None:
    assert [tasks.make_pdf("ctq", validated.pk) for _ in range(3)] == [True] * 3
    validated.refresh_from_db()
    with validated.pdf.file.open() as file:
        content = file.read()
    assert (StoredFile.objects.count(), validated.pdf.sha256) == (1, pdf.sha256(content))
    assert content.startswith(b"%PDF-1.7")


@pytest.mark.pdf
@pytest.mark.pdf_tools
def test_what_is_printed_is_the_version_not_what_came_after(validated: CtqVersion, tmp_path: Path) -> None:
    organisation = validated.exchange.organisation
    before = organisation.legal_name
    organisation.legal_name = "Renamed"
    organisation.save()
    found = " ".join(texts(documents.render_now(CtqVersion.objects.get()), tmp_path))
    assert (before in found, "Renamed" in found, "DRAFT" in found) == (True, False, False)


@pytest.mark.pdf
@pytest.mark.pdf_tools
def test_a_draft_says_so_and_is_not_stored(tmp_path: Path) -> None:
    c = paths.cast()
    exchange = paths.in_preparation(c)
    for content in (documents.draft_ctq(exchange), documents.draft_agreement(exchange.agreement)):
        assert "DRAFT" in " ".join(texts(content, tmp_path))
    assert StoredFile.objects.count() == 0


@pytest.mark.pdf
@pytest.mark.pdf_tools
def test_a_reading_copy_shows_the_signatures_and_that_it_was_cancelled(tmp_path: Path) -> None:
    c = paths.cast()
    exchange = paths.signed(c)
    perform(exchange, "cancel", by=c.vop_coordinator, reason="Ill")
    version = CtqVersion.objects.get(exchange=exchange)
    found = " ".join(texts(documents.reading_copy(version), tmp_path))
    assert (found.count("Signed on paper"), "CANCELLED" in found) == (4, True)
    agreement = FaVersion.objects.get(agreement__exchange=exchange)
    assert "ES91 2100 0418 4502 0005 1332" in " ".join(texts(documents.reading_copy(agreement), tmp_path))


def test_a_stored_file_is_never_made_again(validated: CtqVersion) -> None:
    first = documents.keep_pdf(validated, render=lambda _: b"%PDF-1.7 first")
    second = documents.keep_pdf(validated, render=lambda _: b"%PDF-1.7 second")
    assert first == second
    assert StoredFile.objects.count() == 1


def test_without_pango_it_stays_pending_and_says_why(validated: CtqVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cxc.ground.pdf.available", lambda: False)
    assert tasks.make_pdf("ctq", validated.pk) is False
    waiting = documents.progress([validated])
    assert (waiting.made, waiting.total, waiting.is_done) == (0, 1, False)
    assert "Pango" in waiting.why
    assert documents.pending() == [("ctq", validated.pk)]


def test_the_sweep_queues_what_was_lost(validated: CtqVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []
    monkeypatch.setattr(tasks.make_pdf, "apply_async", lambda arguments, **_options: asked.append(arguments))
    assert (tasks.make_pending_pdfs(), asked) == (1, [("ctq", validated.pk)])
    paths.with_pdf(validated)
    assert tasks.make_pending_pdfs() == 0


def test_a_task_for_what_is_gone_does_nothing() -> None:
    assert documents.make("ctq", 1) is True


def test_a_signed_pdf_is_never_dropped() -> None:
    c = paths.cast()
    exchange = paths.validated_papers(c, paths.in_preparation(c))
    version = FaVersion.objects.get(agreement__exchange=exchange)
    paths.sign(c, version, Party.VO)
    documents.drop_pdf(version)
    assert FaVersion.objects.get().pdf is not None


# --- the report --------------------------------------------------------------------------------------------------


@pytest.fixture
def submitted() -> tuple[paths.Cast, FinalActivityReport]:
    """A report handed in two days after the end."""
    c = paths.cast()
    report = FinalActivityReport.objects.get(exchange=paths.ongoing(c))
    written = {"activities": "As planned.", "outcomes": "A trial.", "follow_up": "A call.", "satisfaction": 5}
    with clock.at(NOW + timedelta(days=25)):
        perform(report, "edit", by=c.vo, version_read=1, fields=written)
        perform(report, "submit", by=c.vo)
    return c, report


def test_an_accepted_report_says_who_handed_it_in_and_who_accepted(
    submitted: tuple[paths.Cast, FinalActivityReport],
) -> None:
    c, report = submitted
    with clock.at(NOW + timedelta(days=26)):
        assert report_document.context(report).head.mark == "draft"
        perform(report, "accept", by=c.vop_coordinator)
        printed = report_document.context(report)
    assert (printed.head.mark, printed.exchange.working_days, printed.outcomes) == ("", 3, "A trial.")
    assert printed.submission.name == c.vo.user.full_name
    assert (printed.acceptance.name, printed.acceptance.body) == (c.vop_coordinator.user.full_name, c.vop.acronym)
    assert printed.head.dated == printed.acceptance.accepted_on == (NOW + timedelta(days=26)).date()


def test_accepting_has_its_pdf_made_and_a_return_takes_it_away(
    submitted: tuple[paths.Cast, FinalActivityReport],
    django_capture_on_commit_callbacks: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    c, report = submitted
    asked: list[tuple[str, int]] = []
    monkeypatch.setattr(tasks.make_pdf, "apply_async", lambda arguments, **_options: asked.append(arguments))
    assert documents.keep_pdf(report, render=lambda _: b"%PDF-1.7") is None
    with django_capture_on_commit_callbacks(execute=True):
        perform(report, "accept", by=c.vop_coordinator)
    assert asked == [("far", report.pk)]
    documents.keep_pdf(report, render=lambda _: b"%PDF-1.7 report")
    assert report.pdf.name == f"FAR-{report.exchange.reference}-v1.pdf"
    report.refresh_from_db()
    perform(report, "return_accepted", by=c.so, reason="Outcomes?")
    assert (report.pdf, report.version) == (None, 2)


def test_nothing_is_made_for_what_was_recorded_afterwards(validated: CtqVersion) -> None:
    Exchange.objects.filter(pk=validated.exchange_id).update(is_recorded=True)
    assert documents.pending() == []
