"""The rows of `RankingText`: each published profile's texts as a vector, in every vocabulary there is."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from django.db import connection

from matching.fit import text_space
from matching.fit.statements import statement
from matching.fit.words import stems_of
from matching.models.ranking import RankingText, VocabularyWord
from profiles.models import Profile

BATCH_SIZE = 500
_VALUES = ("words", "ones", "twos", "fours", "eights", "square", "seeks_weight")


class WordVectors:
    """Numbers and vectors of the words of one vocabulary, each read when it is first asked for."""

    def __init__(self, vocabulary: int) -> None:
        self._vocabulary = vocabulary
        self._known: dict[str, tuple[int, text_space.Array] | None] = {}

    def of(self, words: Iterable[str]) -> dict[str, tuple[int, text_space.Array]]:
        """Of those among these words that the vocabulary has."""
        words = list(words)
        if lacking := [word for word in words if word not in self._known]:
            self._known |= dict.fromkeys(lacking)
            rows = VocabularyWord.objects.filter(vocabulary=self._vocabulary, word__in=lacking)
            for word, number, packed in rows.values_list("word", "number", "vector"):
                self._known[word] = number, np.frombuffer(packed, text_space.PACKED_WORD)
        return {word: known for word in words if (known := self._known[word]) is not None}


def write(ids: Sequence[int], vectors: WordVectors | None = None, *, vocabulary: int | None = None) -> None:
    """Write the rows of these profiles, in one vocabulary (whose `vectors` may be known) or in all."""
    rows = _rows(ids, vectors, vocabulary)
    RankingText.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["vocabulary", "profile"], update_fields=_VALUES
    )


def differing() -> set[int]:
    """Published profiles whose rows are not what they should be."""
    wrong: set[int] = set()
    published = list(Profile.objects.published().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(published), BATCH_SIZE):
        ids = published[start : start + BATCH_SIZE]
        should = {(row.vocabulary_id, row.profile_id): _values(row) for row in _rows(ids, None, None)}
        found = {
            (row.vocabulary_id, row.profile_id): _values(row) for row in RankingText.objects.filter(profile__in=ids)
        }
        wrong |= {key[1] for key in should.keys() | found.keys() if should.get(key) != found.get(key)}
    return wrong


def _rows(ids: Iterable[int], vectors: WordVectors | None, vocabulary: int | None) -> list[RankingText]:
    with connection.cursor() as cursor:
        cursor.execute(statement("texts"), {"ids": list(ids), "vocabulary": vocabulary})
        found = cursor.fetchall()
    stems = {profile: stems_of(text) for profile, _vocabulary, text, _weight in found}
    words = {word for text in stems.values() for word in text}
    known = {number: (vectors or WordVectors(number)).of(words) for number in {row[1] for row in found}}
    return [
        RankingText(
            profile_id=profile, seeks_weight=weight, **columns(stems[profile], known[number]), vocabulary_id=number
        )
        for profile, number, _text, weight in found
    ]


def columns(text: Counter[str], known: dict[str, tuple[int, text_space.Array]]) -> dict[str, object]:
    """What is stored of a text, by column."""
    vectors = {word: known[word][1] for word in text if word in known}
    vector = text_space.vector_of(text, vectors)
    ones, twos, fours, eights = text_space.planes_of(vector)
    numbers = sorted(known[word][0] for word in vectors)
    return {
        "words": np.array(numbers, ">u2").tobytes(),
        "ones": ones,
        "twos": twos,
        "fours": fours,
        "eights": eights,
        "square": text_space.square_of(vector),
    }


def _values(row: RankingText) -> tuple[object, ...]:
    return bytes(row.words), *(getattr(row, name) for name in _VALUES[1:])
