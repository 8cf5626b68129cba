"""The portal's one source of time.

Everything that asks what time it is asks here, so that a rehearsal can move the clock and a
demo world can be lived through at its true dates. Sign-in, one-time codes and the task queue
stay on real time. Rule: docs/rules.md, Clock.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from cxc import redis_server
from cxc.redis_server import breaker

_OFFSET_KEY = "cxc:clock:offset-seconds"
_READ_AGAIN_AFTER_SECONDS = 0.5

_fixed: ContextVar[datetime | None] = ContextVar("fixed moment", default=None)
_last_read: tuple[float, timedelta] = (float("-inf"), timedelta(0))


def now() -> datetime:
    """This moment, aware, in UTC."""
    fixed = _fixed.get()
    if fixed is not None:
        return fixed
    return datetime.now(UTC) + offset()


def real_now() -> datetime:
    """This moment in UTC, wherever the clock was moved to: for seals and sign-in, which others check."""
    return datetime.now(UTC)


def today(zone: str = "UTC") -> date:
    """The date it is now in an IANA time zone."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock at an aware moment within a block. For the demo loader and tests only."""
    if moment.tzinfo is None:
        raise ValueError("clock.at() needs an aware moment.")
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)


def offset() -> timedelta:
    """How far the movable clock stands from the real one; zero where it can't be moved."""
    global _last_read
    if not settings.MOVABLE_CLOCK:
        return timedelta(0)
    read_at, value = _last_read
    if time.monotonic() - read_at > _READ_AGAIN_AFTER_SECONDS:
        value = _read_offset(value)
        _last_read = (time.monotonic(), value)
    return value


def _read_offset(known: timedelta) -> timedelta:
    """What Redis holds; while it is away, what was known before."""
    if not breaker.allows_call():
        return known
    try:
        found = redis_server.client(settings.REDIS_URL).get(_OFFSET_KEY)
    except redis_server.FAILURES as error:
        breaker.failed(error)
        return known
    breaker.worked()
    return timedelta(seconds=float(found or 0))


def move_to(moment: datetime) -> None:
    """Set the clock of every process so that it is `moment` now and runs on from there."""
    _set_offset(moment - datetime.now(UTC))


def advance(by: timedelta) -> None:
    """Move the clock of every process forward (or back, when negative)."""
    _set_offset(offset() + by)


def reset() -> None:
    """Put every process back on real time."""
    _set_offset(timedelta(0))


def _set_offset(value: timedelta) -> None:
    global _last_read
    if not settings.MOVABLE_CLOCK:
        raise RuntimeError("The clock stands fast: it moves only under CXC_MOVABLE_CLOCK=1, never in production.")
    try:
        redis_server.client(settings.REDIS_URL).set(_OFFSET_KEY, value.total_seconds())
    except redis_server.FAILURES as error:
        raise RuntimeError(f"The clock was not moved, Redis does not answer: {error}") from error
    _last_read = (float("-inf"), value)
