"""Reminders: worked out from what is owed, not remembered. Rule: work done by itself.

A reminder is one day of a duty's calendar: so many days before or after its due date. It is written
once (`Mail.key`), however often, late or in parallel the job runs. A job that slept writes the
latest one only. Nothing is written for a due date more than 30 days past, nor for what was recorded
afterwards.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from cxc.comms.outbox import queue_mail
from cxc.comms.recipients import people_on
from cxc.core.links import absolute
from cxc.ground.models.events import StateEvent
from cxc.todo.duties import Duty, Frame, Watch, open_duties, watches

logger = logging.getLogger(__name__)

TEMPLATE = "mail/reminder"


@dataclass(frozen=True)
class Reminder:
    """One mail to be written: for a thing's duty, due on `due`, on the day `offset` days from it."""

    watch: Watch
    duty: Duty
    thing: Any
    due: date
    offset: int
    is_late: bool

    @property
    def key(self) -> str:
        return f"reminder:{self.duty.name}:{self.thing.pk}:{self.due:%Y%m%d}:{self.offset}"


def write_due() -> int:
    """Put what is due into the outbox; how many mails were written now."""
    return sum(_write_safely(reminder) for reminder in due_now(Frame()))


def due_now(frame: Frame) -> Iterator[Reminder]:
    """Every reminder whose day has come, written or not."""
    for one in watches():
        if any(duty.reminds for duty in one.duties):
            for thing in _not_recorded(one):
                yield from _of_thing(one, thing, frame)


def _not_recorded(one: Watch) -> Any:
    recorded = StateEvent.objects.filter(kind=one.kind, is_recorded=True).values("thing_id")
    return one.things().exclude(pk__in=recorded)


def _of_thing(one: Watch, thing: Any, frame: Frame) -> Iterator[Reminder]:
    try:
        for duty, due in open_duties(one, thing, frame):
            reminder = _latest(one, duty, thing, due, frame)
            if reminder is not None:
                yield reminder
    except Exception:  # one thing's fault must not keep the others waiting
        logger.exception("No reminders could be worked out for %s %s", one.kind, thing.pk)


def _latest(one: Watch, duty: Duty, thing: Any, due: date | None, frame: Frame) -> Reminder | None:
    """The last reminder whose day has come."""
    today = frame.today(one.zone(thing))
    if due is None or today > due + timedelta(days=frame.scheme.reminder_max_age_days):
        return None
    passed = [offset for offset in duty.offsets(frame.scheme) if due + timedelta(days=offset) <= today]
    return Reminder(one, duty, thing, due, passed[-1], is_late=today > due) if passed else None


def _write_safely(reminder: Reminder) -> int:
    try:
        with transaction.atomic():
            return len(_write(reminder))
    except Exception:
        logger.exception("A reminder failed: %s", reminder.key)
        return 0


def _write(reminder: Reminder) -> list[Any]:
    thing, duty = reminder.thing, reminder.duty
    return queue_mail(
        template=TEMPLATE,
        to=people_on(thing, *duty.told),
        about=thing,
        key=reminder.key,
        link=absolute(duty.path(thing)),
        context={
            "title": duty.title,
            "words": duty.words,
            "label": partial(reminder.watch.label, thing),
            "due": reminder.due,
            "is_late": reminder.is_late,
        },
    )
