"""Worlds that many tests begin with are built once in a process; later tests get the rows of then.

A test that calls `paths.cast()` and then `paths.ready(c)` walks the same way as the test before it: a
hundred requests to the database. The first time it is walked, through the services. What it wrote is
kept, and put back for the next test that comes the same way: by the same builders with the same
values, nothing else written in its transaction, the clock held at the same moment, nothing of the
portal replaced (`monkeypatch`). Whoever comes another way builds, from there on. The numbers of the
rows are those of then; `rows.put_back` sees to it that new rows get higher ones. `KEEP_WORLDS=0` builds each world
anew; a test compares both.
"""

import functools
import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import connection, transaction

from cxc import clock
from tests.plugin.portal import COPY_SUFFIX
from tests.world import rows

Given = ParamSpec("Given")
Built = TypeVar("Built")


# What a builder may be given besides what earlier steps have made.
PLAIN = (str, int, date, Decimal, type(None))


@dataclass
class _Way:
    """How this test has come to where it stands; `written` is how much its transaction had written then."""

    invariants: bool = False
    steps: tuple[Any, ...] = ()
    written: int | None = None  # None: not looked yet
    made: list[tuple[object, str]] = field(default_factory=list)  # with a name for each, told by the way
    is_building: bool = False

    def note(self, made: object) -> None:
        """What a step has made, and the parts of it, may be given to a later one."""
        step = str(len(self.steps))
        parts = dict(enumerate(made)) if isinstance(made, tuple) else vars(made) if is_dataclass(made) else {}
        self.made += [(made, step), *((part, f"{step}.{name}") for name, part in parts.items())]

    def name_of(self, given: object) -> object:
        """By what a value is known; None for one that comes from elsewhere."""
        if isinstance(given, PLAIN):
            return (given,)
        if is_dataclass(given) and not given.__dataclass_params__.frozen:
            # A cast is who plays in it: a test may have given a part to somebody else.
            parts = tuple(self.name_of(part) for part in vars(given).values())
            return None if None in parts else parts
        return next((name for made, name in self.made if made is given), None)


@dataclass(frozen=True)
class _World:
    rows: dict[str, str]
    waiting: list[Any]  # what runs once the transaction commits
    built: bytes


@dataclass
class _Memory:
    way: _Way = field(default_factory=_Way)
    worlds: dict[tuple[Any, ...], _World] = field(default_factory=dict)


_memory = _Memory()


def begin_test(*, invariants: bool, written: int | None = None) -> None:
    """A new test begins, in which worlds may be taken from what is kept.

    `written`: by its transaction until now; unless told, it must have written nothing when the first world is wanted.
    """
    _memory.way = _Way(invariants=invariants and os.environ.get("KEEP_WORLDS") != "0", written=written)


def forget() -> None:
    """The numbers of rows begin anew: what is kept would stand in their way."""
    _memory.worlds.clear()


def kept(build: Callable[Given, Built]) -> Callable[Given, Built]:
    """A builder whose world is kept, when it is given plain values and what kept builders have made."""

    @functools.wraps(build)
    def built(*args: Given.args, **kwargs: Given.kwargs) -> Built:
        way = _memory.way
        if not way.invariants or way.is_building:
            return build(*args, **kwargs)
        steps = _steps(way, build, args, kwargs)
        if steps is None:
            way.invariants = False
            return build(*args, **kwargs)
        world = _memory.worlds.get(steps)
        if world is None:
            world = _build(way, functools.partial(build, *args, **kwargs))
            _memory.worlds[steps] = world
        else:
            rows.put_back(world.rows)
            for _ids, act, is_robust in world.waiting:
                transaction.on_commit(act, robust=is_robust)
        # The first time too it is a copy, so that a test sees the same whether it comes first or later.
        made: Built = pickle.loads(world.built)
        way.steps, way.written = steps, rows.written()
        way.note(made)
        return made

    return built


def _steps(way: _Way, build: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The way with this step, to be known by; None where it is not one to keep."""
    moment = clock._fixed.get()
    if moment is None or not connection.in_atomic_block or connection.needs_rollback or _is_copy():
        return None
    given = [("", way.name_of(value)) for value in args]
    given += [(name, way.name_of(value)) for name, value in sorted(kwargs.items())]
    if any(name is None for _place, name in given) or not _only_kept_rows(way):
        return None
    place = moment, os.environ.get("CXC_VAR_DIR"), str(settings.MEDIA_ROOT)
    return (*way.steps, (*place, build.__module__, build.__qualname__, tuple(given)))


def _is_copy() -> bool:
    """A copy of the database gives numbers that are not free in it."""
    return str(connection.settings_dict["NAME"]).endswith(COPY_SUFFIX)


def _only_kept_rows(way: _Way) -> bool:
    """Whether nothing but the steps of this way was written in the test's transaction."""
    return rows.is_untouched() if way.written is None else rows.written() == way.written


def _build(way: _Way, build: Callable[[], object]) -> _World:
    """Walk it, through the services, and keep what it wrote."""
    queued = len(connection.run_on_commit)
    way.is_building = True
    try:
        with transaction.atomic():
            since, before = rows.own_number(), rows.counts()
            made = build()
            found = rows.taken(since, before)
    finally:
        way.is_building = False
    return _World(found, list(connection.run_on_commit[queued:]), pickle.dumps(made))
