"""Write docs/lifecycles.md from the moves that the models declare."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cxc.ground import lifecycles


class Command(BaseCommand):
    help = "Write docs/lifecycles.md from the code."

    def handle(self, *args: Any, **options: Any) -> None:
        (settings.BASE_DIR / "docs" / "lifecycles.md").write_text(lifecycles.page())
        self.stdout.write("docs/lifecycles.md is written.")
