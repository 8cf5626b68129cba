"""One transaction with what has to be done last in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

LastStep = Callable[[], None]

_is_open: ContextVar[bool] = ContextVar("a unit of work is open", default=False)
_last_steps: list[LastStep] = []


def last_step(function: LastStep) -> LastStep:
    """Run the function at the end of every unit of work, before its transaction commits."""
    if function not in _last_steps:
        _last_steps.append(function)
    return function


@contextmanager
def unit_of_work() -> Iterator[None]:
    """A transaction; the outermost one runs the last steps. For everything that performs transitions.

    Every service that writes what somebody's to-do depends on opens one, so that the last steps, which take
    locks, come after all its own.
    """
    with transaction.atomic():
        is_outermost = not _is_open.get()
        token = _is_open.set(True)
        try:
            yield
            if is_outermost:
                for step in _last_steps:
                    step()
        finally:
            _is_open.reset(token)
