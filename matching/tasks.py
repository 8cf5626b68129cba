"""Celery tasks of matching: expired proposals, saved searches, the vocabulary and plans."""

from celery import shared_task

from cxc.core.after_commit import hand_over
from matching.fit import vocabulary
from matching.services import proposal_expiry, saved_searches
from matching.services.plans import pending


@shared_task
def work_on_plan(pk: int) -> bool:
    """Make or send one plan of the bench, once, however often this runs."""
    return pending.process_plan(pk)


@shared_task
def work_on_pending_plans() -> int:
    """What a lost task left unmade or unsent. Answers how many were queued."""
    return sum(hand_over(work_on_plan, (pk,)) for pk in pending.pending_plans())


@shared_task
def expire_proposals() -> int:
    """Proposals that ran out of time, or whose participation has ended."""
    return proposal_expiry.expire_proposals()


@shared_task
def mail_saved_searches() -> int:
    """The weekly mails of saved searches."""
    return saved_searches.mail_due_searches()


@shared_task
def refit_vocabulary() -> bool:
    """Which topics and words are rare, counted anew when the profiles have grown by a tenth, or after a week."""
    return vocabulary.refit_if_needed()
