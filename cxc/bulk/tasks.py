"""The Celery tasks of bulk actions."""

from celery import shared_task

from cxc.bulk import runs, work
from cxc.core.after_commit import hand_over


@shared_task
def work_on_run(pk: int) -> int:
    """Preview or carry out the items of a run that are left, each once."""
    return work.work_on(pk)


@shared_task
def work_on_unfinished_runs() -> int:
    """Go on with what a lost task or a killed worker left undone. Answers how many were queued."""
    return sum(hand_over(work_on_run, (pk,)) for pk in runs.unfinished())


@shared_task
def erase_old_runs() -> int:
    """Erase what was never confirmed, and old results."""
    return runs.erase_old()
