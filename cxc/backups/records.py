"""Makes back-ups of which a record stays, and says when the last one was made."""

import logging
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError

from cxc import clock
from cxc.backups.create import make_backup
from cxc.backups.destinations import Destination, destination_of
from cxc.backups.manifest import Manifest
from cxc.backups.models import Backup
from cxc.backups.refusals import AnotherIsMade, BackupRefused

logger = logging.getLogger(__name__)


def last_backup() -> Backup | None:
    """The newest back-up where the daily one goes; anywhere, where none is made each day."""
    made = Backup.objects.filter(error="")
    if settings.BACKUP_TO:
        made = made.filter(destination=str(destination_of(settings.BACKUP_TO)))
    return made.order_by("-started_at").first()


def last_backup_at() -> datetime | None:
    """The moment whose state it holds (real time, UTC)."""
    last = last_backup()
    return last.started_at if last else None


def make_recorded_backup(to: Destination, public_key: str) -> Manifest:
    """Make a back-up, and write a record of it or of its failure, which is raised: BackupRefused."""
    started_at = clock.real_now()
    try:
        manifest = make_backup(to, public_key)
    except AnotherIsMade:
        raise
    except BackupRefused as error:
        _write(Backup(destination=str(to), started_at=started_at, error=str(error)))
        raise
    _write(
        Backup(
            name=manifest.name,
            destination=str(to),
            started_at=manifest.moment,
            size=manifest.size,
            rows_count=sum(manifest.counts.values()),
            files_count=manifest.files.count,
            lost_count=manifest.files.lost_count,
        )
    )
    return manifest


def _write(row: Backup) -> None:
    """A back-up counts even if its record can't be written, as when the source is newer than the database."""
    row.finished_at = clock.real_now()
    try:
        row.save()
    except DatabaseError:
        logger.exception("The record of the back-up in %s was not written", row.destination)
