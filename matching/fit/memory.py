"""The ranking once more, over a copy of the rows in this process: the same answer as `ranking.sql`, sooner.

Before each answer the copy asks PostgreSQL for the rows it has not seen: those written by transactions that its last
snapshot did not show as done. So it is never stale, nobody waits for anybody, and it needs no message from whoever
writes. In a transaction that has written it stands back (`None`): what may still be undone must not get into it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from threading import Lock
from typing import Any, overload
from zoneinfo import ZoneInfo

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from matching.enums import Criterion
from matching.fit import arrays
from matching.fit.fits import COUNTS, Fit, moment
from matching.fit.rows import statement

_EPOCH = date(2000, 1, 3)  # a Monday
_zone = cache(ZoneInfo)  # zoneinfo keeps eight itself, and reads every further one from its file again
_FACTORS = tuple(f"{criterion}_factor" for criterion in Criterion)
# One packed row of `changes.sql`, in its order.
_PACKED = np.dtype(
    [
        *[("profile", ">i4"), ("organisation", ">i4"), ("country", ">i2")],
        *[(name, "?") for name in ("shown", "used_up", "physical", "virtual", "cross_sector")],
        *[(name, ">i4") for name in ("open_until", "full_until", "first", "last")],
        ("working_days", ">i2"),
        *[(name, ">i2") for name in (*_FACTORS, "musts")],
        *[(name, ">i4") for name in ("words_weight", "seeks_weight")],
        *[("types", ">u2"), ("languages", ">u8"), ("countries", ">u8")],
        *[(name, ">u8", 2) for name in ("own_sectors", "near_sectors", "wish")],
        *[(name, ">u8", 4) for name in ("offers", "seeks")],
        ("words", ">u8", 128),
    ]
)
Columns = dict[str, NDArray[Any]]


class _Group:
    """The rows of all visiting, or all host profiles of one generation; each field an array that grows."""

    def __init__(self) -> None:
        self.size = 0
        self.places: dict[int, int] = {}
        self.columns: Columns = {name: _empty(name, 0) for name in (*_names(), "zone")}

    def take(self, rows: NDArray[Any], zones: Sequence[int]) -> None:
        """Write rows over those of the same profiles; new ones are added."""
        numbers = rows["profile"].tolist()
        places = np.fromiter((self._place(number) for number in numbers), np.int64, len(numbers))
        if self.size > len(self.columns["profile"]):
            self._grow(max(self.size, 2 * len(self.columns["profile"])))
        for name in _names():
            self.columns[name][places] = rows[name]
        self.columns["zone"][places] = zones

    def _place(self, number: int) -> int:
        place = self.places.setdefault(number, self.size)
        self.size += place == self.size
        return place

    def _grow(self, size: int) -> None:
        for name, column in self.columns.items():
            larger = _empty(name, size)
            larger[: len(column)] = column
            self.columns[name] = larger

    def all(self, name: str) -> NDArray[Any]:
        return self.columns[name][: self.size]

    def some(self, places: NDArray[np.int64]) -> Columns:
        return {name: column[places] for name, column in self.columns.items()}

    def one(self, number: int) -> dict[str, Any]:
        place = self.places[number]
        return {name: column[place] for name, column in self.columns.items()}


def _names() -> tuple[str, ...]:
    return _PACKED.names or ()


def _empty(name: str, size: int) -> NDArray[Any]:
    """In the machine's own byte order; whole numbers wide enough to be multiplied."""
    if name == "zone":
        return np.zeros(size, np.int64)
    packed = _PACKED[name]
    base = packed.base
    kind = np.dtype(np.int64) if base.kind == "i" else base.newbyteorder("=")
    return np.zeros((size, *packed.shape), kind)


@dataclass(frozen=True)
class _Asked:
    """What one question to the database brought."""

    has_written: bool
    open_physical: list[int]
    open_virtual: list[int]
    hidden: list[int]


