"""What the portal does with proposals by itself."""

from celery import shared_task

from matching.services import running_out


@shared_task
def expire_proposals() -> int:
    """Proposals that ran out of time, or whose participation has ended."""
    return running_out.expire_due()
