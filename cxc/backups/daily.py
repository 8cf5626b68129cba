"""The daily back-up, and how many of those before it stay."""

import logging
from datetime import timedelta

from django.conf import settings

from cxc import clock
from cxc.backups import fit
from cxc.backups.create import NAME_FORMAT
from cxc.backups.destinations import Destination, destination_of
from cxc.backups.records import last_backup_at, make_recorded_backup
from cxc.backups.refusals import AnotherIsMade, BackupRefused

logger = logging.getLogger(__name__)
# What a crash has left is removed once it is certain that nobody writes it any more.
DRAFT_LASTS = timedelta(days=2)


def make_if_due() -> int:
    """Make today's back-up (UTC) unless it is there, or none is wanted; how many were made.

    One that fails is tried again at the next call; two at once make one.
    """
    if not settings.BACKUP_TO:
        return 0
    try:
        to = destination_of(settings.BACKUP_TO)
        last = last_backup_at()
        if last and last.date() == clock.real_now().date():
            return 0
        manifest = make_recorded_backup(to, settings.BACKUP_ENCRYPT_TO)
    except AnotherIsMade:
        return 0
    except BackupRefused:
        logger.exception("The daily back-up failed")
        return 0
    for sentence in fit.files_lost(manifest):
        logger.error("Stored files: %s", sentence)
    try:
        remove_old(to, keep=settings.BACKUPS_KEPT)
    except (BackupRefused, OSError):
        logger.exception("Former back-ups were not removed from %s", to)
    return 1


def remove_old(destination: Destination, *, keep: int) -> None:
    """Remove all back-ups there but the newest, and what crashes have left; nothing else that lies there."""
    for name in destination.names()[:-keep]:
        destination.remove(name)
    destination.remove_drafts(f"{clock.real_now() - DRAFT_LASTS:{NAME_FORMAT}}")
