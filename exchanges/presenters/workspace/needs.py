"""What a visit needs next: what is owed on it, by whom, on how many exchanges, and what the reader can do now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxc.access.role_labels import by_principal, words_for
from cxc.access.scoped import Actor, Side, may_see, sides_of
from cxc.bulk.actions import BulkAction, action_of
from cxc.bulk.reminders import reminder_code
from cxc.todo.models import TodoItem
from cxc.todo.remind import can_remind
from cxc.todo.remind_buttons import Owed, RemindButton, remind_buttons
from cxc.todo.subjects import Declaration, by_code
from exchanges.enums import SHARED, VISIT, VISIT_MOVE, VISIT_MOVE_CONSENT
from exchanges.presenters.workspace.owed import VisitTodo

# What is done for many at once, by what is owed.
BULK_ACTIONS: Mapping[str, str] = {
    "prepare": "exchange-prepare",
    "agree_figures": "exchange-set_agreed",
    "own_part_ready": "ownpart-submit",
    "fa_ready": "financialagreement-submit",
    "set_ready": "exchange-set_ready",
    "accept_payable": "exchange-accept_payable",
    "close": "exchange-close",
}
PLAN = "exchange-edit_planned"
# So many are named; the rows below the needs say the rest.
MAX_NAMED = 3
OF_THE_VISIT_ITSELF = frozenset({VISIT, SHARED, VISIT_MOVE, VISIT_MOVE_CONSENT})


@dataclass(frozen=True)
class Need:
    """One thing that is owed, on one thing or on several alike.

    things  labels of those on which it is owed, the soonest due first, MAX_NAMED at most; empty for the visit itself
    exchange_ids  of the exchanges to which they belong
    who     those who owe it
    links   name and address of each of these, where the reader does it; `action` does it, or reminds, for all of them
    button  reminds of it, where it is owed on the visit itself
    """

    title: str
    count: int
    things: Sequence[str]
    exchange_ids: Sequence[int]
    who: str
    is_mine: bool
    due: date | None
    late: int
    links: Sequence[tuple[str, str]] = ()
    action: BulkAction | None = None
    button: RemindButton | None = None

    @property
    def others(self) -> str:
        """On how many others it is owed, which are not named; empty where all are."""
        number = self.count - len(self.things) if self.things else 0
        return ngettext("and %(number)s other", "and %(number)s others", number) % {"number": number} if number else ""

    @property
    def waiting(self) -> str:
        """Whom it waits for, and by when."""
        waiting = _("Waiting for %(who)s") % {"who": self.who}
        if self.due is None:
            return waiting
        return f"{waiting} · " + _("by %(day)s") % {"day": date_format(self.due)}


def needs_of(todo: VisitTodo) -> list[Need]:
    """What the actor sees that is owed on the visit: what is theirs first, then by the day it is due."""
    grouped: dict[str, list[TodoItem]] = defaultdict(list)
    for item in todo.items:
        if item.key in todo.things and _is_shown(item, todo.things[item.key], todo.actor):
            grouped[item.code].append(item)
    buttons = _buttons(grouped, todo)
    found = [_need(code, owed, buttons.get(code), todo) for code, owed in grouped.items()]
    return sorted(found, key=lambda need: (not need.is_mine, need.due or date.max))


def _is_shown(item: TodoItem, thing: Any, actor: Actor) -> bool:
    """Whether it stands on a to-do page, and this reader may know that it is owed."""
    subject, owed = by_code().get(item.code, (None, None))
    if subject is None or owed is None or not owed.is_listed:
        return False
    return may_see(actor, thing, subject.permission_of(owed.todo))


def _buttons(grouped: Mapping[str, Sequence[TodoItem]], todo: VisitTodo) -> dict[str, RemindButton]:
    """By code the button of what others owe on one thing that is of the visit itself; read together."""
    owed: dict[str, Owed] = {}
    for code, items in grouped.items():
        subject, declared = by_code()[code]
        keys = {item.key for item in items}
        if subject.kind in OF_THE_VISIT_ITSELF and len(keys) == 1 and not _own(items, todo):
            owed[code] = Owed(subject, declared, todo.things[keys.pop()])
    buttons = remind_buttons(owed.values(), todo.actor, todo.deadlines)
    return {code: buttons[one.key] for code, one in owed.items()}


def _own(items: Sequence[TodoItem], todo: VisitTodo) -> list[TodoItem]:
    """Those that wait for the reader."""
    return [item for item in items if item.pk in todo.mine]


def _need(code: str, items: Sequence[TodoItem], button: RemindButton | None, todo: VisitTodo) -> Need:
    subject, owed = by_code()[code]
    own = _own(items, todo)
    shown = own or list(items)
    things = [todo.things[subject.kind, pk] for pk in dict.fromkeys(item.thing_id for item in shown)]
    is_of_visit = subject.kind in OF_THE_VISIT_ITSELF
    named = things[:MAX_NAMED]
    return Need(
        title=str(owed.label),
        count=len(things),
        things=[] if is_of_visit else [_name(thing) for thing in named],
        exchange_ids=[] if is_of_visit else [getattr(thing, "exchange_id", thing.pk) for thing in things],
        who=_who(items, things[0], todo.actor, can_act=bool(own)),
        is_mine=bool(own),
        due=shown[0].due,
        late=len({item.thing_id for item in shown if item.is_overdue_at(todo.deadlines.now)}),
        links=_links(owed, named, todo.actor, has_names=not is_of_visit) if own else (),
        action=None if is_of_visit else _action(owed, things, todo.actor, can_act=bool(own)),
        button=button,
    )


def _links(owed: Declaration, things: Sequence[Any], actor: Actor, *, has_names: bool) -> list[tuple[str, str]]:
    return [(_name(thing) if has_names else "", owed.todo.path(thing, actor)) for thing in things]


def _name(thing: Any) -> str:
    """The visitor's: the visit is known."""
    return str(getattr(thing, "exchange", thing).organisation)


def _who(items: Sequence[Any], thing: Any, actor: Actor, *, can_act: bool) -> str:
    sides = by_principal(list(dict.fromkeys(Side(item.side) for item in items)), thing)
    return get_text_list(words_for(sides, sides_of(actor, thing), can_act=can_act), _("or"))


def _action(owed: Declaration, things: Sequence[Any], actor: Actor, *, can_act: bool) -> BulkAction | None:
    """Doing it for all, where the reader owes it; reminding those who do, where it is others."""
    if can_act:
        action = action_of(_action_code(owed.todo.code, things))
        return action if action is not None and action.may_be_used_by(actor) else None
    may_remind = any(can_remind(actor, thing, owed.todo) for thing in things)
    return action_of(reminder_code(owed.todo.code)) if may_remind else None


def _action_code(code: str, things: Sequence[Any]) -> str:
    """Of the action that does this for all of them: an exchange without a type is planned before it is prepared."""
    if code == "prepare" and any(exchange.type_id is None for exchange in things):
        return PLAN
    return BULK_ACTIONS.get(code, "")
