"""The formula of `criteria`, over arrays: one profile beside many at once, the operations in the same order.

`m` is the row of the profile that looks, `o` the rows of the others, field by field (`snapshot` packs them). Where an
array has an axis for the direction, one's own side comes first.
"""

from collections.abc import Mapping
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.enums import CAN_BE_MUST, Criterion
from matching.fit.conditions import MUST_BITS
from matching.fit.criteria import CRITERIA, LEAST_COSINE, WEIGHTS

Array = NDArray[Any]
Row = Mapping[str, Any]


def _columns(widths: Mapping[str, int]) -> dict[str, slice]:
    """Where each of these begins and ends when they stand beside one another."""
    ends = accumulate(widths.values())
    return {name: slice(end - width, end) for (name, width), end in zip(widths.items(), ends, strict=True)}


# A row's bit strings stand beside one another in one field, `bits`: so many numbers of 64 bits each.
BIT_FIELDS = {
    "types": 1,
    "languages": 1,
    "countries": 1,
    "own_sectors": 2,
    "near_sectors": 2,
    "wish": 2,
    "offers": 4,
    "seeks": 4,
}
BIT_COLUMNS = _columns(BIT_FIELDS)
BITS_WIDTH = sum(BIT_FIELDS.values())

# One matrix holds what is shared, so that few operations count all of it: which bits of `m` are compared with which
# of each other. Topics count once, again where they are rare, and again where they are rarest.
_COMPARED = {
    "topics": ("seeks", "offers"),
    "topics_there": ("offers", "seeks"),
    "rare_topics": ("rare_seeks", "offers"),
    "rare_topics_there": ("rare_offers", "seeks"),
    "rarest_topics": ("rarest_seeks", "offers"),
    "rarest_topics_there": ("rarest_offers", "seeks"),
    "sectors": ("wish", "own_sectors"),
    "sectors_there": ("own_sectors", "wish"),
    "near_sectors": ("wish", "near_sectors"),
    "near_sectors_there": ("near_sectors", "wish"),
    "types": ("types", "types"),
    "languages": ("languages", "languages"),
    "all_sectors_there": ("all", "wish"),
    "all_types_there": ("all", "types"),
    "all_languages_there": ("all", "languages"),
}
SHARED_COLUMNS = _columns({name: BIT_FIELDS[theirs] for name, (_mine, theirs) in _COMPARED.items()})
_STARTS = [columns.start for columns in SHARED_COLUMNS.values()]
_FIELD_STARTS = [columns.start for columns in BIT_COLUMNS.values()]
# Beside the bits of `m` stand its topics of each level of rarity, and all bits there are.
_TOPICS_BY_LEVEL = {"rare_seeks": 4, "rarest_seeks": 4, "rare_offers": 4, "rarest_offers": 4}
_ALL = np.full(4, 2**64 - 1, np.uint64)
_MY_FIELDS = _columns(BIT_FIELDS | _TOPICS_BY_LEVEL | {"all": len(_ALL)})
_THEIR_COLUMNS = np.concatenate([np.r_[BIT_COLUMNS[theirs]] for _mine, theirs in _COMPARED.values()])
_MY_COLUMNS = np.concatenate([np.r_[_MY_FIELDS[mine]][: BIT_FIELDS[theirs]] for mine, theirs in _COMPARED.values()])
_WEIGHTS = np.array([WEIGHTS[criterion] for criterion in CRITERIA])
# Where each of these stands among the criteria.
TOPICS, SECTORS, TYPES, LANGUAGES, COUNTRIES, PERIOD, TEXT = (
    CRITERIA.index(criterion)
    for criterion in (
        *(Criterion.TOPICS, Criterion.SECTORS, Criterion.TYPES, Criterion.LANGUAGES),
        *(Criterion.COUNTRIES, Criterion.PERIOD, Criterion.TEXT),
    )
)


