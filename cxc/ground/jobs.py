"""The ground's own jobs: the outbox, reminders, and tidying up."""

from celery import shared_task
from django.core.management import call_command

from cxc.ground import delivery, kept, reminders


@shared_task
def deliver_mails(ids: list[int]) -> int:
    """Send these mails, those of them that nobody else has taken."""
    return delivery.deliver(ids)


@shared_task
def send_outbox() -> int:
    """Send whatever waits in the outbox."""
    return delivery.deliver_waiting()


@shared_task
def write_reminders() -> int:
    """Put every reminder that is due into the outbox, once."""
    return reminders.write_due()


@shared_task
def erase_kept_forms() -> int:
    """Erase what was typed and never handed in."""
    return kept.erase_old()


@shared_task
def clear_sessions() -> None:
    """Forget sign-ins that have run out."""
    call_command("clearsessions")
