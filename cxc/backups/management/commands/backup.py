"""Make a back-up of database and files: `./portal backup`. docs/backup.md."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cxc import clock
from cxc.backups import fit
from cxc.backups.destinations import destination_of
from cxc.backups.records import make_recorded_backup
from cxc.backups.refusals import BackupRefused


class Command(BaseCommand):
    help = "Make a back-up of database and files while the portal runs. Keys are not in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to",
            metavar="FOLDER",
            default=settings.BACKUP_TO or str(settings.VAR_DIR / "backups"),
            help="a folder, or s3://bucket/prefix; each back-up gets a folder of its own in there; default: "
            "CXC_BACKUP_TO, else backups in CXC_VAR_DIR",
        )

        parser.add_argument(
            "--encrypt-to",
            metavar="KEY",
            default=settings.BACKUP_ENCRYPT_TO,
            help="a public key of age (age1…): only its owner can read the back-up; default: CXC_BACKUP_ENCRYPT_TO",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        begun = clock.real_now()
        try:
            to = destination_of(options["to"])
            manifest = make_recorded_backup(to, options["encrypt_to"])
        except BackupRefused as error:
            raise CommandError(str(error)) from error
        seconds = (clock.real_now() - begun).total_seconds()
        rows = sum(manifest.counts.values())
        self.stdout.write(
            f"Backed up {rows:,} rows and {manifest.files.count:,} files in {seconds:.1f} s: {to}/{manifest.name} "
            f"({manifest.size / 1e6:,.1f} MB)"
        )
        for sentence in fit.files_lacking(manifest):
            self.stderr.write(sentence)
