"""What an examination of the portal finds."""

from typing import NamedTuple


class Finding(NamedTuple):
    """One thing that was looked at; the sentence says how it is, and where it is not well what cures it."""

    name: str
    is_well: bool
    sentence: str


def well(name: str, sentence: str) -> Finding:
    """It is as it should be."""
    return Finding(name, True, sentence)


def wrong(name: str, sentence: str) -> Finding:
    """Somebody has to do something: what, stands in the sentence."""
    return Finding(name, False, sentence)
