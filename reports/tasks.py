"""Work on reports that is done outside a request."""

import logging

from celery import shared_task

from reports import pdf_report, stored_counts
from reports.dashboard import funnel_counts

logger = logging.getLogger(__name__)


@shared_task
def make_report(key: str) -> bool:
    """The PDF report of statistics that was asked for under this key."""
    return pdf_report.render_report(key)


@shared_task
def store_counts() -> int:
    """What has been counted live is stored; how many things were."""
    return stored_counts.store_counts()


@shared_task
def count_funnel() -> None:
    """How far profiles got is counted anew."""
    funnel_counts.count_funnel()


@shared_task
def correct_counts() -> int:
    """Each night: stored counts are compared with counting everything anew. How many differed and were put right."""
    differed = stored_counts.correct_counts()
    if differed:
        logger.error("%s stored counts differed from what was counted anew. They are put right.", differed)
    return differed