class Ranking(Sequence[Fit]):
    """Everybody admissible in order; a fit is made when it is looked at."""

    def __init__(self, numbers: NDArray[Any], found: tuple[NDArray[Any], ...], facts: dict[str, Any], scale: float):
        self._numbers, self._found, self._facts, self._scale = numbers, found, facts, scale

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, at: int) -> Fit: ...
    @overload
    def __getitem__(self, at: slice) -> list[Fit]: ...
    def __getitem__(self, at: int | slice) -> Fit | list[Fit]:
        if isinstance(at, slice):
            return [self._fit(place) for place in range(*at.indices(len(self)))]
        return self._fit(range(len(self))[at])

    def plain(self) -> Iterator[tuple[int, float, float | None, float | None, bool, bool]]:
        """Each fit's first six fields, without what was counted: a tenth of the time where thousands are read."""
        for number, score, own, theirs, physical, virtual in zip(
            self._numbers.tolist(), *(values.tolist() for values in self._found), strict=True
        ):
            yield number, score, None if own != own else own, None if theirs != theirs else theirs, physical, virtual

    def _fit(self, n: int) -> Fit:
        score, own, theirs, physical, virtual = (values[n].item() for values in self._found)
        return Fit(
            profile_id=self._numbers[n].item(),
            score=score,
            own=None if own != own else own,
            theirs=None if theirs != theirs else theirs,
            can_physical=physical,
            can_virtual=virtual,
            counts=tuple(_plain(self._facts[name], n) for name in COUNTS),
            scale=self._scale,
        )


def _bits(packed: bytes) -> NDArray[np.uint64]:
    return np.frombuffer(packed, ">u8").astype(np.uint64)


def _plain(value: Any, n: int) -> Any:
    return value[n].item() if np.ndim(value) else np.asarray(value).item()


