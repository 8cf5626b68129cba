"""Celery's tasks of the seals."""

from celery import shared_task

from cxc.seals import expiry


@shared_task
def warn_of_expiry() -> int:
    """Warn the Support Office of a certificate that is about to expire, once a step."""
    return expiry.warn_of_expiry()
