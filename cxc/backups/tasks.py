"""Celery's task of the daily back-up."""

from celery import shared_task

from cxc.backups import daily


@shared_task
def make_daily_backup() -> int:
    """Make today's back-up unless it is there; how many were made."""
    return daily.make_if_due()
