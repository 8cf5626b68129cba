"""The names of what profiles have in common, as the database holds them at one time."""

from collections.abc import Iterable, Mapping
from itertools import islice

from django.db import connection

from matching.fit.local_names import MAX_NAMED, Item, LocalNames
from matching.fit.sentences import Sentences
from matching.fit.translator import Translator


class ItemNames:
    """The names of all that owns a bit, and the words of a vocabulary that are shown, by their numbers."""

    def __init__(self, stored: Mapping[Item, str], words: Mapping[int, str]) -> None:
        self._stored = stored
        self._words = words
        self._sentences: dict[str | None, tuple[Sentences, Sentences]] = {}

    def words(self, numbers: Iterable[int]) -> str:
        """The first few of these words that are shown, as a list."""
        return ", ".join(islice(filter(None, map(self._words.get, numbers)), MAX_NAMED))

    def sentences(self, translate: Translator) -> tuple[Sentences, Sentences]:
        """The sentences with these names in the translator's language: on what the reader looks for, and the other."""
        if (found := self._sentences.get(translate.language)) is None:
            names = LocalNames(self._stored, translate)
            found = Sentences(names, translate, own=True), Sentences(names, translate, own=False)
            self._sentences[translate.language] = found
        return found


def read_names(words: Iterable[int] | None = None, *, vocabulary: int | None = None) -> ItemNames:
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
        rows = cursor.fetchall()
    return ItemNames(
        {(table, bit): name for table, bit, name in rows if table != "words"},
        {number: word for table, number, word in rows if table == "words"},
    )
