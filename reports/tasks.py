"""Work on reports that is done outside a request."""

from celery import shared_task

from reports import report


@shared_task
def make_report(key: str) -> bool:
    """The PDF report of statistics that was asked for under this key."""
    return report.make(key)
