"""From what somebody types to what the search documents are asked.

Every word must be found somewhere; "some words" in quotes in that order; -word, or -"some words", nowhere. Words
that a language leaves out (and, und, et) are asked for only when there is no other. A word that is found nowhere
is asked for by its beginning, and then by the words that look like it (`matching.search.slips`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection

from matching.search.slips import look_alikes
from profiles.models.profile import ProfileQuerySet

_TERMS = re.compile(r'(?P<out>-?)"(?P<phrase>[^"]*)"|(?P<minus>-?)(?P<word>[^\s"]+)')

_ASK = """
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
    """A word, or several in quotes; `is_out`: it must not be there."""

    text: str
    is_phrase: bool = False
    is_out: bool = False


@dataclass(frozen=True)
class Slip:
    """A word that is found nowhere, and what is shown in its place."""

    typed: str
    shown: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """`query`: a ready tsquery for `SearchDocument.document__holds`; '' asks for nothing in particular."""

    query: str = ""
    slips: list[Slip] = field(default_factory=list)


@dataclass(frozen=True)
class _Asked:
    folded: str
    is_phrase: bool
    is_out: bool
    is_filler: bool
    query: str
    is_found: bool
    loose: str | None
    is_found_loosely: bool


def terms_of(typed: str) -> Iterator[Term]:
    """The words and phrases of what was typed, in order; a lone quote counts as a blank."""
    for found in _TERMS.finditer(typed):
        if found["phrase"] is not None:
            yield Term(found["phrase"], is_phrase=True, is_out=bool(found["out"]))
        else:
            yield Term(found["word"], is_out=bool(found["minus"]))


def question(typed: str, among: ProfileQuerySet) -> Question:
    """What to ask for; `among` are the profiles from whose names a slip is put right. One query, two with a slip."""
    asked = list(_ask(terms_of(typed)))
    if any(not (one.is_filler or one.is_out) for one in asked):
        asked = [one for one in asked if one.is_out or not one.is_filler]
    lost = [one.folded for one in asked if not (one.is_found or one.is_found_loosely or one.is_phrase)]
    alike = look_alikes(lost, among) if lost else {}
    parts = [_part(one, alike.get(one.folded, ())) for one in asked if one.query]
    slips = [Slip(one.folded, shown) for one in asked if (shown := _shown_for(one, alike))]
    return Question(" & ".join(parts), slips)


def _ask(terms: Iterable[Term]) -> Iterator[_Asked]:
    columns = [(term.text, term.is_phrase, term.is_out) for term in terms]
    if not columns:
        return
    with connection.cursor() as cursor:
        cursor.execute(_ASK, [list(column) for column in zip(*columns, strict=True)])
        for row in cursor.fetchall():
            yield _Asked(*row)


def _shown_for(one: _Asked, alike: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What is shown in the place of a word that is found nowhere."""
    if not one.is_found and one.is_found_loosely:
        return (f"{one.folded[:-2]}…",)
    return alike.get(one.folded, ())


def _part(one: _Asked, alike: tuple[str, ...]) -> str:
    if one.is_out:
        return f"!({one.query})"
    if alike:
        return "(" + " | ".join(f"'{word}':*" for word in alike) + ")"
    if not one.is_found and one.is_found_loosely:
        return f"({one.loose})"
    return "(" + " | ".join(dict.fromkeys(one.query.split(" | "))) + ")"
