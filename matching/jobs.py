"""What the portal does with proposals and saved searches by itself."""

from celery import shared_task

from matching.browsing import searches
from matching.services import running_out


@shared_task
def expire_proposals() -> int:
    """Proposals that ran out of time, or whose participation has ended."""
    return running_out.expire_due()


@shared_task
def tell_of_new_ones() -> int:
    """The weekly mails of saved searches."""
    return searches.tell_due()
