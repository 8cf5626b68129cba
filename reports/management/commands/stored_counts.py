"""`./portal manage stored_counts`: do the stored counts of statistics and dashboards equal what counting comes to?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.stored_counts import correct_counts, differing_counts, store_counts


class Command(BaseCommand):
    """Stores what is counted live, then counts everything anew and puts right what differs; says how many did."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, and fail when something differs")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            self.stdout.write(f"{store_counts()} things stored, {correct_counts()} counts put right.")
        elif wrong := differing_counts():
            raise CommandError(f"{wrong} counts differ. Put them right: ./portal manage stored_counts")
        else:
            self.stdout.write("All stored counts equal what counting comes to.")
