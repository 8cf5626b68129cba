"""A ranking made by the snapshot: arrays in order, of which a fit is built when it is read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from matching.fit.common_items import CommonItems, common_words, word_numbers
from matching.fit.fit import COUNTS, Fit
from matching.fit.item_names import ItemNames

Columns = dict[str, NDArray[Any]]
EPOCH = date(2000, 1, 3)  # days are counted from this Monday
SHARED_FIELDS = ("offers", "seeks", "own_sectors", "wish", "types", "languages", "words", "first", "last", "country")


@dataclass(frozen=True)
class Candidates:
    """Those who may be shown, in no order yet: their rows, what was counted, and what came of it."""

    mine: dict[str, Any]
    rows: Columns
    counted: dict[str, Any]
    results: tuple[NDArray[Any], ...]
    scale: float
    names: ItemNames


class SnapshotRanking(Sequence[Fit]):
    """Everybody admissible in order; a fit is made when it is looked at."""

    def __init__(self, candidates: Candidates | None = None) -> None:
        self._candidates = candidates
        if candidates is not None:
            self._order = np.lexsort((candidates.rows["profile"], -candidates.results[0]))

    def __len__(self) -> int:
        return 0 if self._candidates is None else len(self._order)

    @overload
    def __getitem__(self, at: int) -> Fit: ...
    @overload
    def __getitem__(self, at: slice) -> list[Fit]: ...
    def __getitem__(self, at: int | slice) -> Fit | list[Fit]:
        if isinstance(at, slice):
            return self._fits(at)
        position = range(len(self))[at]
        return self._fits(slice(position, position + 1))[0]

    def scores(self) -> Iterator[tuple[int, float, float | None, float | None, bool, bool]]:
        """Each fit's first six fields, without what was counted: a tenth of the time where thousands are read."""
        return iter(() if self._candidates is None else self._scores(self._candidates, self._order))

    def _fits(self, at: slice) -> list[Fit]:
        candidates = self._candidates
        if candidates is None:
            return []
        positions = self._order[at]
        if not len(positions):
            return []
        counts = zip(*(_values(candidates.counted[name], positions) for name in COUNTS), strict=True)
        common = _common_items(candidates, positions)
        return [
            Fit(*scores, counts=numbers, scale=candidates.scale, common_items=its_common_items)
            for scores, numbers, its_common_items in zip(
                self._scores(candidates, positions), counts, common, strict=True
            )
        ]

    def _scores(
        self, candidates: Candidates, positions: NDArray[Any]
    ) -> Iterator[tuple[int, float, float | None, float | None, bool, bool]]:
        columns = (candidates.rows["profile"], *candidates.results)
        for number, score, own, theirs, physical, virtual in zip(
            *(column[positions].tolist() for column in columns), strict=True
        ):
            yield number, score, None if own != own else own, None if theirs != theirs else theirs, physical, virtual


def _values(value: Any, positions: NDArray[Any]) -> list[Any]:
    """Of these places; one value where it is the same for all."""
    return value[positions].tolist() if np.ndim(value) else [np.asarray(value).item()] * len(positions)


def _common_items(candidates: Candidates, positions: NDArray[Any]) -> Iterator[CommonItems]:
    m = candidates.mine
    o = {name: candidates.rows[name][positions] for name in SHARED_FIELDS}
    both = {
        "topics": m["seeks"] & o["offers"],
        "topics_there": m["offers"] & o["seeks"],
        "sectors": m["wish"] & o["own_sectors"],
        "sectors_there": o["wish"] & m["own_sectors"],
        "types": m["types"] & o["types"],
        "languages": m["languages"] & o["languages"],
    }
    bits = {name: set_bits_by_row(masks) for name, masks in both.items()}
    firsts = np.maximum(m["first"], o["first"]).tolist()
    lasts = np.minimum(m["last"], o["last"]).tolist()
    my_words = word_numbers(m["words"])
    for n in range(len(positions)):
        mine = {name: of[n] for name, of in bits.items()}
        mine["words"] = common_words(my_words, word_numbers(o["words"][n]))
        period = EPOCH + timedelta(days=firsts[n]), EPOCH + timedelta(days=lasts[n])
        yield CommonItems(mine, period, int(m["country"]), int(o["country"][n]), candidates.names)


def set_bits_by_row(masks: NDArray[Any]) -> list[list[int]]:
    """The numbers of the bits that are set in each row, counted from the left."""
    packed = np.ascontiguousarray(masks.astype(masks.dtype.newbyteorder(">"))).view(np.uint8).reshape(len(masks), -1)
    candidates: list[list[int]] = [[] for _ in range(len(masks))]
    width = 8 * packed.shape[1]
    for at in np.flatnonzero(np.unpackbits(packed).view(np.bool_)).tolist():
        candidates[at // width].append(at % width)
    return candidates
