"""Celery tasks of the help desk."""

from celery import shared_task

from helpdesk.services import retention


@shared_task
def apply_help_retention() -> int:
    """Close questions answered long ago, delete those never confirmed, erase the data of visitors."""
    return retention.close_answered() + retention.drop_unconfirmed() + retention.erase_visitors()