class Memory:
    """The copy of one process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Begin with nothing: the next question loads all."""
        self._seen: str | None = None
        self._vocabulary: int | None = None
        self._groups: dict[tuple[int, bool], _Group] = {}
        self._where: dict[int, tuple[int, bool]] = {}
        self._zones: dict[str, int] = {}
        self._rare: dict[str, Any] = {}
        self._scale = 1.0

    def ranked(self, mine: int, *, only: Iterable[int] | None = None) -> Ranking | None:
        """Everybody who may be shown to this profile, the best first. None: ask the database itself."""
        with self._lock:
            asked = self._catch_up(mine)
            return None if asked is None or asked.has_written else self._rank(mine, asked, only)

    # --- catching up -------------------------------------------------------------------------

    def _catch_up(self, mine: int) -> _Asked | None:
        rows = self._ask(mine)
        if not rows:
            return None
        snapshot, has_written, vocabulary, physical, virtual, hidden, *_changed = rows[0]
        asked = _Asked(has_written, physical, virtual, hidden)
        if has_written:
            return asked
        if vocabulary != self._vocabulary:
            if self._seen is not None:  # another one: every row's words are other bits
                self.forget()
                return self._catch_up(mine)
            self._learn(vocabulary)
        self._take([row[6:] for row in rows if row[6] is not None])
        self._seen = snapshot
        return asked

    def _ask(self, mine: int) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement("changes"), {"seen": self._seen, "mine": mine})
            return cursor.fetchall()

    def _learn(self, vocabulary: int) -> None:
        names = ("rare_topics", "rarest_topics", "rare_words", "rarest_words")
        with connection.cursor() as cursor:
            bits = ", ".join(f"substring(bit_send({name}) FROM 5)" for name in names)
            cursor.execute(f"SELECT text_scale, {bits} FROM matching_vocabulary WHERE id = %s", [vocabulary])
            self._scale, *found = cursor.fetchone()
        self._rare = {name: _bits(packed) for name, packed in zip(names, found, strict=True)}
        self._vocabulary = vocabulary

    def _take(self, rows: Sequence[Sequence[Any]]) -> None:
        groups: dict[tuple[int, bool], list[Sequence[Any]]] = {}
        for row in rows:
            number, generation, visiting, *_rest = row
            self._where[number] = (generation, visiting)
            groups.setdefault((generation, visiting), []).append(row)
        for key, members in groups.items():
            packed = np.frombuffer(b"".join(row[4] for row in members), _PACKED)
            zones = [self._zones.setdefault(row[3], len(self._zones)) for row in members]
            self._groups.setdefault(key, _Group()).take(packed, zones)

    # --- ranking -----------------------------------------------------------------------------

    def _rank(self, mine: int, asked: _Asked, only: Iterable[int] | None) -> Ranking:
        key = self._where.get(mine)
        others = self._groups.get((key[0], not key[1])) if key else None
        facts = moment()
        today = (facts["today"] - _EPOCH).days
        m = self._groups[key].one(mine) if key else {}
        if others is None or not m or not m["shown"] or m["open_until"] < today or not self._has_place(m, facts):
            return Ranking(np.zeros(0, np.int64), (np.zeros(0),) * 5, {}, self._scale)
        places = self._admissible(m, others, today, asked, only)
        o = others.some(places)
        physical, virtual = _modalities(m, o, asked)
        keep = (physical | virtual) & self._long_enough(m, o) & self._have_places(o, facts) & arrays.musts_met(m, o)
        if not keep.all():
            kept = np.flatnonzero(keep)
            o = {name: column[kept] for name, column in o.items()}
            physical, virtual = physical[kept], virtual[kept]
        counted = arrays.count(m, o, self._rare)
        both, own, theirs = arrays.scores(counted, self._scale)
        order = np.lexsort((o["profile"], -both))
        in_order = {name: value[order] if np.ndim(value) else value for name, value in counted.items()}
        found = tuple(np.broadcast_to(v, both.shape)[order] for v in (both, own, theirs, physical, virtual))
        return Ranking(o["profile"][order], found, in_order, self._scale)

    def _admissible(
        self, m: dict[str, Any], others: _Group, today: int, asked: _Asked, only: Iterable[int] | None
    ) -> NDArray[np.int64]:
        """The rows that pass what is asked of all of them."""
        passing = (
            others.all("shown")
            & (others.all("first") <= m["last"])
            & (others.all("last") >= m["first"])
            & (others.all("country") != m["country"])
            & (others.all("organisation") != m["organisation"])
            & (others.all("open_until") >= today)
        )
        for number in asked.hidden:
            if (place := others.places.get(number)) is not None:
                passing[place] = False
        places = np.flatnonzero(passing)
        return places if only is None else places[np.isin(others.all("profile")[places], list(only))]

    def _long_enough(self, m: dict[str, Any], o: Columns) -> NDArray[np.bool_]:
        days = arrays.weekdays(np.maximum(m["first"], o["first"]), np.minimum(m["last"], o["last"]))
        return days >= (m["working_days"] if self._visits(m) else o["working_days"])

    def _visits(self, m: dict[str, Any]) -> bool:
        return self._where[int(m["profile"])][1]

    def _today_by_zone(self, facts: dict[str, Any]) -> NDArray[np.int64]:
        return np.array([(facts["moment"].astimezone(_zone(zone)).date() - _EPOCH).days for zone in self._zones])

    def _has_place(self, m: dict[str, Any], facts: dict[str, Any]) -> bool:
        return bool(self._visits(m) or m["full_until"] < self._today_by_zone(facts)[m["zone"]])

    def _have_places(self, o: Columns, facts: dict[str, Any]) -> Any:
        """A visitor has no places to fill: its row says none is taken."""
        return o["full_until"] < self._today_by_zone(facts)[o["zone"]]


def _modalities(m: dict[str, Any], o: Columns, asked: _Asked) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """In which way each may be proposed."""
    physical = o["physical"] & m["physical"] & ~o["used_up"] & (not m["used_up"])
    virtual = o["virtual"] & m["virtual"]
    if asked.open_physical:
        physical &= ~np.isin(o["profile"], asked.open_physical)
    if asked.open_virtual:
        virtual &= ~np.isin(o["profile"], asked.open_virtual)
    return physical, virtual


_memory = Memory()
ranked = _memory.ranked
forget = _memory.forget
