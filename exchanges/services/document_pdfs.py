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
from exchanges.documents import printed, render_document
from exchanges.documents.kinds import declared, document_of
from exchanges.models import DocumentVersion

logger = logging.getLogger(__name__)


def queue(version: DocumentVersion) -> None:
    """Have the PDF made after the commit. Without a broker the next sweep makes it."""
    after_commit(_send, version.pk)


def _send(pk: int) -> None:
    hand_over("exchanges.tasks.make_pdf", (pk,))


def make_pdf(pk: int) -> bool:
    """Make and store one PDF; False when it stays pending. Twice or late it does nothing more."""
    if not pdf.available():
        logger.warning(pdf.missing_sentence())
        return False
    version = DocumentVersion.objects.filter(pk=pk).first()
    try:
        return version is None or store_pdf(version) is not None
    except pdf.DocumentError as error:
        logger.error("The PDF of version %s could not be made: %s", pk, str(error) or "it took too long")
        return False


def store_pdf(version: DocumentVersion, render: Callable[[DocumentVersion], bytes] | None = None) -> StoredFile | None:
    """The stored PDF of a version, rendered now if it was not before.

    Under a lock on its row, so that two workers make one file. None where it can't be made any more: the bank account
    that it prints was erased before.
    """
    with unit_of_work():
        row = DocumentVersion._base_manager.select_for_update(of=("self",)).get(pk=version.pk)
        if row.pdf is None and _can_be_made(row):
            content = (render or render_pdf)(row)
            row.pdf = StoredFile.store(content, name=row.file_name, content_type="application/pdf")
            DocumentVersion._base_manager.filter(pk=row.pk).update(pdf=row.pdf)
        version.pdf = row.pdf
    return row.pdf


def _can_be_made(version: DocumentVersion) -> bool:
    needed = document_of(version.kind).can_be_made
    return not needed or DocumentVersion.objects.filter(needed, pk=version.pk).exists()


def render_pdf(version: DocumentVersion) -> bytes:
    """The bytes of that version. `PdfUnavailableError` when PDFs are off."""
    return render_document(printed.of_version(version))


def reading_copy(version: DocumentVersion) -> bytes:
    """The version with its signatures filled in, CANCELLED where the exchange is; never stored."""
    return render_document(printed.reading_copy(version))


def drop_pdf(version: DocumentVersion) -> None:
    """Remove a PDF that nobody signed, file included."""
    stored = version.pdf
    if stored is None or version.signatures.exists():
        return
    version.pdf = None
    version.save(update_fields=["pdf"])
    stored.erase()


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


def progress(versions: Iterable[DocumentVersion]) -> Progress:
    """How far the PDFs of these versions are."""
    listed = list(versions)
    made = sum(version.pdf_id is not None for version in listed)
    if made == len(listed):
        return Progress(made, made)
    why = _("The document is being made.") if pdf.available() else pdf.missing_sentence()
    return Progress(made, len(listed), why)


def pending() -> list[int]:
    """The ids of versions that have no PDF yet and should. An exchange recorded afterwards has none."""
    waiting = DocumentVersion.objects.filter(pdf__isnull=True, exchange__is_recorded=False)
    return [
        pk
        for document in declared().values()
        for pk in waiting.filter(document.can_be_made, kind=document.kind).order_by("pk").values_list("pk", flat=True)
    ]
