"""Spelling: words that look like what was typed, and the names nearest to it."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Value
from django.db.models.functions import Greatest

from cxc.core.folding import folded
from matching.models import SearchDocument
from profiles.models import Country, Sector, Topic
from profiles.models.profile import ProfileQuerySet

# How alike, from 0 to 1: trigrams in common to be looked at, letters in common (twice, by both lengths) to be taken.
CANDIDATE_LIKENESS = 0.3
ACCEPTED_LIKENESS = 0.65
NAME_LIKENESS = 0.3
MAX_NAMES = 300
MIN_LENGTH = 4


def similar_words(words: Sequence[str], among: ProfileQuerySet) -> dict[str, tuple[str, ...]]:
    """For each (folded) word the words most like it, at most three: from names and cities of these profiles,
    topics, sectors and countries. Two queries."""
    long_enough = [word for word in words if len(word) >= MIN_LENGTH]
    if not long_enough:
        return {}
    known = _known_words(long_enough, among)
    return {word: found for word in long_enough if word not in known and (found := _most_similar(word, known))}


def nearest_names(typed: str, among: ProfileQuerySet, most: int = 3) -> list[str]:
    """The organisations among these profiles whose names are nearest to all that was typed; one query."""
    likeness = _likeness(Value(folded(typed)))
    rows = SearchDocument.objects.filter(profile__in=among.order_by().values("pk")).annotate(likeness=likeness)
    names = rows.filter(likeness__gte=NAME_LIKENESS).order_by("-likeness", "names")
    found = names.values_list("profile__organisation__legal_name", flat=True)[: 5 * most]
    return list(dict.fromkeys(found))[:most]


def _known_words(words: Sequence[str], among: ProfileQuerySet) -> list[str]:
    likeness = [_likeness(Value(word)) for word in words]
    best = Greatest(*likeness) if len(likeness) > 1 else likeness[0]
    rows = SearchDocument.objects.filter(profile__in=among.order_by().values("pk")).annotate(likeness=best)
    names = rows.filter(likeness__gte=CANDIDATE_LIKENESS).order_by("-likeness").values_list("names", flat=True)
    lists = [Topic.objects.values_list("name__folded"), Sector.objects.values_list("title__folded")]
    others = Country.objects.values_list("name__folded").order_by().union(*(rows.order_by() for rows in lists))
    return sorted({word for text in [*names[:MAX_NAMES], *(row[0] for row in others)] for word in text.split()})


def _likeness(typed: Any) -> TrigramWordSimilarity:
    return TrigramWordSimilarity(typed, "names")


def _most_similar(word: str, known: Sequence[str]) -> tuple[str, ...]:
    """Only the very best: the others look less like it."""
    rated = [(SequenceMatcher(None, one, word).ratio(), one) for one in known if len(one) >= MIN_LENGTH]
    best = max((rate for rate, _one in rated), default=0)
    return tuple(one for rate, one in rated if rate == best)[:3] if best >= ACCEPTED_LIKENESS else ()
