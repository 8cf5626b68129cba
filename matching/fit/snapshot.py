"""An in-process snapshot of the rows that ranks like `ranking.sql`, sooner; it must equal it.

Before each answer it asks PostgreSQL for the rows it has not seen: those written by transactions that its last
snapshot did not show as done. So it is never stale, nobody waits for anybody, and it needs no message from whoever
writes. In a transaction that has written it stands back (`None`): what may still be undone must not get in.

A process that serves pages calls `load_in_background`: all rows are then loaded by a thread, when the process starts
and whenever a new vocabulary has taken over, and the snapshot stands back meanwhile. Any other process loads them when
it first asks.
"""

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from threading import Lock, Thread
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from matching.fit import arrays, text_space
from matching.fit.criteria import CRITERIA
from matching.fit.fit import time_parameters
from matching.fit.item_names import ItemNames, read_names
from matching.fit.snapshot_ranking import EPOCH, Candidates, Columns, SnapshotRanking
from matching.models.ranking import DIMENSIONS

logger = logging.getLogger(__name__)
# One packed row of the database function `matching_changes`, in its order.
_PACKED = np.dtype(
    [
        *[("profile", ">i4"), ("organisation", ">i4"), ("country", ">i2")],
        *[(name, "?") for name in ("shown", "used_up", "physical", "virtual", "cross_sector")],
        *[(name, ">i4") for name in ("open_until", "dormant_from", "full_until", "first", "last")],
        ("working_days", ">i2"),
        *[("factors", ">i2", len(CRITERIA)), ("musts", ">i2")],
        *[(name, ">i4") for name in ("square", "seeks_weight")],
        # Of types there are two bytes; the other fields of `arrays.BIT_FIELDS` follow, in its order.
        *[("types", ">u2"), ("other_bits", ">u8", arrays.BITS_WIDTH - 1)],
        ("planes", "u1", (4, DIMENSIONS // 8)),
    ]
)
# What a group holds instead: all bits beside one another, the vector of the planes; and the words' numbers (bytes), the
# time zone.
_ASSEMBLED = ("types", "other_bits", "planes")
_OTHERS = {
    "bits": np.dtype((np.uint64, arrays.BITS_WIDTH)),
    "vector": np.dtype((np.int8, DIMENSIONS)),
    "words": np.dtype(object),
    "zone": np.dtype(np.int64),
}
_NEVER_FULL = -(2**31)
_NOBODY = 0  # no profile has this number
_PAUSE_SECONDS = 60  # after a load that failed: a lasting reason would load all rows for each question
_BATCH_SIZE = 5000  # rows taken in at once: in between other threads go on
_CAPACITY_FIELDS = ("full_until", "zone")
_PROPOSABLE_FIELDS = ("profile", "first", "last", "working_days", "physical", "virtual", "used_up", *_CAPACITY_FIELDS)


class _Group:
    """The rows of all visiting, or all host profiles of one generation; each field an array that grows."""

    def __init__(self) -> None:
        self.size = 0
        self.positions: dict[int, int] = {}
        self.columns: Columns = {name: _empty(name, 0) for name in _field_names()}

    def update(self, rows: Columns) -> None:
        """Write rows over those of the same profiles; new ones are added."""
        numbers = rows["profile"].tolist()
        positions = np.fromiter((self._position(number) for number in numbers), np.int64, len(numbers))
        if self.size > len(self.columns["profile"]):
            self._grow(max(self.size, 2 * len(self.columns["profile"])))
        for name, column in rows.items():
            self.columns[name][positions] = column

    def _position(self, number: int) -> int:
        position = self.positions.setdefault(number, self.size)
        self.size += position == self.size
        return position

    def _grow(self, size: int) -> None:
        for name, column in self.columns.items():
            larger = _empty(name, size)
            larger[: len(column)] = column
            self.columns[name] = larger

    def column(self, name: str) -> NDArray[Any]:
        return self.columns[name][: self.size]

    def rows_at(self, positions: NDArray[np.int64], names: Iterable[str] | None = None) -> Columns:
        return {name: self.columns[name][positions] for name in names or self.columns}

    def row_of(self, number: int) -> dict[str, Any]:
        position = self.positions[number]
        return {name: column[position] for name, column in self.columns.items()}


def _field_names() -> tuple[str, ...]:
    return *(name for name in _PACKED.names or () if name not in _ASSEMBLED), *_OTHERS


def _empty(name: str, size: int) -> NDArray[Any]:
    """In the machine's own byte order; whole numbers wide enough to be multiplied."""
    if name in _OTHERS:
        return np.zeros(size, _OTHERS[name])
    packed = _PACKED[name]
    base = packed.base
    kind = np.dtype(np.int64) if base.kind == "i" else base.newbyteorder("=")
    return np.zeros((size, *packed.shape), kind)


@dataclass(frozen=True)
class _Situation:
    """What one question to the database brought."""

    has_written: bool
    open_physical: list[int]
    open_virtual: list[int]
    hidden: list[int]


def _bits(packed: bytes) -> NDArray[np.uint64]:
    return np.frombuffer(packed, ">u8").astype(np.uint64)


class _Outdated(Exception):
    """A new vocabulary has taken over: every row has another vector, and all are to be loaded anew."""


class RankingSnapshot:
    """The snapshot of one process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rows = _Rows()
        self._loads_in_background = False
        self._loading: Thread | None = None
        self._next_attempt = 0.0  # by time.monotonic()

    def clear(self) -> None:
        """Begin with nothing: the next question loads all."""
        self._rows = _Rows()

    def load_in_background(self) -> None:
        """Load all rows in a thread, now and whenever that is due again."""
        with self._lock:
            self._loads_in_background = True
            self._start_loading()

    def ranked(self, mine: int, *, only: Iterable[int] | None = None) -> SnapshotRanking | None:
        """Everybody who may be shown to this profile, the best first. None: ask the database itself."""
        with self._lock:
            situation = self._load_changes(mine)
            return None if situation is None or situation.has_written else self._rows.rank(mine, situation, only)

    def _load_changes(self, mine: int) -> _Situation | None:
        """Take in what has changed; None where the rows can't be had at once."""
        try:
            if self._rows.is_loaded or not self._loads_in_background:
                return self._rows.load_changes(mine)
        except _Outdated:
            self.clear()
            if not self._loads_in_background:
                return self._rows.load_changes(mine)
        self._start_loading()
        return None

    def _start_loading(self) -> None:
        if (self._loading is not None and self._loading.is_alive()) or time.monotonic() < self._next_attempt:
            return
        # Set at once: also where a thread can't be started, PostgreSQL ranks and the next minute tries again.
        self._next_attempt = time.monotonic() + _PAUSE_SECONDS
        self._loading = Thread(target=self._load, name="ranking snapshot", daemon=True)
        try:
            self._loading.start()
        except RuntimeError:
            logger.exception("No thread could be started to load the ranking's snapshot; PostgreSQL ranks meanwhile.")

    def _load(self) -> None:
        """PostgreSQL ranks until all rows are loaded; what failed is tried again by a question, after a pause."""
        rows = _Rows()
        try:
            rows.load_changes(_NOBODY)
        except Exception:
            # Whatever it was: the thread would end without a word.
            logger.exception("The ranking's snapshot could not be loaded; PostgreSQL ranks meanwhile.")
            return
        finally:
            connection.close()
        with self._lock:
            self._rows, self._next_attempt = rows, 0.0


class _Rows:
    """The rows as the last question to the database has found them."""

    def __init__(self) -> None:
        self._seen: str | None = None
        self._vocabulary: int | None = None
        self._groups: dict[tuple[int, bool], _Group] = {}
        self._group_of: dict[int, tuple[int, bool]] = {}
        self._zones: list[ZoneInfo] = []
        self._rare: dict[str, Any] = {}
        self._scale = 1.0
        self._names = ItemNames({}, {})

    @property
    def is_loaded(self) -> bool:
        return self._seen is not None

    # --- loading changes ----------------------------------------------------------------------

    def load_changes(self, mine: int) -> _Situation | None:
        """Take in what has changed, everything at first, and say how things are for this profile.

        None where a new vocabulary takes over this moment. Raises `_Outdated` where one has taken over since all was
        loaded. In a transaction that has written nothing is taken in.
        """
        batches = self._fetch_changes(mine)
        first = next(batches, None)
        if not first:
            return None
        pg_snapshot, has_written, vocabulary, physical, virtual, hidden, has_new_names, *_changed = first[0]
        situation = _Situation(has_written, physical, virtual, hidden)
        if has_written:
            return situation
        if vocabulary != self._vocabulary:
            if self.is_loaded:
                raise _Outdated
            if not self._load_vocabulary(vocabulary):
                return None
        if has_new_names:
            self._names = read_names(vocabulary=vocabulary)
        for rows in chain([first], batches):
            self._store([row[7:] for row in rows if row[7] is not None])
        self._seen = pg_snapshot
        return situation

    def _fetch_changes(self, mine: int) -> Iterator[list[tuple[Any, ...]]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM matching_changes(%s::pg_snapshot, %s)", [self._seen, mine])
            while rows := cursor.fetchmany(_BATCH_SIZE):
                yield rows

    def _load_vocabulary(self, vocabulary: int) -> bool:
        """What the topics weigh in this vocabulary; False when it is gone."""
        names = ("rare_topics", "rarest_topics")
        with connection.cursor() as cursor:
            bits = ", ".join(f"substring(bit_send({name}) FROM 5)" for name in names)
            cursor.execute(f"SELECT text_scale, {bits} FROM matching_vocabulary WHERE id = %s", [vocabulary])
            row = cursor.fetchone()
        if row is None:
            return False
        self._scale, *found = row
        self._rare = {name: _bits(packed) for name, packed in zip(names, found, strict=True)}
        self._vocabulary = vocabulary
        return True

    def _store(self, rows: Sequence[Sequence[Any]]) -> None:
        groups: dict[tuple[int, bool], list[Sequence[Any]]] = {}
        for row in rows:
            number, generation, visiting, *_rest = row
            self._group_of[number] = (generation, visiting)
            groups.setdefault((generation, visiting), []).append(row)
        for key, members in groups.items():
            self._groups.setdefault(key, _Group()).update(self._unpacked(members))

    def _unpacked(self, rows: Sequence[Sequence[Any]]) -> Columns:
        packed = np.frombuffer(b"".join(row[4] for row in rows), _PACKED)
        columns = {name: packed[name] for name in _field_names() if name not in _OTHERS}
        types = packed["types"].astype(np.uint64)[:, None] << np.uint64(48)  # as the others: counted from the left
        columns["bits"] = np.concatenate([types, packed["other_bits"]], axis=1)
        columns["vector"] = text_space.from_planes(*np.moveaxis(packed["planes"], 1, 0))
        columns["words"] = np.array([bytes(row[5]) for row in rows], object)
        columns["zone"] = np.array([self._zone(row[3]) for row in rows])
        return columns

    def _zone(self, name: str) -> int:
        zone = ZoneInfo(name)
        if zone not in self._zones:
            self._zones.append(zone)
        return self._zones.index(zone)

    # --- ranking -----------------------------------------------------------------------------

    def rank(self, mine: int, situation: _Situation, only: Iterable[int] | None) -> SnapshotRanking:
        """Everybody who may be shown to this profile, the best first."""
        key = self._group_of.get(mine)
        others = self._groups.get((key[0], not key[1])) if key else None
        now = time_parameters()
        today = (now["today"] - EPOCH).days
        m = self._groups[key].row_of(mine) if key else {}
        if others is None or not m or not m["shown"] or m["open_until"] < today or m["last"] < today:
            return SnapshotRanking()
        _clip_to_today(m, today)
        positions = self._admissible(m, others, today, situation, only)
        positions = positions[self._proposable(m, others, positions, situation, now)]
        o = others.rows_at(positions)
        _clip_to_today(o, today)
        if not np.all(met := arrays.musts_met(m, o)):
            o = {name: column[met] for name, column in o.items()}
        comparison = arrays.compare(m, o, self._rare, self._scale)
        results = (*arrays.scores(comparison.parts, comparison.weights), *_modalities(m, o, situation))
        return SnapshotRanking(Candidates(m, o, comparison, results, self._names))

    def _admissible(
        self, m: dict[str, Any], others: _Group, today: int, situation: _Situation, only: Iterable[int] | None
    ) -> NDArray[np.int64]:
        """The rows that pass what is asked of all of them."""
        passing = (
            others.column("shown")
            & (others.column("first") <= m["last"])
            & (others.column("last") >= max(m["first"], today))
            & (others.column("country") != m["country"])
            & (others.column("organisation") != m["organisation"])
            & (others.column("open_until") >= today)
            & (others.column("dormant_from") > today)
        )
        for number in situation.hidden:
            if (position := others.positions.get(number)) is not None:
                passing[position] = False
        positions = np.flatnonzero(passing)
        return positions if only is None else positions[np.isin(others.column("profile")[positions], list(only))]

    def _proposable(
        self,
        m: dict[str, Any],
        others: _Group,
        positions: NDArray[np.int64],
        situation: _Situation,
        now: dict[str, Any],
    ) -> NDArray[np.bool_]:
        """Which of these are free for long enough, may be met in some way, and have a place or find one."""
        o = others.rows_at(positions, _PROPOSABLE_FIELDS)
        _clip_to_today(o, (now["today"] - EPOCH).days)
        physical, virtual = _modalities(m, o, situation)
        days = arrays.weekdays(np.maximum(m["first"], o["first"]), np.minimum(m["last"], o["last"]))
        visits = self._group_of[int(m["profile"])][1]
        wanted = m["working_days"] if visits else o["working_days"]
        free = self._have_free_places(
            o if visits else {name: np.atleast_1d(m[name]) for name in _CAPACITY_FIELDS}, now["moment"]
        )
        return (physical | virtual) & (days >= wanted) & free

    def _have_free_places(self, hosts: Columns, moment: datetime) -> NDArray[np.bool_]:
        """By each host's own calendar; the day is worked out for those only whose places were all taken."""
        free = hosts["full_until"] == _NEVER_FULL
        for n in np.flatnonzero(~free):
            today = moment.astimezone(self._zones[hosts["zone"][n]]).date()
            free[n] = hosts["full_until"][n] < (today - EPOCH).days
        return free


def _clip_to_today(rows: dict[str, Any], today: int) -> None:
    """The first day of each period that is still to come; the snapshot itself holds the day that was entered."""
    rows["first"] = np.maximum(rows["first"], today)


def _modalities(m: dict[str, Any], o: Columns, situation: _Situation) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """In which way each may be proposed."""
    physical = o["physical"] & m["physical"] & ~o["used_up"] & (not m["used_up"])
    virtual = o["virtual"] & m["virtual"]
    if situation.open_physical:
        physical &= ~np.isin(o["profile"], situation.open_physical)
    if situation.open_virtual:
        virtual &= ~np.isin(o["profile"], situation.open_virtual)
    return physical, virtual


_snapshot = RankingSnapshot()
ranked = _snapshot.ranked
clear = _snapshot.clear
load_in_background = _snapshot.load_in_background
