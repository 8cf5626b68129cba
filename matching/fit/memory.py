"""The ranking once more, over a copy of the rows in this process: the same answer as `ranking.sql`, sooner.

Before each answer the copy asks PostgreSQL for the rows it has not seen: those written by transactions that its last
snapshot did not show as done. So it is never stale, nobody waits for anybody, and it needs no message from whoever
writes. In a transaction that has written it stands back (`None`): what may still be undone must not get into it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from matching.enums import Criterion
from matching.fit import arrays
from matching.fit.fits import moment
from matching.fit.in_order import EPOCH, Columns, Found, Ranking
from matching.fit.shared import Names, read_names

_FACTORS = tuple(f"{criterion}_factor" for criterion in Criterion)
# One packed row of the database function `matching_changes`, in its order.
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
_NEVER_FULL = -(2**31)
_PLACES = ("full_until", "zone")
_FIRST_ASKED = ("profile", "first", "last", "working_days", "physical", "virtual", "used_up", *_PLACES)


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

    def some(self, places: NDArray[np.int64], names: Iterable[str] | None = None) -> Columns:
        return {name: self.columns[name][places] for name in names or self.columns}

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


def _bits(packed: bytes) -> NDArray[np.uint64]:
    return np.frombuffer(packed, ">u8").astype(np.uint64)


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
        self._zones: list[ZoneInfo] = []
        self._rare: dict[str, Any] = {}
        self._scale = 1.0
        self._names: Names = {}
        self._named: Any = None

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
        snapshot, has_written, vocabulary, physical, virtual, hidden, named, *_changed = rows[0]
        asked = _Asked(has_written, physical, virtual, hidden)
        if has_written:
            return asked
        if vocabulary != self._vocabulary:
            if self._seen is not None:  # another one: every row's words are other bits
                self.forget()
                return self._catch_up(mine)
            if not self._learn(vocabulary):  # a newer one has taken over this moment
                return None
        if named != self._named:
            self._names, self._named = read_names(vocabulary=vocabulary), named
        self._take([row[7:] for row in rows if row[7] is not None])
        self._seen = snapshot
        return asked

    def _ask(self, mine: int) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM matching_changes(%s::pg_snapshot, %s)", [self._seen, mine])
            return cursor.fetchall()

    def _learn(self, vocabulary: int) -> bool:
        """What the bits of this vocabulary weigh; False when it is gone."""
        names = ("rare_topics", "rarest_topics", "rare_words", "rarest_words")
        with connection.cursor() as cursor:
            bits = ", ".join(f"substring(bit_send({name}) FROM 5)" for name in names)
            cursor.execute(f"SELECT text_scale, {bits} FROM matching_vocabulary WHERE id = %s", [vocabulary])
            row = cursor.fetchone()
        if row is None:
            return False
        self._scale, *found = row
        self._rare = {name: _bits(packed) for name, packed in zip(names, found, strict=True)}
        rare, rarest = (np.unpackbits(np.frombuffer(packed, np.uint8)) for packed in found[2:])
        self._rare["levels"] = (rare + rarest).tolist()
        self._vocabulary = vocabulary
        return True

    def _take(self, rows: Sequence[Sequence[Any]]) -> None:
        groups: dict[tuple[int, bool], list[Sequence[Any]]] = {}
        for row in rows:
            number, generation, visiting, *_rest = row
            self._where[number] = (generation, visiting)
            groups.setdefault((generation, visiting), []).append(row)
        for key, members in groups.items():
            packed = np.frombuffer(b"".join(row[4] for row in members), _PACKED)
            zones = [self._zone(row[3]) for row in members]
            self._groups.setdefault(key, _Group()).take(packed, zones)

    def _zone(self, name: str) -> int:
        zone = ZoneInfo(name)
        if zone not in self._zones:
            self._zones.append(zone)
        return self._zones.index(zone)

    # --- ranking -----------------------------------------------------------------------------

    def _rank(self, mine: int, asked: _Asked, only: Iterable[int] | None) -> Ranking:
        key = self._where.get(mine)
        others = self._groups.get((key[0], not key[1])) if key else None
        facts = moment()
        today = (facts["today"] - EPOCH).days
        m = self._groups[key].one(mine) if key else {}
        if others is None or not m or not m["shown"] or m["open_until"] < today or m["last"] < today:
            return Ranking()
        _leave_out_the_past(m, today)
        places = self._admissible(m, others, today, asked, only)
        places = places[self._proposable(m, others, places, asked, facts)]
        o = others.some(places)
        _leave_out_the_past(o, today)
        if len(met := np.flatnonzero(np.broadcast_to(arrays.musts_met(m, o), places.shape))) < len(places):
            o = {name: column[met] for name, column in o.items()}
        counted = arrays.count(m, o, self._rare)
        both, own, theirs = arrays.scores(counted, self._scale)
        physical, virtual = _modalities(m, o, asked)
        results = tuple(np.broadcast_to(value, both.shape) for value in (both, own, theirs, physical, virtual))
        return Ranking(Found(m, o, counted, results, self._scale, self._rare, self._names))

    def _admissible(
        self, m: dict[str, Any], others: _Group, today: int, asked: _Asked, only: Iterable[int] | None
    ) -> NDArray[np.int64]:
        """The rows that pass what is asked of all of them."""
        passing = (
            others.all("shown")
            & (others.all("first") <= m["last"])
            & (others.all("last") >= max(m["first"], today))
            & (others.all("country") != m["country"])
            & (others.all("organisation") != m["organisation"])
            & (others.all("open_until") >= today)
        )
        for number in asked.hidden:
            if (place := others.places.get(number)) is not None:
                passing[place] = False
        places = np.flatnonzero(passing)
        return places if only is None else places[np.isin(others.all("profile")[places], list(only))]

    def _proposable(
        self, m: dict[str, Any], others: _Group, places: NDArray[np.int64], asked: _Asked, facts: dict[str, Any]
    ) -> NDArray[np.bool_]:
        """Which of these are free for long enough, may be met in some way, and have a place or find one."""
        o = others.some(places, _FIRST_ASKED)
        _leave_out_the_past(o, (facts["today"] - EPOCH).days)
        physical, virtual = _modalities(m, o, asked)
        days = arrays.weekdays(np.maximum(m["first"], o["first"]), np.minimum(m["last"], o["last"]))
        visits = self._where[int(m["profile"])][1]
        wanted = m["working_days"] if visits else o["working_days"]
        free = self._have_places(o if visits else {name: np.atleast_1d(m[name]) for name in _PLACES}, facts["moment"])
        return (physical | virtual) & (days >= wanted) & free

    def _have_places(self, hosts: Columns, moment: datetime) -> NDArray[np.bool_]:
        """By each host's own calendar; the day is worked out for those only whose places were all taken."""
        free = hosts["full_until"] == _NEVER_FULL
        for n in np.flatnonzero(~free):
            today = moment.astimezone(self._zones[hosts["zone"][n]]).date()
            free[n] = hosts["full_until"][n] < (today - EPOCH).days
        return free


def _leave_out_the_past(rows: dict[str, Any], today: int) -> None:
    """The first day of each period that is still to come; the copy itself holds the day that was entered."""
    rows["first"] = np.maximum(rows["first"], today)


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
