"""The button that reminds those who owe something, and when and by whom that was done last: on every page alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from cxc.access.scoped import Actor
from cxc.core.compiled_queries import compiled_once
from cxc.todo.models import TaskKey, kinds_and_ids
from cxc.todo.remind import REMIND, can_remind, history_owner
from cxc.todo.subjects import Declaration, TodoSubject
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.models import StateEvent
from cxc.workflow.transitions import kind_of


@dataclass(frozen=True)
class RemindButton:
    """Where the reader reminds of something; when and by whom others were reminded of it last.

    url      empty where the reader can't, and for the rest of a day on which somebody has
    what     what is owed, for those who hear the page
    sent_at  UTC; None where nobody was reminded
    """

    url: str = ""
    what: str = ""
    sent_at: datetime | None = None
    sent_by: str = ""


@dataclass(frozen=True)
class Owed:
    """Something owed on a thing that was read with what its sides and its history need (`things_of`)."""

    subject: TodoSubject
    declared: Declaration
    thing: Any

    @property
    def key(self) -> TaskKey:
        return self.subject.kind, self.thing.pk, self.declared.todo.code


def remind_buttons(owed: Iterable[Owed], actor: Actor, deadlines: Deadlines) -> dict[TaskKey, RemindButton]:
    """The button of each, in one query for all."""
    rows = list(owed)
    sent = _last_sent(rows)
    return {one.key: _button(one, actor, deadlines.today(), sent.get(one.key)) for one in rows}


def _button(one: Owed, actor: Actor, today: date, sent: StateEvent | None) -> RemindButton:
    is_sent_today = sent is not None and sent.happened_at.astimezone(UTC).date() == today
    may = not is_sent_today and can_remind(actor, one.thing, one.declared.todo)
    return RemindButton(
        reverse("remind", args=one.key) if may else "",
        str(one.declared.label),
        sent.happened_at if sent else None,
        sent.principal_label if sent else "",
    )


def _last_sent(rows: list[Owed]) -> Mapping[TaskKey, StateEvent]:
    if not rows:
        return {}
    recorded_on = [history_owner(one.subject, one.thing) for one in rows]
    keys = {(kind_of(thing), thing.pk) for thing in recorded_on}
    events = [event for event in _reminders_on(**kinds_and_ids(keys)) if (event.kind, event.thing_id) in keys]
    return {(of["kind"], of["id"], of["code"]): event for event in events if (of := event.details)}


@compiled_once
def _reminders_on(*, kinds: Iterable[str], ids: Iterable[int]) -> "QuerySet[StateEvent]":
    return StateEvent.objects.filter(kind__in=kinds, thing_id__in=ids, transition=REMIND).order_by("id")
