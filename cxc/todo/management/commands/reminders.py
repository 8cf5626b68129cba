"""Write docs/reminders.md from what the apps declare; `--check` compares only."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cxc.todo.reminder_table import as_markdown


class Command(BaseCommand):
    help = "Write the reminder table into docs/reminders.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail if the file is not what the code says")

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "reminders.md"
        text = as_markdown()
        if not options["check"]:
            path.write_text(text)
            self.stdout.write("docs/reminders.md is written.")
        elif not path.exists() or path.read_text() != text:
            raise CommandError("docs/reminders.md is not what the code says: ./portal manage reminders")
