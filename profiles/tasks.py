"""Celery tasks of profiles."""

from celery import shared_task

from profiles.services import archive, sign_ins, weekly_mail


@shared_task
def archive_and_delete_profiles() -> int:
    """Archive stale drafts and what outlived its participation; delete what was archived long ago."""
    return archive.archive_stale_drafts() + archive.archive_after_participation() + archive.purge_archived()


@shared_task
def send_weekly_todo() -> int:
    """Send the to-do list as a mail on Monday morning, to everyone who has something to do."""
    return weekly_mail.send_due()


@shared_task
def erase_old_sign_ins() -> int:
    """Forget when people have signed in long ago."""
    return sign_ins.erase_old()
