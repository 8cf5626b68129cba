"""Where an exchange stands on its way, what comes next and who holds it: the top of its page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Actor, Side, may_see, sides_of
from cxc.todo.models import by_task
from cxc.todo.remind_buttons import Owed, RemindButton, remind_buttons
from cxc.todo.returns import returned_text_for
from cxc.todo.state_changes import state_changes_of
from cxc.todo.stored import items_on
from cxc.todo.subjects import by_code
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.transitions import kind_of
from exchanges.enums import ExchangeState
from exchanges.models import Exchange

WAY = (
    (ExchangeState.DRAFT, gettext_lazy("Draft")),
    (ExchangeState.PREPARATION, gettext_lazy("Preparation")),
    (ExchangeState.READY, gettext_lazy("Ready to start")),
    (ExchangeState.ONGOING, gettext_lazy("Ongoing")),
    (ExchangeState.CLOSED, gettext_lazy("Closed")),
)

# The states in which evidence waits for an answer.
STAY_STATES = (ExchangeState.ONGOING, ExchangeState.CLOSED)
# The parts of the page that are worked on in each state: these stand open, the others are folded.
OPEN = {
    ExchangeState.DRAFT: {"planned"},
    ExchangeState.PREPARATION: {"planned", "ctq", "fa"},
    ExchangeState.READY: {"planned"},
    ExchangeState.ONGOING: {"evidence", "far"},
    ExchangeState.CLOSED: {"payable", "feedback"},
}


@dataclass(frozen=True)
class NextStep:
    """One thing that is owed: by whom (with their names), by when, and whether the reader owes it.

    `url`: where the reader does it. `returned`: when what is to be handed in was returned with comments, in words;
    empty where it was not.
    """

    title: Any
    who: str
    due: date | None
    is_late: bool
    is_mine: bool
    url: str
    button: RemindButton
    returned: str = ""


def way_of(exchange: Exchange) -> list[tuple[Any, str]]:
    """The states it passes, each done, present or to come; nothing for a cancelled one, which has left the way."""
    states = [state for state, _label in WAY]
    if exchange.state not in states:
        return []
    present = states.index(ExchangeState(exchange.state))
    last = len(WAY) - 1
    return [
        (label, "done" if place < present or present == place == last else "present" if place == present else "to-come")
        for place, (_state, label) in enumerate(WAY)
    ]


def next_steps(exchange: Exchange, actor: Actor) -> list[NextStep]:
    """What is owed on it now, one's own first, then by day. What was recorded afterwards owes nothing."""
    if exchange.is_recorded:
        return []
    deadlines = Deadlines()
    owed = _owed(exchange, actor, deadlines)
    buttons = remind_buttons([one for one, _items in owed], actor, deadlines)
    changes = state_changes_of((), [items[0] for _one, items in owed])
    steps = [
        replace(
            _step(one, items, exchange, actor, deadlines, buttons[one.key]),
            returned=_returned(one, actor, changes.return_of(items[0])),
        )
        for one, items in owed
    ]
    return sorted(steps, key=lambda step: (not step.is_mine, step.due or date.max))


def _owed(exchange: Exchange, actor: Actor, deadlines: Deadlines) -> list[tuple[Owed, list[Any]]]:
    """What the actor sees that is owed on it and on what belongs to it, with its stored items, in the usual order."""
    known = by_code()
    things = {(kind_of(thing), thing.pk): thing for thing in _things_on(exchange)}
    grouped = by_task(items_on(things.keys(), actor, deadlines.now))
    found = [(Owed(*known[key[2]], things[key[:2]]), items) for key, items in grouped.items() if key[2] in known]
    shown = [(one, items) for one, items in found if one.declared.is_listed and _may_know(one, actor)]
    order = {code: place for place, code in enumerate(known)}
    return sorted(shown, key=lambda pair: order[pair[0].declared.todo.code])


def _may_know(one: Owed, actor: Actor) -> bool:
    """Whether this reader sees that it is owed."""
    return may_see(actor, one.thing, one.subject.permission_of(one.declared.todo))


def _things_on(exchange: Exchange) -> Iterable[Any]:
    """It, and what belongs to it; in preparation also the shared part for which it waits."""
    shared = exchange.visit.shared_part_or_none if exchange.state == ExchangeState.PREPARATION else None
    evidence = exchange.evidence.all() if exchange.state in STAY_STATES else ()
    own, agreement = exchange.own_part_or_none, exchange.agreement_or_none
    parts = (exchange, shared, own, agreement, exchange.report_or_none, *evidence, exchange.payment_or_none)
    return (thing for thing in parts if thing is not None)


def _step(
    one: Owed, items: Sequence[Any], exchange: Exchange, actor: Actor, deadlines: Deadlines, button: RemindButton
) -> NextStep:
    todo, first = one.declared.todo, items[0]
    sides = sorted((Side(item.side) for item in items), key=todo.owed_by.index)
    is_mine = any(item.is_mine for item in items)
    return NextStep(
        one.declared.label,
        get_text_list(list(dict.fromkeys(_name(side, exchange) for side in sides)), _("or")),
        first.due,
        first.is_overdue_at(deadlines.now),
        is_mine,
        todo.path(one.thing, actor) if is_mine else "",
        button,
    )


def _returned(one: Owed, actor: Actor, moment: datetime | None) -> str:
    sides = sides_of(actor, one.thing) if moment is not None else ()
    return returned_text_for(sides, one.declared.todo.code, moment, one.subject.zone(one.thing))


def _name(side: Side, exchange: Exchange) -> str:
    named: dict[Side, Any] = {
        Side.VO: exchange.organisation,
        Side.HO: exchange.host,
        Side.VOP: exchange.vop,
        Side.HOP: exchange.hop,
        Side.SO: _("the Support Office"),
    }
    return str(named.get(side, side.label))
