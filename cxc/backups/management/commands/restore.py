"""Restore a back-up into an empty database: `./portal restore SOURCE`. docs/backup.md."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cxc.backups import fit
from cxc.backups.destinations import at_hand
from cxc.backups.refusals import BackupRefused
from cxc.backups.restore import restore_backup


class Command(BaseCommand):
    help = "Restore a back-up into an empty database, after checking that all of it is whole and fits."
    # The database has no tables yet, so Django's checks that read it would fail.
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", metavar="SOURCE", help="the folder of one back-up, or its s3://bucket/prefix/…")

        parser.add_argument(
            "--key", metavar="FILE", type=Path, help="the file of the private key, where the back-up is encrypted"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with at_hand(options["source"]) as folder:
                manifest = restore_backup(folder, self.stdout.write, options["key"])
        except BackupRefused as error:
            raise CommandError(str(error)) from error
        rows = sum(manifest.counts.values())
        self.stdout.write(
            f"Restored {rows:,} rows and {manifest.files.count:,} files as they were on "
            f"{manifest.moment:%d %B %Y at %H:%M:%S} UTC; the newest event is {manifest.newest_event or 'none'}."
        )
        for sentence in fit.warnings(manifest):
            self.stderr.write(f"Note: {sentence}")
