"""`./portal manage matching_rows`: are the rows kept beside each published profile what they should be?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.services.profile_indexes import PROFILE_INDEXES, rebuild


class Command(BaseCommand):
    """Compares; with --rebuild puts right what differs and compares again. Fails when something differs."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="make them anew first")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            rebuild()
        wrong = 0
        for index in PROFILE_INDEXES:
            found = sorted(index.differing())
            wrong += len(found)
            shown = ", ".join(map(str, found[:20]))
            self.stdout.write(f"{index.name}: {f'differ for profiles {shown}' if found else 'as they should be'}")
        if wrong:
            raise CommandError("Put them right with --rebuild.")
