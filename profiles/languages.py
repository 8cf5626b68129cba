"""The languages in which an exchange may be held."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cxc.core.folding import by_name

_FILE = Path(__file__).resolve().parent / "data" / "languages.csv"


def choices() -> tuple[tuple[str, Any], ...]:
    """Code and name (lazy) of each language, in the order of its names in the language of the moment."""
    return _in_order(get_language())


@cache
def _in_order(_language: str | None) -> tuple[tuple[str, Any], ...]:
    with _FILE.open(newline="", encoding="utf-8") as file:
        rows = [(row["code"], _(row["name"])) for row in csv.DictReader(file)]
    return tuple(sorted(rows, key=lambda row: by_name(row[1])))


# Shown first; the others stand under a heading of their own.
_COMMON = ("en", "fr", "de", "es", "it", "pl", "nl", "pt", "ro")


def common_first() -> list[tuple[Any, list[tuple[str, str]]]]:
    """The same in two groups: those that most exchanges are held in, then the others under a heading."""
    common = [row for row in choices() if row[0] in _COMMON]
    others = [row for row in choices() if row[0] not in _COMMON]
    return [("", common), (_("More languages"), others)]


@cache
def _names() -> dict[str, Any]:
    return dict(choices())


def names(codes: list[str]) -> list[str]:
    """The names of these codes in the language of the moment; a code that is not in the list stands for itself."""
    known = _names()
    return [str(known.get(code, code)) for code in codes]


@cache
def bits() -> dict[str, int]:
    """The bit that each language owns in the bit strings by which partners are ranked; it never changes."""
    with _FILE.open(newline="", encoding="utf-8") as file:
        return {row["code"]: int(row["bit"]) for row in csv.DictReader(file)}


@cache
def by_bit() -> dict[int, str]:
    """The language of each bit."""
    return {bit: code for code, bit in bits().items()}
