"""Parses what somebody types into a query over the search documents.

Every word must be found somewhere; "some words" in quotes in that order; -word, or -"some words", nowhere. Words
that a language leaves out (and, und, et) are asked for only when there is no other. A word that is found nowhere
is asked for by its beginning, and then by the words that look like it (`matching.search.spelling`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection

from matching.search.spelling import similar_words
from profiles.models.profile import ProfileQuerySet

_TERMS = re.compile(r'(?P<out>-?)"(?P<phrase>[^"]*)"|(?P<minus>-?)(?P<word>[^\s"]+)')

_PARSE = """
    WITH given AS (
        SELECT * FROM unnest(%s::text[], %s::boolean[], %s::boolean[]) WITH ORDINALITY AS term(raw, phrase, out, place)
    ), word AS (
        SELECT raw, phrase, out, place, cxc_folded(raw) AS folded FROM given WHERE phrase
        UNION ALL
        SELECT raw, phrase, out, place, regexp_split_to_table(cxc_folded(raw), ' ') FROM given WHERE NOT phrase
    ), asked AS (
        SELECT *, NOT phrase AND cxc_is_filler(lower(raw)) AS filler,
            CASE WHEN phrase THEN phraseto_tsquery('pg_catalog.simple', folded)
                ELSE cxc_word(folded, NOT out) END AS query,
            CASE WHEN NOT phrase AND NOT out AND length(folded) > 5
                THEN to_tsquery('pg_catalog.simple', left(folded, -2) || ':*') END AS loose
        FROM word WHERE folded <> ''
    )
    SELECT folded, phrase, out, filler, query::text,
        out OR EXISTS (SELECT 1 FROM matching_searchdocument WHERE document @@ query),
        loose::text, loose IS NOT NULL AND EXISTS (SELECT 1 FROM matching_searchdocument WHERE document @@ loose)
    FROM asked ORDER BY place
"""


@dataclass(frozen=True)
class Term:
    """A word, or several in quotes; `is_excluded`: it must not be there."""

    text: str
    is_phrase: bool = False
    is_excluded: bool = False


@dataclass(frozen=True)
class Correction:
    """A word that is found nowhere, and what is shown in its place."""

    typed: str
    shown: tuple[str, ...]


@dataclass(frozen=True)
class TextQuery:
    """`query`: a ready tsquery for `SearchDocument.document__holds`; '' asks for nothing in particular."""

    query: str = ""
    corrections: list[Correction] = field(default_factory=list)


@dataclass(frozen=True)
class _ParsedTerm:
    folded: str
    is_phrase: bool
    is_excluded: bool
    is_filler: bool
    query: str
    is_found: bool
    beginning: str | None
    is_beginning_found: bool


def terms_of(typed: str) -> Iterator[Term]:
    """The words and phrases of what was typed, in order; a lone quote counts as a blank."""
    for found in _TERMS.finditer(typed):
        if found["phrase"] is not None:
            yield Term(found["phrase"], is_phrase=True, is_excluded=bool(found["out"]))
        else:
            yield Term(found["word"], is_excluded=bool(found["minus"]))


def parse_text_query(typed: str, among: ProfileQuerySet) -> TextQuery:
    """What to ask for; `among` are the profiles from whose names a slip is put right. One query, two with a slip."""
    terms = list(_parsed(terms_of(typed)))
    if any(not (term.is_filler or term.is_excluded) for term in terms):
        terms = [term for term in terms if term.is_excluded or not term.is_filler]
    unknown_words = [term.folded for term in terms if not (term.is_found or term.is_beginning_found or term.is_phrase)]
    similar = similar_words(unknown_words, among) if unknown_words else {}
    parts = [_tsquery(term, similar.get(term.folded, ())) for term in terms if term.query]
    corrections = [Correction(term.folded, shown) for term in terms if (shown := _shown_instead(term, similar))]
    return TextQuery(" & ".join(parts), corrections)


def _parsed(terms: Iterable[Term]) -> Iterator[_ParsedTerm]:
    columns = [(term.text, term.is_phrase, term.is_excluded) for term in terms]
    if not columns:
        return
    with connection.cursor() as cursor:
        cursor.execute(_PARSE, [list(column) for column in zip(*columns, strict=True)])
        for row in cursor.fetchall():
            yield _ParsedTerm(*row)


def _shown_instead(term: _ParsedTerm, similar: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What is shown in the place of a word that is found nowhere."""
    if not term.is_found and term.is_beginning_found:
        return (f"{term.folded[:-2]}…",)
    return similar.get(term.folded, ())


def _tsquery(term: _ParsedTerm, similar: tuple[str, ...]) -> str:
    if term.is_excluded:
        return f"!({term.query})"
    if similar:
        return "(" + " | ".join(f"'{word}':*" for word in similar) + ")"
    if not term.is_found and term.is_beginning_found:
        return f"({term.beginning})"
    return "(" + " | ".join(dict.fromkeys(term.query.split(" | "))) + ")"
