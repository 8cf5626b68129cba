"""What many tests begin with is built once in a process; later tests get a copy of its rows.

A test that calls `usual_parties()` and then `lifecycle.ready(parties)` takes the same steps as the test before it: a
hundred requests to the database. The first time they are taken, through the services. What they wrote is
cached, and restored for the next test that takes the same steps: by the same builders with the same
values, nothing else written in its transaction, the clock held at the same moment, nothing of the
portal replaced (`monkeypatch`). Whoever comes another way builds, from there on. The numbers of the
rows are those of then; `rows.restore` sees to it that new rows get higher ones. `CACHE_SCENARIOS=0` builds each world
anew; a test compares both.
"""

import functools
import os
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

from cxc import clock
from tests.factories import rows
from tests.plugin.portal import COPY_SUFFIX

Given = ParamSpec("Given")
Built = TypeVar("Built")


# What a builder may be given besides what earlier steps have made.
PLAIN = (str, int, date, Decimal, type(None))


@dataclass
class _BuildPath:
    """How this test has come to where it stands; `written` is how much its transaction had written then."""

    uses_cache: bool = False
    steps: tuple[Any, ...] = ()
    written: int | None = None  # None: not looked yet
    made: dict[int, tuple[object, str]] = field(default_factory=dict)  # by identity, each with a name told by the way
    is_building: bool = False

    def remember(self, made: object) -> None:
        """What a step has made, and the parts of it, may be given to a later one."""
        waiting = [(made, str(len(self.steps)))]
        while waiting:
            thing, name = waiting.pop()
            if isinstance(thing, PLAIN) or id(thing) in self.made:
                continue
            self.made[id(thing)] = thing, name
            waiting += [(part, f"{name}.{place}") for place, part in _parts(thing)]

    def name_of(self, given: object) -> object:
        """By what a value is known; None for one that comes from elsewhere."""
        if isinstance(given, PLAIN):
            return (given,)
        if is_dataclass(given) and not given.__dataclass_params__.frozen:
            # Parties are equal when all of them are: a test may have replaced one.
            parts = tuple(self.name_of(part) for part in vars(given).values())
            return None if None in parts else parts
        return self.made.get(id(given), (given, None))[1]


def _parts(thing: object) -> Iterator[tuple[object, object]]:
    """What a thing holds, each with its place: an exchange its visit, where that was read with it."""
    if isinstance(thing, tuple | list):
        yield from enumerate(thing)
    elif isinstance(thing, Model):
        yield from thing._state.fields_cache.items()
    elif is_dataclass(thing):
        yield from ((one.name, getattr(thing, one.name)) for one in fields(thing))


@dataclass(frozen=True)
class _Snapshot:
    rows: dict[str, str]
    on_commit: list[Any]  # what runs once the transaction commits
    built: bytes


@dataclass
class _Cache:
    path: _BuildPath = field(default_factory=_BuildPath)
    snapshots: dict[tuple[Any, ...], _Snapshot] = field(default_factory=dict)


_cache = _Cache()


def begin_test(*, uses_cache: bool, written: int | None = None) -> None:
    """A new test begins, in which the cache may be used.

    `written`: by its transaction until now; unless told, it must have written nothing when the first builder is called.
    """
    _cache.path = _BuildPath(uses_cache=uses_cache and os.environ.get("CACHE_SCENARIOS") != "0", written=written)


def clear() -> None:
    """Empty the cache: the numbers of rows begin anew, and cached rows would stand in their way."""
    _cache.snapshots.clear()


def cached(build: Callable[Given, Built]) -> Callable[Given, Built]:
    """A builder whose result is cached, when it is given plain values and what cached builders have made."""

    @functools.wraps(build)
    def built(*args: Given.args, **kwargs: Given.kwargs) -> Built:
        path = _cache.path
        if not path.uses_cache or path.is_building:
            return build(*args, **kwargs)
        steps = _steps(path, build, args, kwargs)
        if steps is None:
            path.uses_cache = False
            return build(*args, **kwargs)
        snapshot = _cache.snapshots.get(steps)
        if snapshot is None:
            snapshot = _build(path, functools.partial(build, *args, **kwargs))
            _cache.snapshots[steps] = snapshot
        else:
            rows.restore(snapshot.rows)
            for _ids, act, is_robust in snapshot.on_commit:
                transaction.on_commit(act, robust=is_robust)
        # The first time too it is a copy, so that a test sees the same whether it comes first or later.
        made: Built = pickle.loads(snapshot.built)
        path.steps, path.written = steps, rows.written()
        path.remember(made)
        return made

    return built


def _steps(path: _BuildPath, build: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The way with this step, to be known by; None where it is not one to keep."""
    moment = clock._fixed.get()
    if moment is None or not connection.in_atomic_block or connection.needs_rollback or _is_copy():
        return None
    given = [("", path.name_of(value)) for value in args]
    given += [(name, path.name_of(value)) for name, value in sorted(kwargs.items())]
    if any(name is None for _place, name in given) or not _only_cached_rows(path):
        return None
    place = moment, os.environ.get("CXC_VAR_DIR"), str(settings.MEDIA_ROOT)
    return (*path.steps, (*place, build.__module__, build.__qualname__, tuple(given)))


def _is_copy() -> bool:
    """A copy of the database gives numbers that are not free in it."""
    return str(connection.settings_dict["NAME"]).endswith(COPY_SUFFIX)


def _only_cached_rows(path: _BuildPath) -> bool:
    """Whether nothing but the steps of this way was written in the test's transaction."""
    return rows.is_untouched() if path.written is None else rows.written() == path.written


def _build(path: _BuildPath, build: Callable[[], object]) -> _Snapshot:
    """Take the step, through the services, and cache what it wrote."""
    queued = len(connection.run_on_commit)
    path.is_building = True
    try:
        with transaction.atomic():
            since, before = rows.transaction_number(), rows.counts()
            made = build()
            found = rows.written_since(since, before)
    finally:
        path.is_building = False
    return _Snapshot(found, list(connection.run_on_commit[queued:]), pickle.dumps(made))