class Comparison(NamedTuple):
    """What one profile and each of the others have in common.

    shared          bits that both have, in `SHARED_COLUMNS`; a row for each pair
    met, asked      whole numbers by criterion, direction and pair: a part is their quotient, but for the text
    is_near         by direction and pair, whether the other is in the NACE section of a sector looked for
    is_alike        by pair, whether the two texts are about related subjects
    parts, weights  by criterion, direction and pair
    """

    shared: Array
    met: Array
    asked: Array
    is_near: Array
    is_alike: Array
    parts: Array
    weights: Array


def weekdays(first: Array, last: Array) -> Array:
    """Weekdays from the first to the last day, both included; days since a Monday."""
    return last // 7 * 5 + np.minimum(last % 7 + 1, 5) - first // 7 * 5 - np.minimum(first % 7, 5)


def has(country: Any, wanted: Any) -> Any:
    """Whether the countries wanted hold this one; its bit is counted from the left."""
    return (wanted >> (63 - country).astype(np.uint64)) & np.uint64(1) == 1


# What a must compares: bits that the one names with bits of the other.
_FOUND = {
    Criterion.TOPICS: ("seeks", "offers"),
    Criterion.SECTORS: ("wish", "near_sectors"),
    Criterion.TYPES: ("types", "types"),
    Criterion.LANGUAGES: ("languages", "languages"),
}


def musts_met(m: Row, o: Row) -> Array | bool:
    """Whether both sides find what they demand."""
    met: Array | bool = True
    if not (m["musts"] or o["musts"].any()):
        return met
    for a, b in ((m, o), (o, m)):
        demanded = a["musts"]
        by_anybody = np.bitwise_or.reduce(demanded, axis=None)
        for criterion in CAN_BE_MUST:
            if by_anybody & MUST_BITS[criterion]:
                met = met & ((demanded & MUST_BITS[criterion] == 0) | _found(criterion, a, b))
    return met


def _found(criterion: Criterion, a: Row, b: Row) -> Any:
    if criterion == Criterion.COUNTRIES:
        return (_countries(a) == 0) | has(b["country"], _countries(a))
    asked, found = (row["bits"][..., BIT_COLUMNS[name]] for row, name in zip((a, b), _FOUND[criterion], strict=True))
    return ~asked.any(axis=-1) | (asked & found).any(axis=-1)


def _countries(row: Row) -> Any:
    return row["bits"][..., BIT_COLUMNS["countries"].start]


def compare(m: Row, o: Row, rare: Row, scale: float) -> Comparison:
    """Every criterion of each pair. `rare`: which topics are rare; `scale`: which likeness of texts counts as full."""
    shared = o["bits"][:, _THEIR_COLUMNS] & _compared_bits(m["bits"], rare)
    met, asked, near = _met_and_asked(m, o, shared)
    parts = met / np.maximum(asked, 1)
    product = text_product(o["vector"], m["vector"])
    cosines = cosine(product, m["square"], o["square"])
    parts[TEXT] = np.minimum(1.0, cosines / scale)
    weights = np.empty(parts.shape, np.int64)
    weights[:, 0] = (_WEIGHTS * m["factors"])[:, None]
    weights[:, 1] = (_WEIGHTS * o["factors"]).T
    return Comparison(shared, met, asked, near > 0, cosines >= LEAST_COSINE, parts, weights * (asked > 0))


