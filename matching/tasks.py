"""Work on matches that is done outside a request."""

from celery import shared_task

from cxc.core.after_commit import hand_over
from matching.services.plans import working


@shared_task
def work_on_plan(pk: int) -> bool:
    """Make or send one plan of the bench, once, however often this runs."""
    return working.work_on(pk)


@shared_task
def work_on_pending_plans() -> int:
    """What a lost task left unmade or unsent. Answers how many were queued."""
    return sum(hand_over(work_on_plan, (pk,)) for pk in working.waiting())
