"""The first page of everyone who signs in: what waits for me, and where my things stand.

What is owed is derived from declarations (`cxc.todo.derive`) and stored (`cxc.todo.reconcile`), or comes from
sources of an app's own; where things stand, and dates for the calendar, come from the apps. Rule: docs/todo.md.
"""

from typing import TYPE_CHECKING

from cxc.core.lazy import lazy_names

if TYPE_CHECKING:
    from cxc.todo.dates import Dated, dated, dates_for
    from cxc.todo.items import TodoList, items_for, source
    from cxc.todo.page import TodoPage, todo_page
    from cxc.todo.rows import TodoRow
    from cxc.todo.stages import (
        MAX_STAGE_ROWS,
        STAGES,
        Stage,
        StageList,
        StageRow,
        hide_stages_of,
        stage_source,
        with_stages,
    )

__all__ = [
    "MAX_STAGE_ROWS",
    "STAGES",
    "Dated",
    "Stage",
    "StageList",
    "StageRow",
    "TodoList",
    "TodoPage",
    "TodoRow",
    "dated",
    "dates_for",
    "hide_stages_of",
    "items_for",
    "source",
    "stage_source",
    "todo_page",
    "with_stages",
]

_MODULES = ("items", "page", "rows", "stages", "dates")

if not TYPE_CHECKING:
    __getattr__ = lazy_names(__name__, _MODULES, __all__)
