"""Move the portal's clock, for rehearsals and demos: `./portal manage clock advance 3d`.

For all processes at once, only under CXC_MOVABLE_CLOCK=1. Sign-in, one-time codes and the task
queue stay on real time. Rule: docs/rules.md, Clock.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_date, parse_datetime

from cxc import clock
from cxc.core.after_commit import hand_over

UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
LENGTH = re.compile(r"(\d+)([wdhms])")
# By then every process has read the moved clock; a job that waited for long is not needed any more. Seconds.
SOON, TOO_LATE = 1, 60


class Command(BaseCommand):
    help = "Show or move the portal's clock (moved only under CXC_MOVABLE_CLOCK=1)."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("show", help="what time it is in the portal")
        set_to = actions.add_parser("set", help="to a date or a moment: 2026-09-28, 2026-09-28T07:30, …+02:00")
        set_to.add_argument("moment", help="UTC, unless it names an offset")
        advance = actions.add_parser("advance", help="by a length: 3d, 2w1d, 36h, 90m")
        advance.add_argument("length")
        actions.add_parser("reset", help="back to real time")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._do(options)
        except RuntimeError as error:
            raise CommandError(str(error)) from error
        if options["action"] != "show":
            _look_at_once()
        offset = clock.offset()
        self.stdout.write(f"{clock.now():%Y-%m-%d %H:%M:%S} UTC ({f'moved by {offset}' if offset else 'real time'})")

    def _do(self, options: dict[str, Any]) -> None:
        action = options["action"]
        if action == "set":
            clock.move_to(moment_of(options["moment"]))
        elif action == "advance":
            clock.advance(length_of(options["length"]))
        elif action == "reset":
            clock.reset()


def _look_at_once() -> None:
    """What is due by the new time does not wait for the next round of the jobs; those on real time stay out."""
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        if name not in settings.JOBS_ON_REAL_TIME:
            hand_over(str(entry["task"]), countdown=SOON, expires=TOO_LATE)


def moment_of(text: str) -> datetime:
    """An aware moment; CommandError for what is no date."""
    try:
        day = parse_date(text)
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else parse_datetime(text)
    except ValueError as error:
        raise CommandError(f"{text}: {error}") from error
    if moment is None:
        raise CommandError(f"{text} is no date or moment: write 2026-09-28 or 2026-09-28T07:30.")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def length_of(text: str) -> timedelta:
    """A length of time; CommandError for what is none."""
    if not re.fullmatch(f"({LENGTH.pattern})+", text):
        raise CommandError(f"{text} is no length: write 3d, 2w, 36h, 90m or 1d12h.")
    parts = LENGTH.findall(text)
    return sum((timedelta(**{UNITS[unit]: int(number)}) for number, unit in parts), timedelta())
