"""Worlds that many tests begin with are built once in a process; later tests get the rows of then.

A test that calls `paths.cast()` and then `paths.ready(c)` walks the same way as the test before it: a
hundred requests to the database a move. The first time it is walked, through the services. What it
wrote is kept, and put back for the next test that comes the same way: nothing else was written in its
transaction, the clock stands the same, nothing of the portal is replaced (`monkeypatch`). Whoever
comes another way builds. The numbers of the rows are those of then; sequences never go back, so they
are free. `KEEP_WORLDS=0` builds each world anew; a test compares both.
"""

import functools
import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import connection, transaction

from cxc import clock
from tests.world import rows

Given = ParamSpec("Given")
Built = TypeVar("Built")


@dataclass
class _Way:
    """How this test has come to where it stands; `written` is how much its transaction had written then."""

    keeps: bool = False
    steps: tuple[Any, ...] = ()
    written: int = 0
    start: Any = None  # the cast from which it goes on
    is_building: bool = False


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


def begin_test(*, keeps: bool, written: int = 0) -> None:
    """A new test begins, in which worlds may be taken from what is kept; `written`: by its transaction until now."""
    _memory.way = _Way(keeps=keeps and os.environ.get("KEEP_WORLDS") != "0", written=written)


def forget() -> None:
    """The numbers of rows begin anew: what is kept would stand in their way."""
    _memory.worlds.clear()


def kept(build: Callable[Given, Built]) -> Callable[Given, Built]:
    """A builder whose world is kept: of nothing but plain values and the cast that `cast()` has made."""

    @functools.wraps(build)
    def built(*args: Given.args, **kwargs: Given.kwargs) -> Built:
        way = _memory.way
        steps = _steps(way, build, args, kwargs)
        if steps is None:
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
        way.start = way.start or made
        return made

    return built


def _steps(way: _Way, build: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The way with this step, to be known by; None where it is not one to keep."""
    if not way.keeps or way.is_building or not connection.in_atomic_block or connection.needs_rollback:
        return None
    own = args[1:] if way.start is not None and args[:1] == (way.start,) and args[0] is way.start else args
    is_first = way.start is None
    if is_first == (len(own) < len(args)) or not _are_plain((*own, *kwargs.values())):
        return None
    if clock._fixed.get() is None or rows.written() != way.written:
        return None
    place = clock.now(), os.environ.get("CXC_VAR_DIR"), str(settings.MEDIA_ROOT)
    return (*way.steps, (*place, build.__qualname__, own, tuple(sorted(kwargs.items()))))


def _are_plain(values: tuple[Any, ...]) -> bool:
    return all(value is None or isinstance(value, str | int) for value in values)


def _build(way: _Way, build: Callable[[], object]) -> _World:
    """Walk it, through the services, and keep what it wrote."""
    since, before = rows.next_transaction(), rows.counts()
    queued = len(connection.run_on_commit)
    way.is_building = True
    try:
        with transaction.atomic():
            made = build()
            found = rows.taken(since, before)
    finally:
        way.is_building = False
    return _World(found, list(connection.run_on_commit[queued:]), pickle.dumps(made))
