"""Duties: rules of the to-do that are not declared on transitions yet."""

from collections.abc import Callable
from typing import Any

from cxc.access.scoped import Side
from cxc.todo.subjects import Reminder, TodoRule, TodoSubject, register
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.todo import Due, Needs, Offsets, Todo

Watch = TodoSubject
watch = register


def never(_thing: Any, _deadlines: Deadlines) -> bool:
    """For `holds` of duties that help along."""
    return False


def Duty(
    name: str,
    title: Any,
    who: tuple[Side, ...],
    is_open: Callable[[Any, Deadlines], bool],
    due: Any = None,
    due_says: Any = "",
    reminds: Offsets = (),
    words: Any = "",
    place: str = "",
    listed: bool = True,
    conflict: Any = None,
    since: Any = None,
    queue_day: Any = None,
    signs: bool = False,
    page: Any = None,
    holds: Any = None,
) -> TodoRule:
    todo = Todo(
        name,
        who,
        title,
        due=Due(due, due_says) if due else None,
        remind=reminds,
        text=words,
        anchor=place,
        page=page,
        conflict=conflict,
        since=since,
        queue_by=queue_day,
        needs=Needs.SIGN if signs else Needs.WRITE,
        blocks=holds is not never,
    )
    return (TodoRule if listed else Reminder)(todo, is_open)
