"""A ranking made by the snapshot: arrays in order, of which a fit is built when it is read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from matching.fit.arrays import COUNTRIES, PERIOD, SHARED_COLUMNS, Comparison
from matching.fit.common_items import CommonItems, SideItems, common_words, word_numbers
from matching.fit.fit import Fit, Side
from matching.fit.item_names import ItemNames

Columns = dict[str, NDArray[Any]]
EPOCH = date(2000, 1, 3)  # days are counted from this Monday
# Where these stand in a row of `Comparison.shared`, in bytes.
_BYTES = {
    name: (8 * SHARED_COLUMNS[name].start, 8 * SHARED_COLUMNS[name].stop)
    for name in ("topics", "topics_there", "sectors", "sectors_there", "types", "languages")
}


@dataclass(frozen=True)
class Candidates:
    """Those who may be shown, in no order yet: their rows, how they compare, and what came of it.

    results  scores of the pair, own and theirs; whether the two can meet physically, and virtually
    """

    mine: dict[str, Any]
    rows: Columns
    comparison: Comparison
    results: tuple[NDArray[Any], ...]
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
        comparison = candidates.comparison
        days_common = comparison.met[PERIOD, 0, positions].tolist()
        is_alike = comparison.is_alike[positions].tolist()
        columns = *_sides(candidates, positions), days_common, is_alike
        return [
            Fit(*scores, *rest)
            for scores, *rest in zip(
                self._scores(candidates, positions), *columns, _common_items(candidates, positions), strict=True
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


def _sides(candidates: Candidates, positions: NDArray[Any]) -> Iterator[Iterator[Side]]:
    """What one's own side looks for and finds at each of these, and what theirs does."""
    comparison = candidates.comparison
    weights = comparison.weights[:, :, positions].transpose(1, 2, 0)
    parts = np.where(weights > 0, comparison.parts[:, :, positions].transpose(1, 2, 0), 0.0)
    columns = (
        *(parts.tolist(), weights.tolist(), comparison.asked[PERIOD][:, positions].tolist()),
        comparison.is_near[:, positions].tolist(),
        ([bool(candidates.mine["cross_sector"])] * len(positions), candidates.rows["cross_sector"][positions].tolist()),
        (comparison.met[COUNTRIES][:, positions] > 0).tolist(),
    )
    for its_parts, its_weights, *rest in zip(*columns, strict=True):
        yield map(Side, map(tuple, its_parts), map(tuple, its_weights), *rest)


def _common_items(candidates: Candidates, positions: NDArray[Any]) -> Iterator[CommonItems]:
    mine, rows = candidates.mine, candidates.rows
    shared = candidates.comparison.shared[positions].astype(">u8")  # as PostgreSQL packs bits: counted from the left
    firsts = np.maximum(mine["first"], rows["first"][positions]).tolist()
    lasts = np.minimum(mine["last"], rows["last"][positions]).tolist()
    country, countries = int(mine["country"]), rows["country"][positions].tolist()
    my_words, words = frozenset(word_numbers(mine["words"])), rows["words"][positions]
    packed, width = shared.tobytes(), shared[0].nbytes
    for n in range(len(positions)):
        topics, topics_there, sectors, sectors_there, types, languages = (
            packed[n * width + first : n * width + last] for first, last in _BYTES.values()
        )
        yield CommonItems(
            SideItems(topics, sectors, countries[n]),
            SideItems(topics_there, sectors_there, country),
            types,
            languages,
            common_words(my_words, words[n]),
            (EPOCH + timedelta(days=firsts[n]), EPOCH + timedelta(days=lasts[n])),
            candidates.names,
        )
