"""Makes back-ups of which a record stays, and says when the last one was made."""

import logging
from datetime import datetime

from django.db import DatabaseError

from cxc import clock
from cxc.backups.create import make_backup
from cxc.backups.destinations import Destination
from cxc.backups.manifest import Manifest
from cxc.backups.models import Backup
from cxc.backups.refusals import AnotherIsMade, BackupRefused

logger = logging.getLogger(__name__)


def last_backup_at(destination: str = "") -> datetime | None:
    """The moment whose state the newest back-up holds (real time, UTC), anywhere or in this destination."""
    made = Backup.objects.filter(error="", **({"destination": destination} if destination else {}))
    return made.order_by("-started_at").values_list("started_at", flat=True).first()


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
