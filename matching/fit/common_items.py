"""What two profiles have in common, by name: read by `common_items_with`, or by the snapshot."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from django.utils.translation import gettext as _

from cxc import clock
from cxc.core.folding import by_name
from matching.fit.statements import statement
from profiles import languages

MAX_NAMED = 4
# In both directions, in the order of `common_items.sql`; both profiles' words after them.
LISTS = ("topics", "topics_there", "sectors", "sectors_there", "types", "languages")
Names = Mapping[tuple[str, int], str]


@dataclass(frozen=True)
class CommonItems:
    """Bits of what is shared (numbers of words, the rarest first), the days in common, both countries by their bits."""

    bits: Mapping[str, Sequence[int]]
    period: tuple[date, date]
    country: int
    country_there: int
    names: Names

    def text_of(self, what: str) -> str:
        """“A, B, C, D and 3 more”; empty where nothing is shared."""
        bits = self.bits[what]
        if what == "words":
            return ", ".join(self.names.get(("words", bit), "") for bit in bits[:MAX_NAMED])
        if what == "languages":
            by_bit = languages.by_bit()
            return shortened_list(languages.names([by_bit[bit] for bit in bits if bit in by_bit]))
        table = what.removesuffix("_there")
        return shortened_list(sorted((self._translated(table, bit) for bit in bits), key=by_name))

    def country_name(self, *, own: bool) -> str:
        """The name of one's own country, or of the other's."""
        return self._translated("countries", self.country if own else self.country_there)

    def _translated(self, table: str, bit: int) -> str:
        """In the language of the moment; a sector begins with its code, which is no word."""
        code, space, title = self.names.get((table, bit), "").rpartition("\t")
        return f"{code}{' ' if space else ''}{_(title)}" if title else ""


def common_items_with(mine: int, others: Sequence[int]) -> dict[int, CommonItems]:
    """What a profile shares with these others, by their numbers; two queries."""
    with connection.cursor() as cursor:
        cursor.execute(statement("common_items"), {"mine": mine, "others": list(others), "today": clock.today()})
        found = {row[0]: _as_common_items(row[1:]) for row in cursor.fetchall()}
    names = read_names({bit for shared in found.values() for bit in shared.bits["words"][:MAX_NAMED]})
    return {number: replace(shared, names=names) for number, shared in found.items()}


def read_names(words: Iterable[int] | None = None, *, vocabulary: int | None = None) -> dict[tuple[str, int], str]:
    """The names of all that owns a bit, of words only these where they are given; one query.

    `vocabulary`: whose words, the current one's when nothing is said.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'topics', bit, name FROM profiles_topic"
            " UNION ALL SELECT 'sectors', bit, code || E'\\t' || title FROM profiles_sector"
            " UNION ALL SELECT 'types', bit, name FROM profiles_exchangetype"
            " UNION ALL SELECT 'countries', bit, name FROM profiles_country"
            " UNION ALL SELECT 'words', word.number, coalesce(nullif(word.written, ''), word.word)"
            " FROM matching_vocabularyword word"
            " JOIN matching_vocabulary vocabulary ON vocabulary.id = word.vocabulary_id"
            " WHERE CASE WHEN %(vocabulary)s::bigint IS NULL THEN is_current ELSE vocabulary.id = %(vocabulary)s END"
            " AND (%(words)s::integer[] IS NULL OR word.number = ANY (%(words)s::integer[]))",
            {"words": None if words is None else list(words), "vocabulary": vocabulary},
        )
        return {(name, bit): words for name, bit, words in cursor.fetchall()}


def set_bits(packed: Any) -> list[int]:
    """The numbers of the bits that are set, counted from the left."""
    found: list[int] = np.flatnonzero(np.unpackbits(np.frombuffer(packed, np.uint8))).tolist()
    return found


def common_words(mine: bytes, theirs: bytes) -> list[int]:
    """The numbers of the words that both have, the rarest first; the more frequent a word, the lower its number."""
    numbers = (set(np.frombuffer(packed, ">u2").tolist()) for packed in (mine, theirs))
    return sorted(set.intersection(*numbers), reverse=True)


def _as_common_items(row: Sequence[Any]) -> CommonItems:
    bits = {name: set_bits(packed) for name, packed in zip(LISTS, row, strict=False)}
    first, last, country, country_there = row[8:]
    return CommonItems(bits | {"words": common_words(*row[6:8])}, (first, last), country, country_there, {})


def shortened_list(names: Iterable[str], *, of: int = 0) -> str:
    """Some names as a list, the fifth and later ones as a number; `of`: how many there are, where not all are given."""
    given = list(names)
    more = max(of, len(given)) - MAX_NAMED
    first = ", ".join(given[:MAX_NAMED])
    return _("%(names)s and %(more)s more") % {"names": first, "more": more} if more > 0 else first
