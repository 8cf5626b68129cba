"""A ranking made by the snapshot: arrays in order, of which a fit is built when it is read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from matching.fit.common_items import CommonItems, SideItems, common_words, word_numbers
from matching.fit.criteria import CRITERIA, Share
from matching.fit.fit import Fit, Side
from matching.fit.item_names import ItemNames

Columns = dict[str, NDArray[Any]]
EPOCH = date(2000, 1, 3)  # days are counted from this Monday
SHARED_FIELDS = ("offers", "seeks", "own_sectors", "wish", "types", "languages", "words", "first", "last", "country")


@dataclass(frozen=True)
class Candidates:
    """Those who may be shown, in no order yet: their rows, what was counted, and what came of it.

    parts, weights  of each criterion in both directions (own first) of each pair
    results         scores of the pair, own and theirs; whether the two can meet physically, and virtually
    """

    mine: dict[str, Any]
    rows: Columns
    counted: dict[str, Any]
    parts: NDArray[Any]
    weights: NDArray[Any]
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
        days_common = candidates.counted["days_common"][positions].tolist()
        is_alike = (candidates.counted["text_product"][positions] > 0).tolist()
        columns = _sides(candidates, positions, 0), _sides(candidates, positions, 1), days_common, is_alike
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


def _sides(candidates: Candidates, positions: NDArray[Any], direction: int) -> Iterator[Side]:
    """What one's own side (direction 0) looks for and finds at each of these, or theirs (1)."""
    counted, there = candidates.counted, "_there" if direction else ""
    parts = candidates.parts[:, direction, positions].T.tolist()
    weights = candidates.weights[:, direction, positions].T.tolist()
    days = _values(counted["days" + there], positions)
    is_near = _values(counted["sectors_near" + there] > 0, positions)
    welcomes_others = _values(counted["cross_sector" + there], positions)
    country_met = _values(counted["country_met" + there], positions)
    for its_parts, its_weights, *rest in zip(parts, weights, days, is_near, welcomes_others, country_met, strict=True):
        shares = zip(CRITERIA, its_parts, its_weights, strict=True)
        yield Side(tuple([Share(*share) for share in shares if share[2]]), *rest)


def _values(value: Any, positions: NDArray[Any]) -> list[Any]:
    """Of these places; one value where it is the same for all."""
    return value[positions].tolist() if np.ndim(value) else [np.asarray(value).item()] * len(positions)


def _common_items(candidates: Candidates, positions: NDArray[Any]) -> Iterator[CommonItems]:
    m = candidates.mine
    o = {name: candidates.rows[name][positions] for name in SHARED_FIELDS}
    topics = _packed_rows(m["seeks"] & o["offers"]), _packed_rows(m["offers"] & o["seeks"])
    sectors = _packed_rows(m["wish"] & o["own_sectors"]), _packed_rows(o["wish"] & m["own_sectors"])
    types, languages = _packed_rows(m["types"] & o["types"]), _packed_rows(m["languages"] & o["languages"])
    country, countries = int(m["country"]), o["country"].tolist()
    firsts = np.maximum(m["first"], o["first"]).tolist()
    lasts = np.minimum(m["last"], o["last"]).tolist()
    words = word_numbers(m["words"])
    for n, its_words in enumerate(o["words"]):
        yield CommonItems(
            SideItems(topics[0][n], sectors[0][n], countries[n]),
            SideItems(topics[1][n], sectors[1][n], country),
            types[n],
            languages[n],
            common_words(words, its_words),
            (EPOCH + timedelta(days=firsts[n]), EPOCH + timedelta(days=lasts[n])),
            candidates.names,
        )


def _packed_rows(masks: NDArray[Any]) -> list[bytes]:
    """The bits of each row as PostgreSQL packs them: counted from the left."""
    packed = masks.astype(masks.dtype.newbyteorder(">")).reshape(len(masks), -1)
    rows: list[bytes] = packed.view(f"V{packed.shape[1] * packed.itemsize}").ravel().tolist()
    return rows
