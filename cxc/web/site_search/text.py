"""Parses what somebody types into the search: its words, or the reference of a record."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cxc.core.folding import folded
from cxc.core.sanitise import one_line

MAX_LENGTH = 100
MAX_WORDS = 6
# Letters from which a word is found inside other words, and from which a misspelled word is looked for.
MIN_INSIDE, MIN_MISSPELLED = 3, 4
MIN_TEXT = 2


@dataclass(frozen=True)
class SearchText:
    """`typed` as it stands in the field, `words` folded; `tolerant`: similar words count as well."""

    typed: str
    words: tuple[str, ...] = ()
    tolerant: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it is too short to look for: one letter. One digit is a reference."""
        return len(self.folded) < MIN_TEXT and not self.folded.isdecimal()

    @property
    def folded(self) -> str:
        return " ".join(self.words)

    @property
    def may_be_misspelled(self) -> bool:
        return any(can_be_misspelled(word) for word in self.words)

    def number(self, *prefixes: str) -> int | None:
        """The number of a reference such as “CXC-00012” or “12”; None where it has none of these (folded) prefixes."""
        found = re.fullmatch(rf"(?:(?:{'|'.join(map(re.escape, prefixes))}) ?)?(\d{{1,15}})", self.folded, re.ASCII)
        return int(found[1]) if found else None

    def is_code(self, *codes: str) -> bool:
        """Whether it is a number behind one of these (folded) codes, as documents print it: “CXC-00012”."""
        return bool(codes) and not self.folded.isdecimal() and self.number(*codes) is not None


def parse(typed: str) -> SearchText:
    """Cut to the length and the number of words that are looked for."""
    line = one_line(typed)[:MAX_LENGTH]
    return SearchText(line, tuple(folded(line).split()[:MAX_WORDS]))


def can_be_misspelled(word: str) -> bool:
    """Whether a (folded) word is long enough to be looked for by similar words."""
    return len(word) >= MIN_MISSPELLED and not any(sign.isdecimal() for sign in word)


def holds(text: str, words: Sequence[str]) -> bool:
    """Whether every (folded) word begins a word of this text."""
    known = folded(text).split()
    return all(any(one.startswith(word) for one in known) for word in words)
