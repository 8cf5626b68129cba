"""The sealed file of each version that all its parties have signed: made once, in the worker.

Rule: docs/rules.md, Sealing. It has the content with the signatures filled in, a signature page, and the signed
files attached. The signed files themselves are never made again.
"""

import logging
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from cxc import clock
from cxc.core.after_commit import after_commit, hand_over
from cxc.core.models import StoredFile
from cxc.core.refusals import Refused
from cxc.documents import pdf
from cxc.seals import sealing
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.documents import render_document, signature_page
from exchanges.documents.kinds import signed_documents
from exchanges.enums import ExchangeState
from exchanges.models import DocumentSeal, DocumentVersion
from exchanges.models.documents.version import OBJECTION_PERIOD

logger = logging.getLogger(__name__)
# What readers of PDFs show beside the seal, in English like the document.
REASON = "All parties have signed"
# Documents that one sweep hands to the workers.
MOST_AT_ONCE = 200


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
    except (Refused, pdf.DocumentError, OSError) as error:  # OSError: a file is missing, or no time-stamp was given
        logger.error("Version %s could not be sealed: %s", pk, str(error) or "it took too long")
        return False


def _seal_once(pk: int) -> bool:
    """Under a lock on its seal's row; what another worker seals meanwhile is left to it."""
    waiting = DocumentSeal.objects.select_for_update(of=("self",), skip_locked=True)
    row = waiting.select_related("version__exchange__visit").filter(version_id=pk, file__isnull=True).first()
    if row is None:
        return True
    if not due().filter(pk=pk).exists():
        logger.info("Version %s is not to be sealed now (exchanges.services.document_seals.due says when).", pk)
        return False
    _seal(row)
    return True


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
    """The ids of the versions to seal in this sweep, the oldest first; none while nothing can be sealed."""
    waiting = list(due().values_list("pk", flat=True)[:MOST_AT_ONCE])
    problem = obstacle() if waiting else ""
    if problem:
        logger.warning("At least %s documents wait for their seal. %s", len(waiting), problem)
    return [] if problem else waiting


def due() -> QuerySet[DocumentVersion]:
    """The versions to seal now: all have signed, the PDF is stored and has all it prints, the exchange goes on.

    An editorial version is sealed when nobody has objected to it in time.
    """
    complete = reduce(or_, (Q(document.can_be_made, kind=document.kind) for document in signed_documents()))
    waiting = DocumentVersion.objects.filter(complete, seal__isnull=False, seal__file__isnull=True, pdf__isnull=False)
    objections = Q(is_editorial=True) & (Q(voided_at__isnull=False) | Q(made_at__gte=clock.now() - OBJECTION_PERIOD))
    return waiting.exclude(objections).exclude(exchange__state=ExchangeState.CANCELLED).order_by("pk")
