"""Reminders: worked out from what is owed, not remembered. Rule: work done by itself.

A reminder is sent so many days before or after a due date. It is written once (`Mail.key`), however often,
late or in parallel the job runs. A job that slept writes the latest one only. Nothing is written for a due
date longer past than the settings say, nor for what was recorded afterwards.
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
from cxc.todo.derive import OwedItem, owed_on
from cxc.todo.subjects import TodoSubject, subjects
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.models import StateEvent
from cxc.workflow.todo import with_settings

logger = logging.getLogger(__name__)

TEMPLATE = "mail/reminder"


@dataclass(frozen=True)
class ReminderMail:
    """One mail to be written: of what is owed, due on `due`, on the day `offset` days from it."""

    item: OwedItem
    due: date
    offset: int
    is_late: bool

    @property
    def key(self) -> str:
        return f"reminder:{self.item.todo.code}:{self.item.thing.pk}:{self.due:%Y%m%d}:{self.offset}"


def write_due() -> int:
    """Put what is due into the outbox; how many mails were written now."""
    deadlines = Deadlines()
    return sum(_write_safely(reminder, deadlines) for reminder in due_now(deadlines))


def due_now(deadlines: Deadlines) -> Iterator[ReminderMail]:
    """Every reminder whose day has come, written or not."""
    for subject in subjects():
        if any(one.todo.remind for one in subject.declarations()):
            for thing in _not_recorded(subject):
                yield from _of_thing(subject, thing, deadlines)


def _not_recorded(subject: TodoSubject) -> Any:
    recorded = StateEvent.objects.filter(kind=subject.kind, is_recorded=True).values("thing_id")
    return subject.things().exclude(pk__in=recorded)


def _of_thing(subject: TodoSubject, thing: Any, deadlines: Deadlines) -> Iterator[ReminderMail]:
    try:
        for item in owed_on(subject, [thing], deadlines):
            reminder = _latest(item, deadlines) if item.is_visible(deadlines.now) else None
            if reminder is not None:
                yield reminder
    except Exception:  # one thing's fault must not keep the others waiting
        logger.exception("No reminders could be worked out for %s %s", subject.kind, thing.pk)


def _latest(item: OwedItem, deadlines: Deadlines) -> ReminderMail | None:
    """The last reminder whose day has come."""
    today, due = deadlines.today(item.subject.zone(item.thing)), item.due
    if due is None or today > due + timedelta(days=deadlines.scheme.reminder_max_age_days):
        return None
    passed = [offset for offset in item.todo.offsets(deadlines.scheme) if due + timedelta(days=offset) <= today]
    return ReminderMail(item, due, passed[-1], is_late=item.is_overdue(deadlines.now)) if passed else None


def _write_safely(reminder: ReminderMail, deadlines: Deadlines) -> int:
    try:
        with transaction.atomic():
            return len(_write(reminder, deadlines))
    except Exception:
        logger.exception("A reminder failed: %s", reminder.key)
        return 0


def _write(reminder: ReminderMail, deadlines: Deadlines) -> list[Any]:
    thing, item = reminder.item.thing, reminder.item
    return queue_mail(
        template=TEMPLATE,
        to=people_on(thing, *item.todo.reminded),
        about=thing,
        key=reminder.key,
        link=absolute(item.todo.path(thing)),
        context={
            "title": item.label,
            "words": partial(with_settings, item.todo.text, deadlines.scheme),
            "label": partial(item.subject.label, thing),
            "due": reminder.due,
            "is_late": reminder.is_late,
        },
    )
