"""Those who may be shown, as arrays, in their order: a fit is made of them when it is looked at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from matching.fit.fits import COUNTS, Fit
from matching.fit.shared import Names, Shared

Columns = dict[str, NDArray[Any]]
EPOCH = date(2000, 1, 3)  # days are counted from this Monday
NEEDED = ("offers", "seeks", "own_sectors", "wish", "types", "languages", "words", "first", "last", "country")


@dataclass(frozen=True)
class Found:
    """Those who may be shown, in no order yet: their rows, what was counted, and what came of it."""

    mine: dict[str, Any]
    rows: Columns
    counted: dict[str, Any]
    results: tuple[NDArray[Any], ...]
    scale: float
    rare: dict[str, Any]
    names: Names


class Ranking(Sequence[Fit]):
    """Everybody admissible in order; a fit is made when it is looked at."""

    def __init__(self, found: Found | None = None) -> None:
        self._found = found
        if found is not None:
            self._order = np.lexsort((found.rows["profile"], -found.results[0]))

    def __len__(self) -> int:
        return 0 if self._found is None else len(self._order)

    @overload
    def __getitem__(self, at: int) -> Fit: ...
    @overload
    def __getitem__(self, at: slice) -> list[Fit]: ...
    def __getitem__(self, at: int | slice) -> Fit | list[Fit]:
        if isinstance(at, slice):
            return self._fits(at)
        place = range(len(self))[at]
        return self._fits(slice(place, place + 1))[0]

    def plain(self) -> Iterator[tuple[int, float, float | None, float | None, bool, bool]]:
        """Each fit's first six fields, without what was counted: a tenth of the time where thousands are read."""
        return iter(() if self._found is None else self._plain(self._found, self._order))

    def _fits(self, at: slice) -> list[Fit]:
        found = self._found
        if found is None:
            return []
        places = self._order[at]
        if not len(places):
            return []
        counts = zip(*(_values(found.counted[name], places) for name in COUNTS), strict=True)
        shared = _shared(found, places)
        return [
            Fit(*plain, counts=numbers, scale=found.scale, shared=its_shared)
            for plain, numbers, its_shared in zip(self._plain(found, places), counts, shared, strict=True)
        ]

    def _plain(
        self, found: Found, places: NDArray[Any]
    ) -> Iterator[tuple[int, float, float | None, float | None, bool, bool]]:
        columns = (found.rows["profile"], *found.results)
        for number, score, own, theirs, physical, virtual in zip(
            *(column[places].tolist() for column in columns), strict=True
        ):
            yield number, score, None if own != own else own, None if theirs != theirs else theirs, physical, virtual


def _values(value: Any, places: NDArray[Any]) -> list[Any]:
    """Of these places; one value where it is the same for all."""
    return value[places].tolist() if np.ndim(value) else [np.asarray(value).item()] * len(places)


def _shared(found: Found, places: NDArray[Any]) -> Iterator[Shared]:
    m = found.mine
    o = {name: found.rows[name][places] for name in NEEDED}
    both = {
        "topics": m["seeks"] & o["offers"],
        "topics_there": m["offers"] & o["seeks"],
        "sectors": m["wish"] & o["own_sectors"],
        "sectors_there": o["wish"] & m["own_sectors"],
        "types": m["types"] & o["types"],
        "languages": m["languages"] & o["languages"],
    }
    bits = {name: _positions(masks) for name, masks in both.items()}
    words = _positions(o["words"] & m["words"])
    levels = found.rare["levels"]
    firsts = np.maximum(m["first"], o["first"]).tolist()
    lasts = np.minimum(m["last"], o["last"]).tolist()
    for n in range(len(places)):
        mine = {name: of[n] for name, of in bits.items()}
        mine["words"] = sorted(words[n], key=lambda bit: -levels[bit])
        period = EPOCH + timedelta(days=firsts[n]), EPOCH + timedelta(days=lasts[n])
        yield Shared(mine, period, int(m["country"]), int(o["country"][n]), found.names)


def _positions(masks: NDArray[Any]) -> list[list[int]]:
    """The numbers of the bits that are set in each row, counted from the left."""
    packed = np.ascontiguousarray(masks.astype(masks.dtype.newbyteorder(">"))).view(np.uint8).reshape(len(masks), -1)
    found: list[list[int]] = [[] for _ in range(len(masks))]
    width = 8 * packed.shape[1]
    for at in np.flatnonzero(np.unpackbits(packed).view(np.bool_)).tolist():
        found[at // width].append(at % width)
    return found
