"""What two profiles have in common: read by `common_items_with`, or built by the snapshot."""

from collections.abc import Sequence
from datetime import date
from struct import unpack
from typing import Any, NamedTuple

from django.db import connection

from cxc import clock
from matching.fit.item_names import ItemNames, read_names
from matching.fit.statements import statement


class SideItems(NamedTuple):
    """What one side finds at the other: topics that it seeks, sectors that it looks for (both as packed bits), and the
    bit of the other's country."""

    topics: bytes
    sectors: bytes
    country: int


class CommonItems(NamedTuple):
    """What two profiles share.

    own, theirs       what each side finds at the other
    types, languages  the bits that both have, packed
    words             the numbers of common words, those that say most first
    period            the first and the last day on which both are free
    names             the names of all of these
    """

    own: SideItems
    theirs: SideItems
    types: bytes
    languages: bytes
    words: Sequence[int]
    period: tuple[date, date]
    names: ItemNames


def common_items_with(mine: int, others: Sequence[int]) -> dict[int, CommonItems]:
    """What a profile shares with these others, by their numbers; two queries."""
    with connection.cursor() as cursor:
        cursor.execute(statement("common_items"), {"mine": mine, "others": list(others), "today": clock.today()})
        rows = {row[0]: row[1:] for row in cursor.fetchall()}
    words = {number: common_words(frozenset(word_numbers(row[6])), row[7]) for number, row in rows.items()}
    names = read_names({word for of_pair in words.values() for word in of_pair})
    return {number: _as_common_items(row, words[number], names) for number, row in rows.items()}


def _as_common_items(row: Sequence[Any], words: Sequence[int], names: ItemNames) -> CommonItems:
    """Of a row of `common_items.sql` without its number."""
    topics, topics_there, sectors, sectors_there, types, languages = map(bytes, row[:6])
    first, last, country, country_there = row[8:]
    own, theirs = SideItems(topics, sectors, country_there), SideItems(topics_there, sectors_there, country)
    return CommonItems(own, theirs, types, languages, words, (first, last), names)


def word_numbers(packed: bytes) -> tuple[int, ...]:
    """The numbers of the words of a text, from the two bytes that each takes in `RankingText.words`."""
    return unpack(f">{len(packed) // 2}H", packed)


def common_words(mine: frozenset[int], theirs: bytes) -> list[int]:
    """The numbers of the words that both have; first those that say most, which have the highest numbers."""
    return sorted(mine.intersection(word_numbers(theirs)), reverse=True)
