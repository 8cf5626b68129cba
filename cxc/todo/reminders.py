"""Writes the mails that remind of stored to-do items. Rule: docs/todo.md.

A reminder is sent so many days before or after a due date. It is written once (`Mail.key`), however often,
late or in parallel the job runs. After a break the job writes only the latest one. Nothing is written for a due
date longer past than the settings say, nor for what was recorded afterwards.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from cxc.comms.outbox import queue_mail
from cxc.comms.recipients import addressees_on
from cxc.core.links import absolute
from cxc.core.moments import local_day
from cxc.todo.models import TodoItem
from cxc.todo.returns import with_returned_at
from cxc.todo.subjects import Declaration, TodoSubject, subjects
from cxc.todo.things import things_of
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.models import StateEvent
from cxc.workflow.todo import with_settings

logger = logging.getLogger(__name__)

TEMPLATE = "mail/reminder"
# So many things are read at once.
PAGE = 200

# A thing, a due date, and when what is to be handed in was returned (UTC).
Waiting = tuple[int, date, datetime | None]


@dataclass(frozen=True)
class ReminderMail:
    """One mail to be written: of what is owed on a thing, due on `due`, on the day `offset` days from it.

    `returned_at`: when what is to be handed in was returned (UTC); None where it was not.
    """

    subject: TodoSubject
    owed: Declaration
    thing: Any
    due: date
    offset: int
    returned_at: datetime | None

    @property
    def key(self) -> str:
        return f"reminder:{self.owed.todo.code}:{self.thing.pk}:{self.due:%Y%m%d}:{self.offset}"


def write_due() -> int:
    """Put what is due into the outbox; how many mails were written now."""
    deadlines = Deadlines()
    return sum(_write_safely(reminder, deadlines) for reminder in due_now(deadlines))


def due_now(deadlines: Deadlines) -> Iterator[ReminderMail]:
    """Every reminder whose day has come, written or not."""
    for subject in subjects():
        for owed in subject.declarations():
            if owed.todo.remind:
                for page in _pages(_waiting(subject, owed, deadlines)):
                    yield from _of_page(subject, owed, page, deadlines)


def _waiting(subject: TodoSubject, owed: Declaration, deadlines: Deadlines) -> list[Waiting]:
    """Things, due dates and moments of return for which a reminder's day may have come in some zone of the earth."""
    offsets, today, day = owed.todo.offsets(deadlines.scheme), deadlines.today(), timedelta(days=1)
    items = TodoItem.objects.visible_at(deadlines.now).filter(
        kind=subject.kind,
        code=owed.todo.code,
        due__lte=today + day - timedelta(days=offsets[0]),
        due__gte=today - day - timedelta(days=deadlines.scheme.reminder_max_age_days),
    )
    recorded = StateEvent.objects.filter(kind=subject.kind, is_recorded=True).values("thing_id")
    rows = with_returned_at(items.exclude(thing_id__in=recorded)).values_list("thing_id", "due", "returned_at")
    found: dict[tuple[int, date], datetime | None] = {(pk, due): moment for pk, due, moment in rows}
    return [(pk, due, found[pk, due]) for pk, due in sorted(found)]


def _pages(rows: list[Waiting]) -> Iterator[list[Waiting]]:
    for first in range(0, len(rows), PAGE):
        yield rows[first : first + PAGE]


def _of_page(
    subject: TodoSubject, owed: Declaration, page: list[Waiting], deadlines: Deadlines
) -> Iterator[ReminderMail]:
    things = things_of((subject.kind, pk) for pk, *_rest in page)
    for pk, due, returned_at in page:
        thing = things.get((subject.kind, pk))
        try:
            reminder = None if thing is None else _latest(subject, owed, thing, due, returned_at, deadlines)
        except Exception:  # one thing's fault must not keep the others waiting
            logger.exception("No reminders could be worked out for %s %s", subject.kind, pk)
            continue
        if reminder is not None:
            yield reminder


def _latest(
    subject: TodoSubject, owed: Declaration, thing: Any, due: date, returned_at: datetime | None, deadlines: Deadlines
) -> ReminderMail | None:
    """The last reminder whose day has come."""
    today = deadlines.today(subject.zone(thing))
    if today > due + timedelta(days=deadlines.scheme.reminder_max_age_days):
        return None
    passed = [offset for offset in owed.todo.offsets(deadlines.scheme) if due + timedelta(days=offset) <= today]
    return ReminderMail(subject, owed, thing, due, passed[-1], returned_at) if passed else None


def _write_safely(reminder: ReminderMail, deadlines: Deadlines) -> int:
    try:
        with transaction.atomic():
            return len(_write(reminder, deadlines))
    except Exception:
        logger.exception("A reminder failed: %s", reminder.key)
        return 0


def _write(reminder: ReminderMail, deadlines: Deadlines) -> list[Any]:
    return queue_reminder(
        reminder.subject,
        reminder.owed,
        reminder.thing,
        reminder.due,
        deadlines,
        to=addressees_on(reminder.thing, *reminder.owed.todo.reminded),
        key=reminder.key,
        returned_at=reminder.returned_at,
    )


def queue_reminder(
    subject: TodoSubject,
    owed: Declaration,
    thing: Any,
    due: date | None,
    deadlines: Deadlines,
    *,
    to: Iterable[Any],
    key: str,
    returned_at: datetime | None,
) -> list[Any]:
    """Put one reminder of this into the outbox for each person, once for each key; the mails that are new."""
    return queue_mail(
        template=TEMPLATE,
        to=to,
        about=thing,
        key=key,
        link=absolute(owed.todo.path(thing)),
        context={
            "title": owed.label,
            "text": partial(with_settings, owed.todo.text, deadlines.scheme),
            "label": partial(subject.label, thing),
            "due": due,
            "is_late": is_late(subject, owed, thing, due, deadlines),
            "returned_on": local_day(returned_at, subject.zone(thing)) if returned_at else None,
        },
    )


def is_late(subject: TodoSubject, owed: Declaration, thing: Any, due: date | None, deadlines: Deadlines) -> bool:
    """Whether its day is over where the thing is; what is optional is never late."""
    return due is not None and not owed.todo.optional and due < deadlines.today(subject.zone(thing))
