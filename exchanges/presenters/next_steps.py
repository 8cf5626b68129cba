"""Where an exchange stands on its way, what comes next and who holds it: the top of its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Actor, Side, sides_of
from cxc.todo import Owed
from cxc.todo.derive import owed_on
from cxc.todo.overdue import subjects_of
from cxc.workflow.deadlines import Deadlines
from exchanges.enums import ExchangeState
from exchanges.models import Exchange

# What is owed on an exchange is owed on it or on one of these: kind -> path from there to the exchange.
PARTS = {
    "exchanges.exchange": "pk",
    "exchanges.ownpart": "exchange",
    "exchanges.financialagreement": "exchange",
    "exchanges.finalactivityreport": "exchange",
    "exchanges.evidence": "exchange",
    "exchanges.payment": "exchange",
}

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
    deadlines = Deadlines()
    found = [_step(one, exchange, actor, deadlines) for one in _owed(exchange, actor, deadlines)]
    return sorted(found, key=lambda step: (not step.is_mine, step.due or date.max))


def _owed(exchange: Exchange, actor: Actor, deadlines: Deadlines) -> Iterable[Owed]:
    """As the to-do page has it: on the same things, and of a payment only to those who see it."""
    for kind, to_exchange in PARTS.items():
        for subject in subjects_of([kind]):
            things = subject.seen_by(actor).filter(**{to_exchange: exchange.pk})
            for item in owed_on(subject, things, deadlines):
                if item.is_listed and item.is_visible(deadlines.now):
                    yield Owed(item, sides_of(actor, item.thing))


def _step(one: Owed, exchange: Exchange, actor: Actor, deadlines: Deadlines) -> NextStep:
    item = one.item
    who = _(" or ").join(dict.fromkeys(_name(side, exchange) for side in item.sides))
    url = item.todo.path(item.thing, actor)
    return NextStep(item.label, who, item.due, item.is_overdue(deadlines.now), one.is_for(actor), url)


def _name(side: Side, exchange: Exchange) -> str:
    named: dict[Side, Any] = {
        Side.VO: exchange.organisation,
        Side.HO: exchange.host,
        Side.VOP: exchange.vop,
        Side.HOP: exchange.hop,
    }
    return str(named.get(side, side.label))
