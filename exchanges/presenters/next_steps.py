"""Where an exchange stands on its way, what comes next and who holds it: the top of its page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Actor, Side, sides_of
from cxc.todo.derive import OwedItem, owed_on
from cxc.todo.models import TaskKey
from cxc.todo.reading import reading
from cxc.todo.remind_buttons import Owed, RemindButton, remind_buttons
from cxc.todo.returns import return_moments, returned_text_for
from cxc.todo.subjects import by_code, holding_up
from cxc.workflow.deadlines import Deadlines
from exchanges.enums import ExchangeState
from exchanges.models import Exchange

WAY = (
    (ExchangeState.DRAFT, gettext_lazy("Draft")),
    (ExchangeState.PREPARATION, gettext_lazy("Preparation")),
    (ExchangeState.READY, gettext_lazy("Ready to start")),
    (ExchangeState.ONGOING, gettext_lazy("Ongoing")),
    (ExchangeState.CLOSED, gettext_lazy("Closed")),
)

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

    `returned`: when what is to be handed in was returned with comments, in words; empty where it was not.
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
    owed = list(_owed(exchange, actor, deadlines))
    returned = return_moments({(item.subject.kind, item.thing.pk) for item in owed})
    buttons = remind_buttons([_as_owed(item) for item in owed], actor, deadlines)
    steps = [
        replace(_step(item, exchange, actor, deadlines, buttons), returned=_returned(item, actor, returned))
        for item in owed
    ]
    return sorted(steps, key=lambda step: (not step.is_mine, step.due or date.max))


def _owed(exchange: Exchange, actor: Actor, deadlines: Deadlines) -> Iterable[OwedItem]:
    """Derived from the exchange and what belongs to it as they stand, for those who see that."""
    with reading() as together:
        for subject, condition in holding_up("exchanges.exchange", exchange.pk):
            ids = set(subject.seen_by(actor).filter(**condition).order_by().values_list("pk", flat=True))
            for item in owed_on(subject, ids, deadlines, together):
                if item.is_listed and item.is_visible(deadlines.now):
                    yield item


def _step(
    item: OwedItem, exchange: Exchange, actor: Actor, deadlines: Deadlines, buttons: Mapping[TaskKey, RemindButton]
) -> NextStep:
    names = dict.fromkeys(_name(side, exchange) for side in item.sides)
    url = item.todo.path(item.thing, actor)
    button = buttons[_as_owed(item).key]
    return NextStep(
        by_code()[item.todo.code][1].label,
        get_text_list(list(names), _("or")),
        item.due,
        item.is_overdue(deadlines.now),
        item.is_for(actor),
        url,
        button,
    )


def _as_owed(item: OwedItem) -> Owed:
    return Owed(*by_code()[item.todo.code], item.thing)


def _returned(item: OwedItem, actor: Actor, moments: Mapping[TaskKey, datetime]) -> str:
    moment, zone = moments.get(_as_owed(item).key), item.subject.zone(item.thing)
    return returned_text_for(sides_of(actor, item.thing), item.todo.code, moment, zone)


def _name(side: Side, exchange: Exchange) -> str:
    named: dict[Side, Any] = {
        Side.VO: exchange.organisation,
        Side.HO: exchange.host,
        Side.VOP: exchange.vop,
        Side.HOP: exchange.hop,
        Side.SO: _("the Support Office"),
    }
    return str(named.get(side, side.label))
