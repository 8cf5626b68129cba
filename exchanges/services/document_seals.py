"""The sealed file of each version that all its parties have signed: made once, in the worker.

Rule: docs/rules.md, Sealing. It has the content with the signatures filled in, a page of the signatures, and the signed
files attached. The signed files themselves are never made again.
"""

import logging

from cxc.core.after_commit import after_commit, hand_over
from cxc.core.models import StoredFile
from cxc.core.refusals import Refused
from cxc.documents import pdf
from cxc.seals import sealing
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.documents import render_document, signature_page
from exchanges.documents.kinds import document_of, signed_documents
from exchanges.enums import ExchangeState
from exchanges.models import DocumentSeal, DocumentVersion

logger = logging.getLogger(__name__)
# What readers of PDFs show beside the seal, in English like the document.
REASON = "All parties have signed"


def seal_signed(version: DocumentVersion) -> None:
    """Have the version sealed after the commit, now that all have signed. Without a broker the next sweep does it."""
    DocumentSeal.objects.get_or_create(version=version)
    after_commit(_send, version.pk)


def _send(pk: int) -> None:
    hand_over("exchanges.tasks.seal_document", (pk,))


def obstacle() -> str:
    """Why nothing can be sealed now, in a sentence; "" where it can."""
    return sealing.obstacle() if pdf.available() else pdf.missing_sentence()


def seal_document(pk: int) -> bool:
    """Seal and store one version; False when it stays due. Twice, late or in parallel it does nothing more."""
    if problem := obstacle():
        logger.warning(problem)
        return False
    try:
        with unit_of_work():
            return _seal_once(pk)
    except (Refused, pdf.DocumentError) as error:
        logger.error("Version %s could not be sealed: %s", pk, str(error) or "it took too long")
        return False


def _seal_once(pk: int) -> bool:
    """Under a lock on its seal's row, so that two workers make one file."""
    due_now = DocumentSeal.objects.select_for_update(of=("self",)).filter(version_id=pk, file__isnull=True)
    row = due_now.select_related("version__exchange__visit").first()
    if row is None:
        return True
    if not _can_be_sealed(row.version):
        return False
    _seal(row)
    return True


def _can_be_sealed(version: DocumentVersion) -> bool:
    """Whether each file that was signed is stored, and the document still has all that it prints."""
    needed = document_of(version.kind).can_be_made
    has_all = not needed or DocumentVersion.objects.filter(needed, pk=version.pk).exists()
    return has_all and all(one.pdf_id for one in version.chain())


def sealed_pdf(version: DocumentVersion) -> sealing.SealedPdf:
    """The sealed file of a version that all have signed; each call makes another. Refused where it can't be sealed."""
    content = signature_page.sealed_content(version)
    page = signature_page.signature_page(version, content)
    attachments = signature_page.attachments(version)
    return sealing.seal(render_document(content, signature_page=page, attachments=attachments), reason=REASON)


def _seal(row: DocumentSeal) -> None:
    version = row.version
    made = sealed_pdf(version)
    name = f"{version.reference}-v{version.number}-sealed.pdf"
    row.file = StoredFile.store(made.content, name=name, content_type="application/pdf")
    row.certificate, row.sealed_at, row.level = made.certificate, made.sealed_at, made.level
    row.save()


def due_now() -> list[int]:
    """The ids of versions to seal; none while nothing can be sealed."""
    waiting = due()
    problem = obstacle() if waiting else ""
    if problem:
        logger.warning("%s documents wait for their seal. %s", len(waiting), problem)
    return [] if problem else waiting


def due() -> list[int]:
    """The ids of versions that all have signed and that are to be sealed now; not those of cancelled exchanges."""
    waiting = DocumentVersion.objects.filter(seal__isnull=False, seal__file__isnull=True, pdf__isnull=False)
    waiting = waiting.exclude(exchange__state=ExchangeState.CANCELLED)
    return [
        pk
        for document in signed_documents()
        for pk in waiting.filter(document.can_be_made, kind=document.kind).order_by("pk").values_list("pk", flat=True)
    ]
