"""Most tests perform many transitions and seldom read the to-do: there it is derived when it is read.

Tests marked `reconciles` derive it at the end of each unit of work, as the portal does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cxc.core.compiled_queries import CompiledOnce
from cxc.todo import reconcile, stored
from cxc.todo.models import TodoItemQuerySet
from cxc.workflow import unit_of_work


@contextmanager
def derived_when_read() -> Iterator[None]:
    """Within the block the to-do is derived just before stored items are read, not when something changes."""
    steps, read, ask = list(unit_of_work._last_steps), TodoItemQuerySet.visible_at, CompiledOnce.__call__

    def visible_at(self: TodoItemQuerySet, now: Any) -> TodoItemQuerySet:
        reconcile.work_off()
        return read(self, now)

    def ask_after_deriving(self: CompiledOnce, *shape: Any, **values: Any) -> list[Any]:
        if self.__module__ == stored.__name__:  # compiled before: it does not pass `visible_at` again
            reconcile.work_off()
        return ask(self, *shape, **values)

    unit_of_work._last_steps.clear()
    TodoItemQuerySet.visible_at = visible_at  # type: ignore[method-assign]
    CompiledOnce.__call__ = ask_after_deriving  # type: ignore[method-assign]
    try:
        yield
    finally:
        unit_of_work._last_steps[:] = steps
        TodoItemQuerySet.visible_at = read  # type: ignore[method-assign]
        CompiledOnce.__call__ = ask  # type: ignore[method-assign]
