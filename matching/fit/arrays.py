"""The formula of `criteria`, over arrays: one profile beside many at once, the operations in the same order.

`m` is the row of the profile that looks, `o` the rows of the others, field by field (`snapshot` packs them).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.enums import CAN_BE_MUST, Criterion
from matching.fit.conditions import MUST_BITS
from matching.fit.criteria import CRITERIA, WEIGHTS

Array = NDArray[Any]
Row = Mapping[str, Any]


def ones(bits: Array) -> Array:
    """How many bits are set in each row."""
    return np.bitwise_count(bits).sum(axis=-1, dtype=np.int64)


def weekdays(first: Array, last: Array) -> Array:
    """Weekdays from the first to the last day, both included; days since a Monday."""
    return last // 7 * 5 + np.minimum(last % 7 + 1, 5) - first // 7 * 5 - np.minimum(first % 7, 5)


def has(country: Any, wanted: Any) -> Any:
    """Whether the countries wanted hold this one; its bit is counted from the left."""
    return (wanted >> (63 - country).astype(np.uint64)) & np.uint64(1) == 1


def musts_met(m: Row, o: Row) -> Array | bool:
    """Whether both sides find what they demand."""
    met: Array | bool = True
    for a, b in ((m, o), (o, m)):
        demanded = a["musts"]
        by_anybody = np.bitwise_or.reduce(demanded, axis=None)
        for criterion in CAN_BE_MUST:
            if by_anybody & MUST_BITS[criterion]:
                met = met & ((demanded & MUST_BITS[criterion] == 0) | _found(criterion, a, b))
    return met


def _found(criterion: Criterion, a: Row, b: Row) -> Any:
    match criterion:
        case Criterion.TOPICS:
            return _none(a["seeks"]) | (a["seeks"] & b["offers"]).any(axis=-1)
        case Criterion.SECTORS:
            return _none(a["wish"]) | (a["wish"] & b["near_sectors"]).any(axis=-1)
        case Criterion.TYPES:
            return (a["types"] == 0) | ((a["types"] & b["types"]) != 0)
        case Criterion.LANGUAGES:
            return (a["languages"] == 0) | ((a["languages"] & b["languages"]) != 0)
        case _:
            return (a["countries"] == 0) | has(b["country"], a["countries"])


def _none(bits: Array) -> Any:
    return ~bits.any(axis=-1)


def count(m: Row, o: Row, rare: Row) -> dict[str, Any]:
    """What is counted of each pair: arrays, or one value where it is the same for all. `rare`: the vocabulary."""
    first, last = np.maximum(m["first"], o["first"]), np.minimum(m["last"], o["last"])
    return {
        "topics_asked": m["seeks_weight"],
        "topics_met": _weighed(o["offers"], m["seeks"], rare["rare_topics"], rare["rarest_topics"]),
        "sectors_asked": ones(m["wish"]),
        "sectors_same": ones(m["wish"] & o["own_sectors"]),
        "sectors_near": ones(m["wish"] & o["near_sectors"]),
        "cross_sector": m["cross_sector"],
        "types": np.int64(np.bitwise_count(m["types"])),
        "languages": np.int64(np.bitwise_count(m["languages"])),
        "country_asked": m["countries"] != 0,
        "country_met": has(o["country"], m["countries"]),
        "days": m["last"] - m["first"] + 1,
        "text_square": m["square"],
        "topics_asked_there": o["seeks_weight"],
        "topics_met_there": _weighed(o["seeks"], m["offers"], rare["rare_topics"], rare["rarest_topics"]),
        "sectors_asked_there": ones(o["wish"]),
        "sectors_same_there": ones(o["wish"] & m["own_sectors"]),
        "sectors_near_there": ones(o["wish"] & m["near_sectors"]),
        "cross_sector_there": o["cross_sector"],
        "types_there": np.bitwise_count(o["types"]).astype(np.int64),
        "languages_there": np.bitwise_count(o["languages"]).astype(np.int64),
        "country_asked_there": o["countries"] != 0,
        "country_met_there": has(m["country"], o["countries"]),
        "days_there": o["last"] - o["first"] + 1,
        "text_square_there": o["square"],
        "types_common": np.bitwise_count(m["types"] & o["types"]).astype(np.int64),
        "languages_common": np.bitwise_count(m["languages"] & o["languages"]).astype(np.int64),
        "days_common": last - first + 1,
        "text_product": text_product(o["vector"], m["vector"]),
        **{f"{criterion}_factor": m["factors"][n] for n, criterion in enumerate(CRITERIA)},
        **{f"{criterion}_factor_there": o["factors"][:, n] for n, criterion in enumerate(CRITERIA)},
    }


def _weighed(theirs: Array, mine: Array, rare: Array, rarest: Array) -> Array:
    """How much weighs what is shared: once each, twice where it is rare, three times where rarest."""
    shared = theirs & mine
    total = ones(shared)
    if (mine & rare).any():
        total += ones(shared & rare)
    if (mine & rarest).any():
        total += ones(shared & rarest)
    return total


def scores(parts: Array, weights: Array) -> tuple[Array, Array, Array]:
    """Together, own and theirs; own and theirs are not a number where a side ignores everything."""
    products = weights * parts
    total = products[0]
    for product in products[1:]:  # in this order: the sum of floats depends on it
        total = total + product
    weight = weights.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        own, theirs = np.where(weight > 0, total / weight, np.nan)
        both = np.where(own + theirs > 0, 2 * own * theirs / (own + theirs), 0.0)
    lone = weight.min(axis=0) == 0
    if lone.any():
        both[lone] = np.where(np.isnan(own), np.where(np.isnan(theirs), 0.0, theirs), own)[lone]
    return both, own, theirs


# Where each of these stands among the criteria.
_POSITIONS = tuple(
    CRITERIA.index(criterion)
    for criterion in (
        *(Criterion.TOPICS, Criterion.SECTORS, Criterion.TYPES, Criterion.LANGUAGES),
        *(Criterion.COUNTRIES, Criterion.PERIOD, Criterion.TEXT),
    )
)


def parts_and_weights(c: Mapping[str, Any], scale: float) -> tuple[Array, Array]:
    """Of each criterion, in both directions (own first), of each pair: its part, and what it weighs."""
    shape = len(CRITERIA), 2, len(c["text_product"])
    parts, weights, is_asked = np.empty(shape), np.empty(shape, np.int64), np.ones(shape, bool)
    for n, criterion in enumerate(CRITERIA):
        for direction, which in enumerate(("", "_there")):
            weights[n, direction] = WEIGHTS[criterion] * c[f"{criterion}_factor{which}"]
    topics, sectors, types, languages, countries, period, text = _POSITIONS
    for direction, which in enumerate(("", "_there")):
        part, asked = parts[:, direction], is_asked[:, direction]
        part[topics] = c["topics_met" + which] / np.maximum(c["topics_asked" + which], 1)
        asked[topics] = c["topics_asked" + which] > 0
        part[sectors] = _sector_quarters(c, which) / np.maximum(4 * c["sectors_asked" + which], 1)
        asked[sectors] = c["sectors_asked" + which] > 0
        part[countries], asked[countries] = c["country_met" + which], c["country_asked" + which]
        part[period] = c["days_common"] / c["days" + which]
    least = np.minimum(c["types"], c["types_there"])
    parts[types], is_asked[types] = c["types_common"] / np.maximum(least, 1), least > 0
    parts[languages] = c["languages_common"] > 0
    is_asked[languages] = (c["languages"] > 0) & (c["languages_there"] > 0)
    squares = c["text_square"], c["text_square_there"]
    parts[text] = text_part(c["text_product"], *squares, scale)
    is_asked[text] = (squares[0] > 0) & (squares[1] > 0)
    return parts, weights * is_asked


def _sector_quarters(c: Mapping[str, Any], which: str) -> Array:
    """Four for the same division, two for one of the same section, one for another that is welcome."""
    near = c["sectors_near" + which] - c["sectors_same" + which]
    other = (c["sectors_asked" + which] - c["sectors_near" + which]) * c["cross_sector" + which]
    return np.asarray(4 * c["sectors_same" + which] + 2 * near + other)


def text_product(theirs: Array, mine: Array) -> Array:
    """The products of many vectors with one; float32 holds each of them exactly."""
    return (theirs.astype(np.float32) @ mine.astype(np.float32)).astype(np.int64)


def text_part(product: Any, square: Any, square_there: Any, scale: float) -> Array:
    """How alike texts are: the cosine of their vectors, `scale` and more being full."""
    squares = np.maximum(square * square_there, 1).astype(np.float64)
    return np.asarray(np.minimum(1.0, np.maximum(0, product) / np.sqrt(squares) / scale))
