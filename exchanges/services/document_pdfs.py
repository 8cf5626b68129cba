"""The PDF of each version: made once, after the commit, stored with its hash, never made again.

Rule: docs/rules.md, Documents. `PdfUnavailableError` where PDFs are off and one is asked for at once.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cxc.core.after_commit import after_commit, hand_over
from cxc.core.models import StoredFile
from cxc.documents import pdf
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.documents import DocumentContext, render_document
from exchanges.documents import agreement as fa_document
from exchanges.documents import ctq as ctq_document
from exchanges.documents import report as report_document
from exchanges.enums import VALIDATED_STATES, ReportState
from exchanges.models import CtqVersion, Exchange, FaVersion, FinalActivityReport, FinancialAgreement, OwnPart

logger = logging.getLogger(__name__)

StoredDocument = CtqVersion | FaVersion | FinalActivityReport
_MODELS: dict[str, type[StoredDocument]] = {
    "ctq": CtqVersion,
    "fa": FaVersion,
    "far": FinalActivityReport,
}


def queue(document: StoredDocument) -> None:
    """Have the PDF made after the commit. Without a broker the next sweep makes it."""
    after_commit(_send, _kind(document), document.pk)


def _send(kind: str, pk: int) -> None:
    hand_over("exchanges.tasks.make_pdf", (kind, pk))


def _kind(document: StoredDocument) -> str:
    return next(kind for kind, model in _MODELS.items() if isinstance(document, model))


def make_pdf(kind: str, pk: int) -> bool:
    """Make and store one PDF; False when it stays pending. Twice or late it does nothing more."""
    if not pdf.available():
        logger.warning(pdf.missing_sentence())
        return False
    document = _MODELS[kind]._base_manager.filter(pk=pk).first()
    try:
        return document is None or store_pdf(document) is not None
    except pdf.DocumentError as error:
        logger.error("The PDF of %s %s could not be made: %s", kind, pk, str(error) or "it took too long")
        return False


def store_pdf(document: StoredDocument, render: Callable[[StoredDocument], bytes] | None = None) -> StoredFile | None:
    """The stored PDF of a version or accepted report, rendered now if it was not before.

    Under a lock on its row, so that two workers make one file. None where nothing is to be made: the
    report is not accepted, or the IBAN was erased before.
    """
    with unit_of_work():
        row = type(document)._base_manager.select_for_update(of=("self",)).get(pk=document.pk)
        if row.pdf is None and _is_to_be_made(row):
            content = (render or render_pdf)(row)
            stored = StoredFile.store(content, name=_file_name(row), content_type="application/pdf")
            type(row)._base_manager.filter(pk=row.pk).update(pdf=stored)
            row.pdf = stored
        document.pdf = row.pdf
    return row.pdf


def _is_to_be_made(document: StoredDocument) -> bool:
    if isinstance(document, FinalActivityReport):
        return document.state == ReportState.ACCEPTED
    return not isinstance(document, FaVersion) or document.is_account_given


def render_pdf(document: StoredDocument) -> bytes:
    """The bytes of that version. `PdfUnavailableError` when PDFs are off."""
    return render_document(context_of(document))


def context_of(document: StoredDocument) -> DocumentContext:
    """What that version prints, in plain values."""
    if isinstance(document, CtqVersion):
        return ctq_document.of_version(document)
    if isinstance(document, FaVersion):
        return fa_document.of_version(document)
    return report_document.context(document)


def _file_name(document: StoredDocument) -> str:
    number = document.version if isinstance(document, FinalActivityReport) else document.number
    return f"{_kind(document).upper()}-{document.exchange.reference}-v{number}.pdf"


def drop_pdf(version: FaVersion) -> None:
    """Remove a PDF that nobody signed, file included."""
    stored = version.pdf
    if stored is None or version.signatures.exists():
        return
    version.pdf = None
    version.save(update_fields=["pdf"])
    stored.delete()
    after_commit(stored.file.storage.delete, str(stored.file.name))


# --- on demand, never stored ---------------------------------------------------------------------


def draft_ctq(exchange: Exchange) -> bytes:
    """A preview marked DRAFT on every page."""
    return render_document(ctq_document.draft(exchange))


def draft_agreement(agreement: FinancialAgreement) -> bytes:
    """A preview marked DRAFT on every page. `PdfUnavailableError` when PDFs are off."""
    return render_document(fa_document.draft(agreement))


def draft_report(report: FinalActivityReport) -> bytes:
    """The report as it stands: marked DRAFT until it is accepted."""
    return render_document(report_document.context(report))


def reading_copy(version: CtqVersion | FaVersion) -> bytes:
    """The version with its signatures filled in, CANCELLED where the exchange is; not what was signed."""
    if isinstance(version, CtqVersion):
        return render_document(ctq_document.reading_copy(version))
    return render_document(fa_document.reading_copy(version))


def is_being_written(part: OwnPart | FinancialAgreement) -> bool:
    """Whether there is a draft: something that is not validated. A part that stands has only its versions."""
    return part.state not in VALIDATED_STATES


# --- how far it is -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """How many of a group's PDFs are made; `why` says what the others wait for."""

    made: int
    total: int
    why: str = ""

    @property
    def is_done(self) -> bool:
        return self.made == self.total


def progress(documents: Iterable[StoredDocument]) -> Progress:
    """How far the PDFs of these documents are."""
    listed = list(documents)
    made = sum(document.pdf_id is not None for document in listed)
    if made == len(listed):
        return Progress(made, made)
    why = _("The document is being made.") if pdf.available() else pdf.missing_sentence()
    return Progress(made, len(listed), why)


def pending() -> list[tuple[str, int]]:
    """What has no PDF yet and should: kind and id. An exchange recorded afterwards has none."""
    live = {"pdf__isnull": True, "exchange__is_recorded": False}
    ctq = CtqVersion.objects.filter(**live)
    fa = FaVersion.objects.filter(pdf__isnull=True, agreement__exchange__is_recorded=False)
    fa = fa.exclude(iban="", account_number="")
    far = FinalActivityReport.objects.filter(**live, state=ReportState.ACCEPTED)
    return [
        (kind, pk)
        for kind, rows in (("ctq", ctq), ("fa", fa), ("far", far))
        for pk in rows.values_list("pk", flat=True)
    ]
