"""What the portal does with proposals, saved searches and the ranking by itself."""

from celery import shared_task

from matching.browsing import searches
from matching.fit import vocabulary
from matching.services import running_out


@shared_task
def expire_proposals() -> int:
    """Proposals that ran out of time, or whose participation has ended."""
    return running_out.expire_due()


@shared_task
def tell_of_new_ones() -> int:
    """The weekly mails of saved searches."""
    return searches.tell_due()


@shared_task
def refit_vocabulary() -> bool:
    """Which topics and words are rare, counted anew when the profiles have grown by a tenth, or after a week."""
    return vocabulary.refit_if_needed()
