"""Celery's tasks of forms and sessions."""

from celery import shared_task
from django.core.management import call_command

from cxc.web.form_drafts import store


@shared_task
def erase_old_form_drafts() -> int:
    """Erase what was typed and never handed in."""
    return store.erase_old()


@shared_task
def clear_sessions() -> None:
    """Forget sign-ins that have run out."""
    call_command("clearsessions")
