"""Work on exchanges that is done outside a request."""

from celery import shared_task

from cxc.core.after_commit import hand_over
from cxc.documents import pdf
from exchanges.services import documents


@shared_task
def make_pdf(kind: str, pk: int) -> bool:
    """The PDF of one version or report, once, however often this runs."""
    return documents.make(kind, pk)


@shared_task
def make_pending_pdfs() -> int:
    """What a lost task or a missing library left unmade. Answers how many were queued."""
    waiting = documents.pending() if pdf.available() else []
    return sum(hand_over(make_pdf, (kind, pk)) for kind, pk in waiting)
