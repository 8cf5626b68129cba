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

BATCH_SIZE = 500  # profiles whose rows are written at once
TEXT_FIELDS = ("title", "motivation", "description")
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


class VectorsByVocabulary(dict[int, WordVectors]):
    """The word vectors of each vocabulary by its number: kept by whoever writes the rows of many, some at a time."""

    def __missing__(self, vocabulary: int) -> WordVectors:
        self[vocabulary] = vectors = WordVectors(vocabulary)
        return vectors


def text_of(fields: Iterable[str]) -> str:
    """The text of a profile, of its TEXT_FIELDS."""
    return " ".join(fields)


def write(ids: Sequence[int], vocabularies: VectorsByVocabulary | None = None, *, only: int | None = None) -> None:
    """Write the rows of these profiles in every vocabulary, or in `only` this one."""
    rows = _rows(ids, VectorsByVocabulary() if vocabularies is None else vocabularies, only)
    RankingText.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["vocabulary", "profile"], update_fields=_VALUES
    )


def differing() -> set[int]:
    """Published profiles whose rows are not what they should be."""
    wrong: set[int] = set()
    vocabularies = VectorsByVocabulary()
    published = list(Profile.objects.published().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(published), BATCH_SIZE):
        ids = published[start : start + BATCH_SIZE]
        should = {(row.vocabulary_id, row.profile_id): _values(row) for row in _rows(ids, vocabularies, None)}
        found = {
            (row.vocabulary_id, row.profile_id): _values(row) for row in RankingText.objects.filter(profile__in=ids)
        }
        wrong |= {key[1] for key in should.keys() | found.keys() if should.get(key) != found.get(key)}
    return wrong


def _rows(ids: Iterable[int], vocabularies: VectorsByVocabulary, only: int | None) -> list[RankingText]:
    query = statement("texts").replace("{text_fields}", ", ".join(f"p.{field}" for field in TEXT_FIELDS))
    with connection.cursor() as cursor:
        cursor.execute(query, {"ids": list(ids), "vocabulary": only})
        found = cursor.fetchall()
    stems = {profile: stems_of(text_of(fields)) for profile, _vocabulary, _weight, *fields in found}
    words = {word for text in stems.values() for word in text}
    known = {number: vocabularies[number].of(words) for number in {row[1] for row in found}}
    return [
        RankingText(
            profile_id=profile, seeks_weight=weight, **columns(stems[profile], known[number]), vocabulary_id=number
        )
        for profile, number, weight, *_fields in found
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
