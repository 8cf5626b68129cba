"""Celery's tasks of the to-do list."""

from celery import shared_task

from cxc.todo import reconcile, reminders


@shared_task
def write_reminders() -> int:
    """Put every reminder that is due into the outbox, once."""
    return reminders.write_due()


@shared_task
def work_off_requests() -> int:
    """Derive anew what was changed outside a unit of work, or was too much for one."""
    return reconcile.work_off()


@shared_task
def reconcile_everything() -> int:
    """Derive the whole to-do anew; returns how many rows differed: those were missed when something changed."""
    return reconcile.reconcile_everything()
