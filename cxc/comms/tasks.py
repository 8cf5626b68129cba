"""Celery's tasks of the outbox."""

from celery import shared_task

from cxc.comms import delivery


@shared_task
def deliver_mails(ids: list[int]) -> int:
    """Send these mails, those of them that nobody else has taken."""
    return delivery.deliver(ids)


@shared_task
def send_outbox() -> int:
    """Send whatever waits in the outbox."""
    return delivery.deliver_due()
