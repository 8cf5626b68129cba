"""Celery tasks of exchanges: PDFs, the start of exchanges, moves that expire, the erasure of bank details."""

from celery import shared_task

from cxc import clock
from cxc.core.after_commit import hand_over
from cxc.documents import pdf
from cxc.workflow.batches import process_each
from exchanges.services import (
    bank_details_erasure,
    document_pdfs,
    document_seals,
    exchange_start,
    paper_scans,
    visit_moves,
)


@shared_task
def make_pdf(pk: int) -> bool:
    """The PDF of one version of a document, once, however often this runs."""
    return document_pdfs.make_pdf(pk)


@shared_task
def make_pending_pdfs() -> int:
    """What a lost task or a missing library left unmade. Answers how many were queued."""
    waiting = document_pdfs.pending() if pdf.available() else []
    return sum(hand_over(make_pdf, (pk,)) for pk in waiting)


@shared_task
def seal_document(pk: int) -> bool:
    """The sealed file of one version that all have signed, once, however often this runs."""
    return document_seals.seal_document(pk)


@shared_task
def seal_due_documents() -> int:
    """What a lost task, a missing library or a certificate that had expired left unsealed; how many were queued."""
    return sum(hand_over(seal_document, (pk,)) for pk in document_seals.due_now())


@shared_task
def start_exchanges() -> int:
    """What is ready and whose start day has begun at its place."""
    return exchange_start.start_due_exchanges(clock.now())


@shared_task
def expire_visit_moves() -> int:
    """Moves of visits whose new first day is too near."""
    return visit_moves.expire_moves(clock.now())


@shared_task
def erase_ibans() -> int:
    """IBANs of exchanges cancelled long ago of which nothing was paid."""
    return process_each(bank_details_erasure.agreements_to_erase(), bank_details_erasure.erase_iban)


@shared_task
def erase_unused_scans() -> int:
    """Scans of signed documents with which nothing was recorded."""
    return process_each(paper_scans.unused_scans(), paper_scans.erase_unused_scan)
