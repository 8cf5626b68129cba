"""Write docs/lifecycles.md from the transitions that the models declare."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cxc.workflow import lifecycle_table


class Command(BaseCommand):
    help = "Write docs/lifecycles.md from the code."

    def handle(self, *args: Any, **options: Any) -> None:
        (settings.BASE_DIR / "docs" / "lifecycles.md").write_text(lifecycle_table.page())
        self.stdout.write("docs/lifecycles.md is written.")
