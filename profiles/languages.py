"""The languages in which an exchange may be held."""

import csv
from functools import cache
from pathlib import Path

_FILE = Path(__file__).resolve().parent / "data" / "languages.csv"


@cache
def choices() -> tuple[tuple[str, str], ...]:
    """Code and name of each language, by name."""
    with _FILE.open(newline="", encoding="utf-8") as file:
        return tuple(sorted(((row["code"], row["name"]) for row in csv.DictReader(file)), key=lambda row: row[1]))


@cache
def _names() -> dict[str, str]:
    return dict(choices())


def names(codes: list[str]) -> list[str]:
    """The names of these codes; a code that is not in the list stands for itself."""
    known = _names()
    return [known.get(code, code) for code in codes]


@cache
def bits() -> dict[str, int]:
    """The bit that each language owns in the bit strings by which partners are ranked; it never changes."""
    with _FILE.open(newline="", encoding="utf-8") as file:
        return {row["code"]: int(row["bit"]) for row in csv.DictReader(file)}


@cache
def by_bit() -> dict[int, str]:
    """The language of each bit."""
    return {bit: code for code, bit in bits().items()}
