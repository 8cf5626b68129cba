"""What happened to a record: each transition, newest first."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import F
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor, may_see
from cxc.todo.remind import REMIND
from cxc.workflow import StatefulModel, transitions_of
from cxc.workflow.models import StateEvent


class HistoryStep(NamedTuple):
    """An event with the label of its transition, and of the state that it led to."""

    event: StateEvent
    label: Any
    state_after: Any


def may_read_history(thing: StatefulModel, actor: Actor) -> bool:
    """Whether one who sees the record also sees what happened to it: where it says who may."""
    return "history" in thing.read_permissions and may_see(actor, thing, "history")


def history_of(thing: StatefulModel) -> list[HistoryStep]:
    """All that happened to the record, reminders among it; newest first."""
    labels = {name: transition.label for name, transition in transitions_of(type(thing)).items()}
    labels[REMIND] = _("Reminder sent")
    states = state_labels(type(thing))
    return [
        HistoryStep(event, labels.get(event.transition, event.transition), states.get(event.to_state, event.to_state))
        for event in StateEvent.of(thing).order_by("-id")
    ]


def state_since(thing: StatefulModel, actor: Actor) -> datetime | None:
    """When the record entered its present state; None where the reader may not read its history."""
    if not may_read_history(thing, actor):
        return None
    changes = StateEvent.of(thing).exclude(from_state=F("to_state")).order_by("-id")
    return changes.values_list("happened_at", flat=True).first()


@cache
def state_labels(model: type[StatefulModel]) -> dict[str, Any]:
    """The label of each state."""
    return dict(model.state.field.flatchoices)