def _met_and_asked(m: Row, o: Row, shared: Array) -> tuple[Array, Array, Array]:
    """`met` and `asked` of a comparison (nothing is met of the text), and how many sectors are near."""
    counts = np.add.reduceat(np.bitwise_count(shared), _STARTS, axis=1, dtype=np.int64)
    counted = dict(zip(_COMPARED, counts.T, strict=True))
    my_counts = np.add.reduceat(np.bitwise_count(m["bits"]), _FIELD_STARTS, dtype=np.int64)
    of_mine = dict(zip(BIT_FIELDS, my_counts.tolist(), strict=True))
    shape = len(CRITERIA), 2, len(shared)
    met, asked, near = np.zeros(shape, np.int64), np.empty(shape, np.int64), np.empty(shape[1:], np.int64)
    met[TYPES], met[LANGUAGES] = counted["types"], counted["languages"] > 0
    asked[TYPES] = np.minimum(of_mine["types"], counted["all_types_there"])
    asked[LANGUAGES] = np.minimum(of_mine["languages"], counted["all_languages_there"]) > 0
    asked[TEXT] = (o["square"] > 0) & (m["square"] > 0)
    met[PERIOD] = np.minimum(m["last"], o["last"]) - np.maximum(m["first"], o["first"]) + 1
    wished = of_mine["wish"], counted["all_sectors_there"]
    for direction, (a, b, which) in enumerate(((m, o, ""), (o, m, "_there"))):
        topics, rare, rarest = (counted[f"{level}topics{which}"] for level in ("", "rare_", "rarest_"))
        met[TOPICS, direction], asked[TOPICS, direction] = topics + rare + rarest, a["seeks_weight"]
        same, near[direction] = counted["sectors" + which], counted["near_sectors" + which]
        met[SECTORS, direction] = _sector_quarters(same, near[direction], wished[direction], a["cross_sector"])
        asked[SECTORS, direction] = 4 * wished[direction]
        met[COUNTRIES, direction] = has(b["country"], _countries(a))
        asked[COUNTRIES, direction] = _countries(a) != 0
        asked[PERIOD, direction] = a["last"] - a["first"] + 1
    return met, asked, near


def _sector_quarters(same: Array, near: Array, asked: Any, cross_sector: Any) -> Array:
    """Four for the same division, two for one of the same section, one for another that is welcome."""
    return np.asarray(4 * same + 2 * (near - same) + (asked - near) * cross_sector)


def _compared_bits(mine: Array, rare: Row) -> Array:
    """The bits of the one who looks, in `SHARED_COLUMNS`."""
    seeks, offers = mine[BIT_COLUMNS["seeks"]], mine[BIT_COLUMNS["offers"]]
    levels = rare["rare_topics"], rare["rarest_topics"]
    of_topics = (topics & level for topics in (seeks, offers) for level in levels)
    return np.concatenate([mine, *of_topics, _ALL])[_MY_COLUMNS]


def scores(parts: Array, weights: Array) -> tuple[Array, Array, Array]:
    """Together, own and theirs; own and theirs are not a number where a side ignores everything."""
    products = weights * parts
    total = products[0]
    for product in products[1:]:  # in this order: the sum of floats depends on it
        total = total + product
    weight = weights.sum(axis=0)
    own, theirs = total / np.maximum(weight, 1)
    sums = own + theirs
    both = 2 * own * theirs / np.where(sums > 0, sums, 1.0)
    ignores = weight == 0
    if ignores.any():
        both = np.where(ignores.any(axis=0), sums, both)  # what is left is one side's, or nothing
        own, theirs = np.where(ignores, np.nan, (own, theirs))
    return both, own, theirs


def text_product(theirs: Array, mine: Array) -> Array:
    """The products of many vectors with one; float32 holds each of them exactly."""
    return (theirs.astype(np.float32) @ mine.astype(np.float32)).astype(np.int64)


def text_part(product: Any, square: Any, square_there: Any, scale: float) -> Array:
    """How alike texts are: the cosine of their vectors, `scale` and more being full."""
    return np.asarray(np.minimum(1.0, cosine(product, square, square_there) / scale))


def cosine(product: Any, square: Any, square_there: Any) -> Array:
    """Of the vectors of texts; 0 where they point away from each other."""
    squares = np.maximum(square * square_there, 1).astype(np.float64)
    return np.asarray(np.maximum(0, product) / np.sqrt(squares))
