"""What a fit is made of: seven criteria, how much each holder says they matter, and the score.

One formula, three places: here (readable, for one pair), in `ranking.sql` (the truth, over all) and in `snapshot`
(a snapshot in the process, over all). Every part is a quotient of whole numbers and the operations come in the same
order, so that all three give the same number to the last bit.
"""

from collections.abc import Callable, Iterator, Mapping
from math import sqrt
from typing import NamedTuple

from matching.enums import Criterion, Importance

CRITERIA = tuple(Criterion)
# Texts whose vectors have a smaller cosine share a turn of phrase, not a subject.
LEAST_COSINE = 0.08
# How much a criterion counts before anybody says what matters; set by `./portal bench fit` on its first fifty seeds.
WEIGHTS: Mapping[Criterion, int] = {
    Criterion.TOPICS: 45,
    Criterion.SECTORS: 30,
    Criterion.TYPES: 3,
    Criterion.LANGUAGES: 3,
    Criterion.COUNTRIES: 5,
    Criterion.PERIOD: 5,
    Criterion.TEXT: 40,
}
FACTORS: Mapping[Importance, int] = {
    Importance.IGNORE: 0,
    Importance.NICE: 1,
    Importance.IMPORTANT: 3,
    Importance.MUST: 3,
}
PRIORITIES: Mapping[Criterion, Importance] = dict.fromkeys(Criterion, Importance.NICE)


class SideCounts(NamedTuple):
    """What one of the two finds at the other, in whole numbers.

    topics      weight of the topics sought, and of those among them that the other offers; a rare one counts
                twice or three times
    sectors     how many are wanted (its own where it names none); how many of them the other is in, and in
                the NACE section of (the same ones included)
    country     whether countries are wanted, and the other's among them
    days        calendar days on which it is free
    text_square squared length of the vector of its texts, 0 where none of their words is known
    factors     how much each criterion matters, 0 to 3
    """

    topics_asked: int
    topics_met: int
    sectors_asked: int
    sectors_same: int
    sectors_near: int
    cross_sector: bool
    types: int
    languages: int
    country_asked: bool
    country_met: bool
    days: int
    text_square: int
    factors: Mapping[Criterion, int]
    musts: frozenset[Criterion] = frozenset()


class Pair(NamedTuple):
    """What two profiles have in common: each one's side, and what is the same for both. Days are calendar days.

    text_product: of the vectors of both texts, below 0 where they point away from each other.
    """

    own: SideCounts
    theirs: SideCounts
    types_common: int
    languages_common: int
    days_common: int
    text_product: int

    def sides(self) -> Iterator[SideCounts]:
        yield self.own
        yield self.theirs


class Share(NamedTuple):
    """One criterion's word in one direction: how far it is met (0 to 1) and how much it weighs."""

    criterion: Criterion
    part: float
    weight: int


def shares(pair: Pair, side: SideCounts, scale: float) -> list[Share]:
    """Every criterion that has something to say for this side, those it ignores left out.

    `scale`: the likeness of texts that counts as full (`Vocabulary.text_scale`).
    """
    return [
        Share(criterion, part, WEIGHTS[criterion] * factor)
        for criterion in CRITERIA
        if (factor := side.factors[criterion]) and (part := _PARTS[criterion](pair, side, scale)) is not None
    ]


def directed_score(found: list[Share]) -> float | None:
    """How far one side's wishes are met, 0 to 1; None where nothing is left to compare."""
    weight, total = 0, 0.0
    for share in found:  # not sum(): later Pythons add floats in a way of their own
        weight, total = weight + share.weight, total + share.weight * share.part
    return total / weight if weight else None


def pair_score(own: float | None, theirs: float | None) -> float:
    """Both sides in one number, 0 to 1: their harmonic mean, so that neither can be bought with the other."""
    if own is None or theirs is None:
        return (own if theirs is None else theirs) or 0.0
    return 2 * own * theirs / (own + theirs) if own + theirs > 0 else 0.0


def unmet_musts(pair: Pair, side: SideCounts) -> frozenset[Criterion]:
    """What this side demands and does not find. What it named no wish for can't be missed."""
    found = {
        Criterion.TOPICS: side.topics_asked == 0 or side.topics_met > 0,
        Criterion.SECTORS: side.sectors_asked == 0 or side.sectors_near > 0,
        Criterion.TYPES: side.types == 0 or pair.types_common > 0,
        Criterion.LANGUAGES: side.languages == 0 or pair.languages_common > 0,
        Criterion.COUNTRIES: not side.country_asked or side.country_met,
    }
    return frozenset(criterion for criterion in side.musts if not found[criterion])


def _quotient(met: int, asked: int) -> float | None:
    return met / asked if asked else None


# How far each criterion is met for a side, 0 to 1; None where one of the two says nothing about it.
_PARTS: Mapping[Criterion, Callable[[Pair, SideCounts, float], float | None]] = {
    Criterion.TOPICS: lambda _pair, side, _scale: _quotient(side.topics_met, side.topics_asked),
    Criterion.SECTORS: lambda _pair, side, _scale: _quotient(_sectors(side), 4 * side.sectors_asked),
    Criterion.TYPES: lambda pair, _side, _scale: _quotient(pair.types_common, min(pair.own.types, pair.theirs.types)),
    Criterion.LANGUAGES: lambda pair, _side, _scale: (
        float(pair.languages_common > 0) if pair.own.languages and pair.theirs.languages else None
    ),
    Criterion.COUNTRIES: lambda _pair, side, _scale: float(side.country_met) if side.country_asked else None,
    Criterion.PERIOD: lambda pair, side, _scale: pair.days_common / side.days,
    Criterion.TEXT: lambda pair, _side, scale: _likeness(pair, scale),
}


def _sectors(side: SideCounts) -> int:
    """Quarters: four for the same division, two for one of the same section, one for another that is welcome."""
    near = side.sectors_near - side.sectors_same
    other = side.sectors_asked - side.sectors_near
    return 4 * side.sectors_same + 2 * near + (other if side.cross_sector else 0)


def _likeness(pair: Pair, scale: float) -> float | None:
    """The cosine of the two texts' vectors, `scale` and more being full; None where one of them says nothing."""
    return min(1.0, cosine(pair) / scale) if pair.own.text_square and pair.theirs.text_square else None


def cosine(pair: Pair) -> float:
    """Of the vectors of both texts; 0 where they point away from each other, or one of them says nothing."""
    return max(0, pair.text_product) / sqrt(max(pair.own.text_square * pair.theirs.text_square, 1))
