"""What the portal does with exchanges by itself."""

from celery import shared_task

from cxc import clock
from cxc.workflow.batches import process_each
from exchanges.services import agreement, under_way


@shared_task
def start_exchanges() -> int:
    """What is ready and whose start day has begun at its place."""
    return under_way.start_due(clock.now())


@shared_task
def erase_ibans() -> int:
    """IBANs of exchanges cancelled long ago of which nothing was paid."""
    return process_each(agreement.to_erase(), agreement.erase_iban)
