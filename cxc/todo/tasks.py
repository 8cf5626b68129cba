"""Celery's tasks of the to-do list."""

from celery import shared_task

from cxc.todo import reminders


@shared_task
def write_reminders() -> int:
    """Put every reminder that is due into the outbox, once."""
    return reminders.write_due()
