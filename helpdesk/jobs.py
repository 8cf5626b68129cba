"""What the portal does with questions by itself."""

from celery import shared_task

from helpdesk.services import tidying


@shared_task
def tidy_help() -> int:
    """Close what was answered long ago, drop what was never confirmed, forget visitors."""
    return tidying.close_answered() + tidying.drop_unconfirmed() + tidying.forget_visitors()
