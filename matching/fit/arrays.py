"""The formula of `criteria`, over arrays: one profile beside many at once, the operations in the same order.

`m` is the row of the profile that looks, `o` the rows of the others, field by field (`snapshot` packs them).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.enums import CAN_BE_MUST, Criterion
from matching.fit.conditions import MUST_BITS
from matching.fit.criteria import WEIGHTS

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
        if not np.any(demanded):
            continue
        for criterion in CAN_BE_MUST:
            asked = (demanded & MUST_BITS[criterion]) != 0
            if np.any(asked):
                met = met & (~asked | _found(criterion, a, b))
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
        **{f"{criterion}_factor": m[f"{criterion}_factor"] for criterion in Criterion},
        **{f"{criterion}_factor_there": o[f"{criterion}_factor"] for criterion in Criterion},
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


def scores(c: Mapping[str, Any], scale: float) -> tuple[Array, Array, Array]:
    """Together, own and theirs; own and theirs are not a number where a side ignores everything."""
    types = _part(c["types_common"], np.minimum(c["types"], c["types_there"]))
    languages = _truth(c["languages_common"] > 0, (c["languages"] > 0) & (c["languages_there"] > 0))
    text = _text(c, scale)
    own, theirs = (_directed(c, which, types, languages, text) for which in ("", "_there"))
    with np.errstate(invalid="ignore", divide="ignore"):
        both = np.where(own + theirs > 0, 2 * own * theirs / (own + theirs), 0.0)
    both = np.where(np.isnan(own), np.where(np.isnan(theirs), 0.0, theirs), np.where(np.isnan(theirs), own, both))
    return both, own, theirs


Part = tuple[Array, Array]


def _part(met: Any, asked: Any) -> Part:
    """A quotient, and whether there is one."""
    return met / np.maximum(asked, 1), np.asarray(asked) > 0


def _truth(holds: Any, is_asked: Any) -> Part:
    return np.asarray(holds).astype(np.float64), np.asarray(is_asked)


def text_product(theirs: Array, mine: Array) -> Array:
    """The products of many vectors with one; float32 holds each of them exactly."""
    return (theirs.astype(np.float32) @ mine.astype(np.float32)).astype(np.int64)


def text_part(product: Any, square: Any, square_there: Any, scale: float) -> Array:
    """How alike texts are: the cosine of their vectors, `scale` and more being full."""
    squares = np.maximum(square * square_there, 1).astype(np.float64)
    return np.asarray(np.minimum(1.0, np.maximum(0, product) / np.sqrt(squares) / scale))


def _text(c: Mapping[str, Any], scale: float) -> Part:
    squares = c["text_square"], c["text_square_there"]
    return text_part(c["text_product"], *squares, scale), (squares[0] > 0) & (squares[1] > 0)


def _directed(c: Mapping[str, Any], which: str, types: Part, languages: Part, text: Part) -> Array:
    near = c["sectors_near" + which] - c["sectors_same" + which]
    other = (c["sectors_asked" + which] - c["sectors_near" + which]) * c["cross_sector" + which]
    credits = 4 * c["sectors_same" + which] + 2 * near + other
    parts: dict[Criterion, Part] = {
        Criterion.TOPICS: _part(c["topics_met" + which], c["topics_asked" + which]),
        Criterion.SECTORS: _part(credits, 4 * c["sectors_asked" + which]),
        Criterion.TYPES: types,
        Criterion.LANGUAGES: languages,
        Criterion.COUNTRIES: _truth(c["country_met" + which], c["country_asked" + which]),
        Criterion.PERIOD: _part(c["days_common"], c["days" + which]),
        Criterion.TEXT: text,
    }
    total: Any = 0.0
    weight: Any = 0
    for criterion, (part, is_asked) in parts.items():
        its_weight = WEIGHTS[criterion] * c[f"{criterion}_factor{which}"] * is_asked
        total, weight = total + its_weight * part, weight + its_weight
    total, weight = np.broadcast_arrays(total, weight)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(weight > 0, total / weight, np.nan)
