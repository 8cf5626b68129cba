"""Which characters the documents' fonts can print, and which of a text they can't.

Rule: docs/rules.md, Texts. `cxc/core/data/printable.txt` lists them as ranges, computed from the shipped fonts
(`./portal manage printable_characters --write`); a test holds both equal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

DATA = Path(__file__).with_name("data") / "printable.txt"
# How many are named; of the others the sentence gives the number.
MOST_NAMED = 5
# Breaks and tabs are laid out, not drawn; the others join letters or choose their look.
_NOT_DRAWN = frozenset("\n\t\u200c\u200d\ufe0e\ufe0f")
STANDS_FOR_OTHERS = "\ufffd"


@dataclass(frozen=True)
class Unprintable:
    """A character that no document can show, with where it first stands: line and character, from 1."""

    character: str
    line: int
    at: int


@cache
def printable() -> frozenset[str]:
    """Every character that one of the shipped fonts draws, and those that need no drawing."""
    found = set(_NOT_DRAWN)
    for row in DATA.read_text(encoding="ascii").split():
        first, _dash, last = row.partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(found)


def unprintable(text: str) -> list[Unprintable]:
    """The characters of a text that can't be printed, each once, in the order in which they stand."""
    if set(text) <= printable():
        return []
    found: dict[str, Unprintable] = {}
    for character, line, at in _places(text):
        if character not in printable() and character not in found:
            found[character] = Unprintable(character, line, at)
    return list(found.values())


def _places(text: str) -> Iterator[tuple[str, int, int]]:
    for number, line in enumerate(text.split("\n"), start=1):
        for at, character in enumerate(line, start=1):
            yield character, number, at


def sentence(found: list[Unprintable], *, in_lines: bool) -> str:
    """Says which characters can't be printed, where they stand, and what to do."""
    named = ", ".join(_named(one, in_lines=in_lines) for one in found[:MOST_NAMED])
    if (more := len(found) - MOST_NAMED) > 0:
        named += _(" and %(count)s more") % {"count": more}
    return _("Remove or replace what the documents can't print: %(what)s.") % {"what": named}


def _named(one: Unprintable, *, in_lines: bool) -> str:
    values = {"character": one.character, "code": f"U+{ord(one.character):04X}", "line": one.line, "at": one.at}
    if in_lines:
        return _("“%(character)s” (%(code)s, line %(line)s, character %(at)s)") % values
    return _("“%(character)s” (%(code)s, character %(at)s)") % values


def made_printable(text: str) -> str:
    """The text with a sign in place of each character that can't be printed, so older texts lose none unnoticed."""
    missing = set(text) - printable()
    return text.translate({ord(one): STANDS_FOR_OTHERS for one in missing}) if missing else text
