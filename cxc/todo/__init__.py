"""The first page of everyone who signs in: what waits for me, and where my things stand.

Items come from the duties (`cxc.todo.duties`) and from sources of an app's own; standings from the
apps, who holds each from the same duties; dates for the calendar likewise. Rule: screens, To-do.
"""

from cxc.todo.dates import Dated, dated, dates_for
from cxc.todo.items import Owed, TodoItem, items_for, source, survey
from cxc.todo.stages import (
    MAX_STAGE_ROWS,
    STAGES,
    Stage,
    StageList,
    StageRow,
    hide_stages_of,
    stage_source,
    stages_for,
    with_stages,
)

__all__ = [
    "MAX_STAGE_ROWS",
    "STAGES",
    "Dated",
    "Owed",
    "Stage",
    "StageList",
    "StageRow",
    "TodoItem",
    "dated",
    "dates_for",
    "hide_stages_of",
    "items_for",
    "source",
    "stage_source",
    "stages_for",
    "survey",
    "with_stages",
]
