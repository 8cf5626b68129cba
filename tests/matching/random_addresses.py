"""Random addresses of the catalogue: sensible ones, half-sensible ones and nonsense, the same for one seed."""

import random
from collections.abc import Iterator
from urllib.parse import urlencode

WORDS = [
    "weave",
    "Tekstil",
    '"two words"',
    "-not",
    "été",
    "'",
    '"',
    "-",
    "a:*",
    "\\",
    "%",
    "🦄",
    "the",
    "c++",
    "x" * 90,
    "&",
    "Σ",
]
DATES = ["2026-10-01", "2026-09-01", "0001-01-01", "9999-12-31", "2026-02-30", "tomorrow", "2026-10", ""]
NUMBERS = ["1", "2", "10", "0", "-1", "99999999999999999999", "1e3", "٣", "one", "", "1.5", " 1 "]
NONSENSE = ["XX", "None", "\x00", "\ud7ff", "'; DROP TABLE x; --", "<script>", "[]", "a" * 300, "%00", "null", "0", "‮"]
KNOWN = {
    "kind": ["visiting", "host", ""],
    "country": ["BE", "FR", "ES", "DE"],
    "sector": ["13", "14", "62", "01"],
    "neighbours": ["on", "", "false"],
    "type": ["networking", "group-event"],
    "offers": ["cluster_labelling", "cluster_management"],
    "seeks": ["cluster_labelling", "cluster_management"],
    "language": ["en", "de", "fr"],
    "organisation_kind": ["sme", "cluster", "large_company"],
    "modality": ["physical", "virtual", ""],
    "free_from": DATES,
    "free_to": DATES,
    "places": NUMBERS,
    "generation": ["gen", "pilot"],
    "partnership": NUMBERS,
    "bookmarked": ["on", ""],
    "hidden": ["on", "0"],
    "for": NUMBERS,
    "order": ["date", "name", "fit", ""],
    "page": NUMBERS,
    "q": WORDS,
    "unknown": ["1"],
}


def addresses(number: int, seed: int, own: list[int]) -> Iterator[str]:
    """So many query strings; `own`: ids of profiles, for `for`."""
    chance = random.Random(seed)
    known = KNOWN | {"for": [*NUMBERS, *map(str, own)]}
    for _ in range(number):
        names = chance.choices(list(known), k=chance.randint(0, 6))
        yield urlencode([(name, _value(chance, known[name], name)) for name in names])


def _value(chance: random.Random, usual: list[str], name: str) -> str:
    if name == "q":
        return " ".join(chance.choices(usual, k=chance.randint(1, 4)))
    return chance.choice(NONSENSE if chance.random() < 0.15 else usual)
