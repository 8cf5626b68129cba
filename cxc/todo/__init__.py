"""The first page of everyone who signs in: what waits for me, and where my things stand.

Items come from the duties (`cxc.todo.duties`) and from sources of an app's own; standings from the
apps, who holds each from the same duties; dates for the calendar likewise. Rule: screens, To-do.
"""

from cxc.todo.dates import Dated, dated, dates_for
from cxc.todo.items import Owed, TodoItem, items_for, source, survey
from cxc.todo.standings import (
    MOST_STANDING,
    STAGES,
    Stage,
    Standing,
    StandingList,
    leave_out,
    left_in,
    standing,
    standings_for,
)

__all__ = [
    "MOST_STANDING",
    "STAGES",
    "Dated",
    "Owed",
    "Stage",
    "Standing",
    "StandingList",
    "TodoItem",
    "dated",
    "dates_for",
    "items_for",
    "leave_out",
    "left_in",
    "source",
    "standing",
    "standings_for",
    "survey",
]
