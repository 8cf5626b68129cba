"""The score of one pair in plain Python: sets and sums, lean. For the ORM's way and the plain loop."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from operator import mul
from typing import Any

from matching.enums import CAN_BE_MUST, Criterion, Importance
from matching.fit.criteria import FACTORS, WEIGHTS
from matching.models import Priorities
from profiles.models import Sector

BASE = tuple(WEIGHTS[criterion] for criterion in Criterion)
NICE = (1,) * len(BASE)


@dataclass(slots=True)
class Facts:
    """What is read of one profile. `asked`: weight of the topics that it seeks; `square`: squared length of its text's
    vector."""

    number: int
    organisation: int
    country: str
    first: date
    last: date
    working_days: int
    cross_sector: bool
    physical: bool
    virtual: bool
    types: frozenset[str]
    languages: frozenset[str]
    countries: frozenset[str]
    own: frozenset[str]
    near: frozenset[str]
    wish: frozenset[str]
    offers: frozenset[str]
    seeks: frozenset[str]
    asked: int
    vector: Sequence[int]
    square: int
    factors: tuple[int, ...] = NICE
    musts: tuple[str, ...] = ()


def near(own: Collection[str], sections: Mapping[str, str], members: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """All divisions of the sections of these."""
    return frozenset().union(*(members[sections[code]] for code in own))


def sections() -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """The section of each division, and the divisions of each."""
    of = dict(Sector.objects.values_list("code", "section"))
    return of, {one: frozenset(code for code, section in of.items() if section == one) for one in set(of.values())}


def chosen(row: Priorities | None) -> dict[str, Any]:
    """Factors and musts of a holder who said what matters."""
    if row is None:
        return {}
    said = [(criterion, getattr(row, criterion)) for criterion in Criterion]
    musts = tuple(str(c) for c, importance in said if importance == Importance.MUST and c in CAN_BE_MUST)
    return {"factors": tuple(FACTORS[Importance(importance)] for _c, importance in said), "musts": musts}


def weekdays(first: date, last: date) -> int:
    """Both included."""
    until, before = last.toordinal(), first.toordinal() - 1  # day 1 was a Monday
    return until // 7 * 5 + min(until % 7, 5) - before // 7 * 5 - min(before % 7, 5)


def has_unmet_must(a: Facts, b: Facts) -> bool:
    """Whether the one demands something that it does not find at the other."""
    found = {
        "topics": (a.seeks, b.offers),
        "sectors": (a.wish, b.near),
        "types": (a.types, b.types),
        "languages": (a.languages, b.languages),
        "countries": (a.countries, {b.country}),
    }
    return any(found[must][0] and not found[must][0] & found[must][1] for must in a.musts)


def product(a: Facts, b: Facts) -> int:
    """Of the vectors of both texts."""
    return sum(map(mul, a.vector, b.vector))


def score(a: Facts, b: Facts, levels: Mapping[str, int], text_product: int, scale: float) -> float:
    """Both sides in one number."""
    least = min(len(a.types), len(b.types))
    types = len(a.types & b.types) / least if least else None
    languages = float(not a.languages.isdisjoint(b.languages)) if a.languages and b.languages else None
    text = min(1.0, max(0, text_product) / sqrt(a.square * b.square) / scale) if a.square and b.square else None
    days = (min(a.last, b.last) - max(a.first, b.first)).days + 1
    own, theirs = (_directed(one, other, levels, types, languages, days, text) for one, other in ((a, b), (b, a)))
    if own is None or theirs is None:
        return (own if theirs is None else theirs) or 0.0
    return 2 * own * theirs / (own + theirs) if own + theirs > 0 else 0.0


def _directed(
    a: Facts,
    b: Facts,
    levels: Mapping[str, int],
    types: float | None,
    languages: float | None,
    days: int,
    text: float | None,
) -> float | None:
    topics = sum(levels[code] for code in a.seeks & b.offers) / a.asked if a.asked else None
    sectors = None
    if a.wish:
        same, close = len(a.wish & b.own), len(a.wish & b.near)
        other = len(a.wish) - close if a.cross_sector else 0
        sectors = (4 * same + 2 * (close - same) + other) / (4 * len(a.wish))
    country = float(b.country in a.countries) if a.countries else None
    period = days / ((a.last - a.first).days + 1)
    weight, total = 0, 0.0
    for part, base, factor in zip(
        (topics, sectors, types, languages, country, period, text), BASE, a.factors, strict=True
    ):
        if part is not None and factor:
            weight += base * factor
            total += base * factor * part
    return total / weight if weight else None
