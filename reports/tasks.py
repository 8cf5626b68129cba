"""Work on reports that is done outside a request."""

from celery import shared_task

from reports import pdf_report


@shared_task
def make_report(key: str) -> bool:
    """The PDF report of statistics that was asked for under this key."""
    return pdf_report.render_report(key)
