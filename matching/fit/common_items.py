"""What two profiles have in common, by name: read by `common_items_with`, or by the snapshot."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

import numpy as np
from django.db import connection
from django.utils.translation import gettext_noop as _

from cxc import clock
from matching.fit.item_names import Item, ItemNames, Translator, translator
from matching.fit.statements import statement

MAX_NAMED = 4
# In both directions, in the order of `common_items.sql`; both profiles' words after them.
LISTS = ("topics", "topics_there", "sectors", "sectors_there", "types", "languages")


@dataclass(frozen=True)
class CommonItems:
    """Bits of what is shared (numbers of words, those that say most first), the days in common, both countries by
    their bits."""

    bits: Mapping[str, Sequence[int]]
    period: tuple[date, date]
    country: int
    country_there: int
    names: ItemNames

    def text_of(self, what: str, translate: Translator) -> str:
        """“A, B, C, D and 3 more”; empty where nothing is shared."""
        bits = self.bits[what]
        if not bits:
            return ""
        if what == "words":
            return ", ".join(islice(filter(None, map(self.names.word, bits)), MAX_NAMED))
        table = what.removesuffix("_there")
        local = self.names.local(translate)
        found = [local[table, bit] for bit in bits]
        if table != "languages":  # these stand in the order of their bits
            found.sort()
        return shortened_list([name for _key, name in found if name], translate=translate)

    def country_name(self, translate: Translator, *, own: bool) -> str:
        """The name of one's own country, or of the other's."""
        return self.names.local(translate)["countries", self.country if own else self.country_there][1]


def common_items_with(mine: int, others: Sequence[int]) -> dict[int, CommonItems]:
    """What a profile shares with these others, by their numbers; two queries."""
    with connection.cursor() as cursor:
        cursor.execute(statement("common_items"), {"mine": mine, "others": list(others), "today": clock.today()})
        found = {row[0]: _as_common_items(row[1:]) for row in cursor.fetchall()}
    words = {bit for shared in found.values() for bit in shared.bits["words"]}
    names = ItemNames(read_names(words))
    return {number: replace(shared, names=names) for number, shared in found.items()}


def read_names(words: Iterable[int] | None = None, *, vocabulary: int | None = None) -> dict[Item, str]:
    """The names of all that owns a bit, and of the words that are shown: only these where they are given; one query.

    `vocabulary`: whose words, the current one's when nothing is said.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'topics', bit, name FROM profiles_topic"
            " UNION ALL SELECT 'sectors', bit, code || E'\\t' || title FROM profiles_sector"
            " UNION ALL SELECT 'types', bit, name FROM profiles_exchangetype"
            " UNION ALL SELECT 'countries', bit, name FROM profiles_country"
            " UNION ALL SELECT 'words', word.number, word.written"
            " FROM matching_vocabularyword word"
            " JOIN matching_vocabulary vocabulary ON vocabulary.id = word.vocabulary_id"
            " WHERE CASE WHEN %(vocabulary)s::bigint IS NULL THEN is_current ELSE vocabulary.id = %(vocabulary)s END"
            " AND word.written <> '' AND (%(words)s::integer[] IS NULL OR word.number = ANY (%(words)s::integer[]))",
            {"words": None if words is None else list(words), "vocabulary": vocabulary},
        )
        return {(name, bit): words for name, bit, words in cursor.fetchall()}


def set_bits(packed: Any) -> list[int]:
    """The numbers of the bits that are set, counted from the left."""
    found: list[int] = np.flatnonzero(np.unpackbits(np.frombuffer(packed, np.uint8))).tolist()
    return found


def word_numbers(packed: bytes) -> set[int]:
    """The numbers of the words of a text, from the two bytes that each takes in `RankingText.words`."""
    return set(np.frombuffer(packed, ">u2").tolist())


def common_words(mine: set[int], theirs: set[int]) -> list[int]:
    """The numbers of the words that both have; first those that say most, which have the highest numbers."""
    return sorted(mine & theirs, reverse=True)


def _as_common_items(row: Sequence[Any]) -> CommonItems:
    bits: dict[str, Sequence[int]] = {name: set_bits(packed) for name, packed in zip(LISTS, row, strict=False)}
    bits["words"] = common_words(*map(word_numbers, row[6:8]))
    first, last, country, country_there = row[8:]
    return CommonItems(bits, (first, last), country, country_there, ItemNames({}))


def shortened_list(names: Sequence[str], *, of: int = 0, translate: Translator | None = None) -> str:
    """Some names as a list, the fifth and later ones as a number; `of`: how many there are, where not all are given."""
    more = max(of, len(names)) - MAX_NAMED
    first = ", ".join(names[:MAX_NAMED])
    if more <= 0:
        return first
    return (translate or translator())(_("%(names)s and %(more)s more")) % {"names": first, "more": more}
