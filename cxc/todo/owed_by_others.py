"""What others owe on a thing, with the button that reminds them: on the page of a match or a profile."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from cxc.access.role_labels import by_principal, words_for
from cxc.access.scoped import Actor, Side, sides_of
from cxc.todo.models import TodoItem, TodoItemQuerySet, by_task
from cxc.todo.overdue import items_seen
from cxc.todo.remind_buttons import Owed, RemindButton, remind_buttons
from cxc.todo.returns import returned_text_for
from cxc.todo.state_changes import StateChanges, state_changes_of
from cxc.todo.subjects import by_code
from cxc.todo.things import things_of
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.transitions import StatefulModel, kind_of


@dataclass(frozen=True)
class OwedByOthers:
    """One thing that others owe: what, on which thing ('' for that of the page), by whom, by when."""

    title: str
    thing: str
    who: str
    due: date | None
    is_late: bool
    returned: str
    button: RemindButton


def owed_by_others(
    page_of: StatefulModel,
    actor: Actor,
    paths: Mapping[str, str] | None = None,
    label: Callable[[Any], str] | None = None,
) -> list[OwedByOthers]:
    """What the actor sees that others owe on this thing, the soonest first; in a constant number of queries.

    paths  which kinds of things belong to the page, by the path from them to its thing; without it the thing alone
    label  what a thing is called on this page; without it as on the to-do page
    """
    deadlines, known = Deadlines(), by_code()
    paths = paths or {kind_of(page_of): "pk"}
    items = list(visible_items_on(paths, page_of, actor, deadlines).in_order())
    things, grouped = things_of(item.key for item in items), by_task(items)
    owed = [Owed(*known[code], things[kind, pk]) for kind, pk, code in grouped if (kind, pk) in things]
    theirs = [one for one in owed if not sides_of(actor, one.thing) & _sides(grouped[one.key])]
    buttons = remind_buttons(theirs, actor, deadlines)
    names = {one.key: "" if one.thing == page_of else (label or one.subject.label)(one.thing) for one in theirs}
    changes = state_changes_of((), [grouped[one.key][0] for one in theirs])
    return [_row(one, names[one.key], grouped[one.key], buttons[one.key], changes, actor, deadlines) for one in theirs]


def visible_items_on(
    paths: Mapping[str, str], page_of: StatefulModel, actor: Actor, deadlines: Deadlines
) -> TodoItemQuerySet:
    """The items that the actor sees on things of these kinds, by the path from them to the thing of a page."""

    def belonging(model: Any, permission: str) -> QuerySet:
        seen: QuerySet = model.objects.visible_to(actor, permission, few=True)
        return seen.filter(**{paths[kind_of(model)]: page_of.pk})

    found: TodoItemQuerySet = TodoItem.objects.visible_at(deadlines.now).filter(items_seen(paths, belonging))
    return found


def _sides(items: Iterable[Any]) -> set[Side]:
    return {Side(item.side) for item in items}


def _row(
    one: Owed,
    name: str,
    items: list[Any],
    button: RemindButton,
    changes: StateChanges,
    actor: Actor,
    deadlines: Deadlines,
) -> OwedByOthers:
    mine, first = sides_of(actor, one.thing), items[0]
    sides = by_principal([Side(item.side) for item in items], one.thing)
    return OwedByOthers(
        str(one.declared.label),
        name,
        get_text_list(words_for(sides, mine), _("or")),
        first.due,
        first.is_overdue_at(deadlines.now),
        returned_text_for(mine, first.code, changes.return_of(first), one.subject.zone(one.thing)),
        button,
    )
