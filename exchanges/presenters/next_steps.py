"""Where an exchange stands on its way, what comes next and who holds it: the top of its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Actor, Side, sides_of
from cxc.todo import Owed
from cxc.todo.duties import Frame, open_duties
from exchanges.duties.building import BUILDING
from exchanges.duties.finishing import FINISHING, PAYMENTS
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
    """One thing that is owed: by whom (with their names), by when, and whether the reader owes it."""

    title: Any
    who: str
    due: date | None
    is_late: bool
    is_mine: bool
    url: str


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
    frame = Frame()
    found = [_step(one, exchange, actor, frame) for one in _owed(exchange, actor, frame)]
    return sorted(found, key=lambda step: (not step.is_mine, step.due or date.max))


def _owed(exchange: Exchange, actor: Actor, frame: Frame) -> Iterable[Owed]:
    """As the to-do page has it: on the same things, and of a payment only to those who see it."""
    for watch, to_exchange in ((BUILDING, "pk"), (FINISHING, "pk"), (PAYMENTS, "exchange")):
        for thing in watch.things().visible_to(actor).filter(**{to_exchange: exchange.pk}):
            for duty, due in open_duties(watch, thing, frame):
                if duty.listed:
                    yield Owed(watch, duty, thing, due, sides_of(actor, thing))


def _step(one: Owed, exchange: Exchange, actor: Actor, frame: Frame) -> NextStep:
    duty, due = one.duty, one.due
    is_late = due is not None and due < frame.today(one.watch.zone(one.thing))
    who = _(" or ").join(dict.fromkeys(_name(side, exchange) for side in duty.who))
    return NextStep(duty.title, who, due, is_late, one.is_for(actor), duty.path(one.thing, actor))


def _name(side: Side, exchange: Exchange) -> str:
    named: dict[Side, Any] = {
        Side.VO: exchange.organisation,
        Side.HO: exchange.host,
        Side.VOP: exchange.vop,
        Side.HOP: exchange.hop,
    }
    return str(named.get(side, side.label))
