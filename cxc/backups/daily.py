"""The daily back-up, and how many of those before it stay."""

import logging
import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from cxc import clock
from cxc.backups.create import NAME_FORMAT
from cxc.backups.records import last_backup_at, make_recorded_backup
from cxc.backups.refusals import AnotherIsMade, BackupRefused

logger = logging.getLogger(__name__)
# What a crash has left is removed once it is certain that nobody writes it any more.
DRAFT_LASTS = timedelta(days=2)


def make_if_due() -> int:
    """Make today's back-up (UTC) unless it is there, or none is wanted; how many were made.

    One that fails is tried again at the next call; two at once make one.
    """
    to = settings.BACKUP_TO
    last = last_backup_at(to) if to else None
    if not to or (last and last.date() == clock.real_now().date()):
        return 0
    try:
        make_recorded_backup(Path(to), settings.BACKUP_ENCRYPT_TO)
    except AnotherIsMade:
        return 0
    except BackupRefused:
        logger.exception("The daily back-up failed")
        return 0
    remove_old(Path(to), keep=settings.BACKUPS_KEPT)
    return 1


def remove_old(folder: Path, *, keep: int) -> None:
    """Remove all back-ups in there but the newest, and what crashes have left; nothing else that lies there."""
    made = sorted(path for path in folder.glob("portal-*Z") if (path / "manifest.json").exists())
    eldest_draft = f"{clock.real_now() - DRAFT_LASTS:{NAME_FORMAT}}"
    drafts = [path for path in folder.glob("portal-*Z.draft") if path.name < eldest_draft]
    for path in [*made[:-keep], *drafts]:
        # By a name that nobody takes for a back-up, should the removal be cut short.
        draft = path.with_suffix(".draft")
        if draft != path:
            path.rename(draft)
        shutil.rmtree(draft, ignore_errors=True)
