"""The number of the request that is being answered, which its log lines, error pages and tasks carry.

Rule: docs/monitoring.md, Logs.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# What a proxy makes: nginx' 32 hexadecimal digits, a UUID. Letters beyond `f` could be somebody's name.
_WELL_FORMED = re.compile(r"[0-9a-fA-F]([0-9a-fA-F-]{6,62})[0-9a-fA-F]")
_number: ContextVar[str] = ContextVar("request_number", default="")


def current() -> str:
    """The number of the request that this thread answers or works for; '' where there is none."""
    return _number.get()


def proposed_or_new(proposed: str) -> str:
    """The number that a proxy proposes, if it is well formed; otherwise a new one of sixteen digits."""
    return proposed if _WELL_FORMED.fullmatch(proposed) else secrets.token_hex(8)


@contextmanager
def of(number: str) -> Iterator[None]:
    """Inside, `current()` is this number."""
    token = _number.set(number)
    try:
        yield
    finally:
        _number.reset(token)
