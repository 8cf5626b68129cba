"""Conditions and orders on columns of names, for querysets of search sources.

Each column needs a trigram index on its folded key, such as `organisation_name_words`.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from itertools import product
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.db.models.functions import Length

from cxc.access.scoped import Actor, Scoped, VisibleQuerySet
from cxc.core.folding import Folded
from cxc.web.site_search.text import MIN_INSIDE, SearchText, can_be_misspelled

# How alike, from 0 to 1, by trigrams: “tekstil” and “textil” 0.4, “clutser” and “cluster” 0.38.
LIKENESS = 0.35


def holds_words(text: SearchText, *columns: str) -> Q:
    """Every word stands in one of these columns: inside a word, or if it is short at the beginning of one."""
    return reduce(and_, (_one_of(word, columns, tolerant=text.tolerant) for word in text.words))


def by_likeness(text: SearchText, column: str) -> list[Any]:
    """What to order by: names that begin with the text first, then shorter ones; misspelled, the most similar first."""
    if text.tolerant:
        spelled = [word for word in text.words if can_be_misspelled(word)]
        return [*(TrigramWordSimilarity(word, Folded(column)).desc() for word in spelled), column, "pk"]
    begins = When(**{f"{column}__folded__startswith": text.folded}, then=0)
    return [Case(begins, default=1, output_field=IntegerField()), Length(column), column, "pk"]


@contextmanager
def similar_words() -> Iterator[None]:
    """Within the block a tolerant text finds words from `LIKENESS` on."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(LIKENESS)])
        yield


def newest(rows: VisibleQuerySet[Any], actor: Actor, conditions: Sequence[Q], limit: int) -> list[int]:
    """The ids of the newest of these rows that the actor may see and that fulfil one of the conditions."""
    return newest_of(rows.visible_parts(actor).values(), conditions, limit) if conditions else []


def newest_of(parts: Iterable[QuerySet[Any]], conditions: Iterable[Q], limit: int) -> list[int]:
    """The ids of the newest rows in these parts of a list that fulfil one of the conditions; one query.

    Each condition is asked for in each part by itself and up to the limit: an index serves each, none all of them.
    """
    rows = [part.order_by("-pk").values_list("pk", flat=True).distinct() for part in parts]
    found = [one.filter(condition)[:limit] for one, condition in product(rows, conditions)]
    if not found:
        return []
    return sorted(set(found[0].union(*found[1:]) if found[1:] else found[0]), reverse=True)[:limit]


def labelled(model: type[Scoped], ids: Sequence[int]) -> Iterable[Any]:
    """The rows of these ids with what their labels need, the newest first; no query without ids."""
    return model.objects.filter(pk__in=ids).with_labels().order_by("-pk") if ids else ()


def _one_of(word: str, columns: tuple[str, ...], *, tolerant: bool) -> Q:
    return reduce(or_, (_stands_in(word, column, tolerant=tolerant) for column in columns))


def _stands_in(word: str, column: str, *, tolerant: bool) -> Q:
    if len(word) < MIN_INSIDE:
        return Q(**{f"{column}__folded__startswith": word}) | Q(**{f"{column}__folded__contains": f" {word}"})
    found = Q(**{f"{column}__folded_contains": word})
    if tolerant and can_be_misspelled(word):
        return found | Q(**{f"{column}__folded__trigram_word_similar": word})
    return found
