"""`./portal manage demo load [--today YYYY-MM-DD]`."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from cxc import clock
from cxc.demo.loader import load


class Command(BaseCommand):
    help = "Loads the demo world (the pilot, and living records around today); does nothing when it is there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True)
        loading = commands.add_parser("load", help="load the demo world")
        loading.add_argument(
            "--today",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day around which it lives; the clock's by default",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        today = options["today"] or clock.today()
        done = load(today)
        self.stdout.write(f"The demo world of {today} is loaded." if done else "The demo world is there already.")
