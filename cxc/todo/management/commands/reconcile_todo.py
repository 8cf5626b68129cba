"""Derive the stored to-do anew, or say where it is not what the declarations say."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cxc.todo import reconcile


class Command(BaseCommand):
    """`reconcile_todo` writes; `reconcile_todo --check` writes nothing and fails where something differs."""

    help = "Derive the stored to-do anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail where something differs")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["check"]:
            reconcile.work_off()
            self.stdout.write(f"{reconcile.reconcile_everything()} rows differed and were written anew.")
            return
        found = reconcile.all_differences()
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"{len(found)} rows of the to-do are not what the declarations say.")
        self.stdout.write("The to-do is what the declarations say.")
