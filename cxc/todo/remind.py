"""Reminding now of what somebody owes, in place of waiting for the portal's own reminder."""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.scoped import Actor, Side, may_see, sides_of
from cxc.comms.outbox import queue_mail
from cxc.comms.recipients import people_on
from cxc.core.links import absolute
from cxc.core.refusals import Refused
from cxc.todo.models import TodoItem
from cxc.todo.subjects import TodoSubject, by_code
from cxc.workflow import NotAllowed
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.models import StateEvent
from cxc.workflow.todo import Todo, with_settings
from cxc.workflow.unit_of_work import unit_of_work

TEMPLATE = "mail/reminder"
# The name under which the history of a thing keeps it.
REMIND = "remind"


def can_remind(actor: Actor, thing: Any, todo: Todo) -> bool:
    """Whether the actor, who may write for another party of the thing, can remind those who owe this."""
    mine = sides_of(actor, thing)
    return actor.may_write and bool(mine - {Side.OBSERVER}) and not mine & set(todo.owed_by)


def remind_now(kind: str, pk: int, code: str, *, by: Actor) -> Any:
    """Write one message to those who owe it and record it on the thing, which is returned.

    NotAllowed for whoever owes it too, or may not see the thing. Refused where nothing is owed any more, or
    somebody has reminded of it on the same day.
    """
    subject, owed = by_code().get(code, (None, None))
    thing = subject.to_show([pk]).get(pk) if subject is not None and subject.kind == kind else None
    if subject is None or owed is None or thing is None or not may_see(by, thing, subject.permission):
        raise NotAllowed(_("There is nothing of which you could remind here."))
    if not can_remind(by, thing, owed.todo):
        raise NotAllowed(_("You can remind others only, and only where you may write."))
    with unit_of_work():
        sides = _sides_that_owe(kind, pk, code)
        if not sides:
            raise Refused(_("This is not owed any more: nobody was reminded."))
        if not _write(subject, owed.label, owed.todo, thing, sides):
            raise Refused(_("A reminder of this was sent today already, or there is nobody to write to."))
        _record(_with_the_history(subject, thing), owed.label, by)
    return thing


def _sides_that_owe(kind: str, pk: int, code: str) -> list[Side]:
    items = TodoItem.objects.visible_at(clock.now()).filter(kind=kind, thing_id=pk, code=code)
    return [Side(side) for side in items.values_list("side", flat=True)]


def _write(subject: TodoSubject, label: Any, todo: Todo, thing: Any, sides: list[Side]) -> list[Any]:
    deadlines = Deadlines()
    due = todo.due.day(thing, deadlines) if todo.due is not None else None
    return queue_mail(
        template=TEMPLATE,
        to=people_on(thing, *sides),
        about=thing,
        key=f"reminded:{todo.code}:{thing.pk}:{deadlines.today():%Y%m%d}",
        link=absolute(todo.path(thing)),
        context={
            "title": label,
            "words": partial(with_settings, todo.text, deadlines.scheme),
            "label": partial(subject.label, thing),
            "due": due,
            "is_late": due is not None and not todo.optional and due < deadlines.today(subject.zone(thing)),
        },
    )


def _with_the_history(subject: TodoSubject, thing: Any) -> Any:
    """The thing in whose history people look: the exchange, for what belongs to one."""
    holds = subject.holds_up
    return thing if holds is None or "__" in holds.path else getattr(thing, holds.path)


def _record(thing: Any, label: Any, by: Actor) -> None:
    now = clock.now()
    StateEvent.objects.create(
        kind=thing._meta.label_lower,
        thing_id=thing.pk,
        label=thing.event_label(),
        transition=REMIND,
        from_state=thing.state,
        to_state=thing.state,
        by_user=by.user,
        side=next(iter(sorted(sides_of(by, thing)))),
        principal_label=str(by.label),
        reason=str(label),
        happened_at=now,
        recorded_at=now,
    )
