"""The characters that the documents' fonts can print, as `cxc.core.printable` reads them."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from cxc.core.printable import DATA


class Command(BaseCommand):
    """Prints the ranges; with --write into `cxc/core/data/printable.txt`, after a change of fonts."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true")

    def handle(self, **options: Any) -> None:
        if options["write"]:
            DATA.write_text(ranges_of_fonts(), encoding="ascii")
        else:
            self.stdout.write(ranges_of_fonts(), ending="")


def ranges_of_fonts() -> str:
    """The characters of all shipped fonts together, a range in each line: 0020-007E."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    found: set[int] = set()
    for path in sorted((settings.BASE_DIR / "static" / "fonts").glob("*.ttf")):
        found.update(TTFont(path).getBestCmap() or ())
    ranges: list[list[int]] = []
    for code in sorted(found):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{first:04X}-{last:04X}\n" for first, last in ranges)
