"""The certificate that seals now and those before it: `./portal manage seal_certificate`. docs/seals.md."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cxc import clock
from cxc.core.refusals import Refused
from cxc.seals.expiry import days_left
from cxc.seals.keys import certificate_row, current_key
from cxc.seals.models import SealCertificate
from cxc.seals.trial import set_aside_trial_file


class Command(BaseCommand):
    help = "Show the certificate of the portal's seal and those it has sealed with before."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--new-trial", action="store_true", help="set the trial key aside and make another one")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new_trial"]:
            _make_new_trial()
        try:
            key = current_key()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        row = certificate_row(key.certificate)
        self.stdout.write(f"Seals now: {_line(row)}, {days_left(key, clock.real_now())} days left")
        for other in SealCertificate.objects.exclude(pk=row.pk):
            self.stdout.write(f"Known:     {_line(other)}")


def _make_new_trial() -> None:
    if settings.SEAL_KEY_FILE:
        raise CommandError("CXC_SEAL_KEY_FILE names the key: put another file in its place.")
    set_aside_trial_file(settings.VAR_DIR / "seal")


def _line(row: SealCertificate) -> str:
    return f"{row.subject}, {row.valid_from:%Y-%m-%d} to {row.valid_until:%Y-%m-%d}, SHA-256 {row.fingerprint}"
