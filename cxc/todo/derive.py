"""What is owed on things as they stand: from their transitions, the fixes of requirements, and rules.

A transition's `todo` is owed while its requirements are met. While one is not, the `todo` of its fix is owed
instead, with the dates of the transition where it has none of its own; one with `while_unmet` stays. What time
alone decides is not asked: it gives the moments between which the item is visible.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from cxc.access.scoped import NOBODY, PERSON_SIDES, Actor, Side, sides_of
from cxc.core.calendar import midnight
from cxc.todo.reading import Reading
from cxc.todo.subjects import Reminder, TodoRule, TodoSubject, escalated, with_dates_of
from cxc.workflow import registry
from cxc.workflow.deadlines import Deadlines, days
from cxc.workflow.requirements import Reads, Requirement, Timing, TransitionContext
from cxc.workflow.todo import Escalation, Needs, Todo
from cxc.workflow.transitions import Transition, kind_of


@dataclass(frozen=True)
class OwedItem:
    """One thing that is owed on a thing, by one or several sides.

    due          a local date of the thing's zone
    visible_from, visible_until  moments (UTC) between which it is owed; None: no limit
    overdue_from the moment from which it is late; None: never
    is_listed    whether it stands on the to-do page; False for what is only reminded of
    """

    subject: TodoSubject
    todo: Todo
    thing: Any
    sides: tuple[Side, ...]
    due: date | None = None
    visible_from: datetime | None = None
    visible_until: datetime | None = None
    overdue_from: datetime | None = None
    is_listed: bool = True

    def is_visible(self, now: datetime) -> bool:
        """Whether it is owed at this moment (UTC)."""
        return (self.visible_from is None or self.visible_from <= now) and (
            self.visible_until is None or now < self.visible_until
        )

    def is_overdue(self, now: datetime) -> bool:
        """Whether its day is over at this moment (UTC)."""
        return self.overdue_from is not None and self.overdue_from <= now

    def is_for(self, actor: Actor) -> bool:
        """Whether it waits for this actor: as `cxc.todo.items.owed_now` has it for what is stored."""
        mine = sides_of(actor, self.thing) & set(self.sides)
        signs = self.todo.needs is Needs.SIGN and actor.signatory
        may = actor.may_write or signs or bool(mine & PERSON_SIDES)
        return bool(mine) and may and self.is_listed and self.conflict not in actor.organisations

    @property
    def conflict(self) -> int | None:
        """The id of the organisation whose members can't do it."""
        return None if self.todo.conflict is None else self.todo.conflict(self.thing)


def owed_on(subject: TodoSubject, ids: Set[int], deadlines: Deadlines, reading: Reading) -> list[OwedItem]:
    """Everything owed on the subject's things among these, visible now or at another time.

    The number of queries does not grow with the number of things.
    """
    return [item for thing in reading.things(subject, ids) for item in _of_one(subject, thing, deadlines)]


def _of_one(subject: TodoSubject, thing: Any, deadlines: Deadlines) -> Iterator[OwedItem]:
    """What is owed on one thing, each once, with what others are asked to do about it."""
    found: dict[str, OwedItem] = {}
    for item in _of_thing(subject, thing, deadlines):
        found.setdefault(item.todo.code, item)
    for item in found.values():
        yield item
        if item.todo.escalate is not None and item.overdue_from is not None:
            yield _escalated(item, item.todo.escalate)


def _of_thing(subject: TodoSubject, thing: Any, deadlines: Deadlines) -> Iterator[OwedItem]:
    for declared in subject.transitions:
        if declared.todos and thing.state in declared.source:
            yield from _of_transition(subject, thing, declared, deadlines)
    for rule in subject.rules:
        yield from _of_rule(subject, thing, rule, deadlines)


def _of_transition(subject: TodoSubject, thing: Any, declared: Transition, deadlines: Deadlines) -> Iterator[OwedItem]:
    required = registry.requirements_of(kind_of(thing), declared)
    for todo in declared.todos:
        sides = tuple(side for side in todo.owed_by if _may(declared, thing, side, deadlines))
        if sides or not todo.owed_by:
            yield from _of_todo(subject, thing, replace(todo, owed_by=sides), required, deadlines)


def _may(declared: Transition, thing: Any, side: Side, deadlines: Deadlines) -> bool:
    """Whether what is required of this side alone is met."""
    may, context = declared.may(side), _context(thing, side, deadlines)
    return may is not None and not any(_is_unmet(need, context) for need in may.requires)


def _of_rule(subject: TodoSubject, thing: Any, rule: TodoRule, deadlines: Deadlines) -> Iterator[OwedItem]:
    if rule.is_open(thing, deadlines):
        for item in _of_todo(subject, thing, rule.todo, rule.requires, deadlines):
            yield replace(item, is_listed=not isinstance(rule, Reminder))


def _of_todo(
    subject: TodoSubject,
    thing: Any,
    todo: Todo,
    required: Iterable[Requirement],
    deadlines: Deadlines,
) -> Iterator[OwedItem]:
    """The item itself where all that it needs is met, else those of the fixes."""
    if _is_hidden(todo, thing):
        return
    required = tuple(required)
    context = _context(thing, next(iter(todo.owed_by), Side.PORTAL), deadlines)
    asked = () if todo.while_unmet else required
    fixes = {need: need.fix.todo for need in asked if need.fix is not None and need.fix.todo is not None}
    unmet = {need: fix for need, fix in fixes.items() if _is_unmet(need, context)}
    for own in unmet.values():
        if not _is_hidden(own, thing):
            yield _item(subject, thing, with_dates_of(own, todo), (), deadlines)
    if unmet or not todo.owed_by or not all(need.is_met(context) for need in todo.after):
        return
    # The rest is asked only where it decides, and from the end: documents and signatures are most often missing.
    if not any(_is_unmet(need, context) for need in reversed(asked) if need not in fixes):
        yield _item(subject, thing, todo, required, deadlines)


def _is_hidden(todo: Todo, thing: Any) -> bool:
    return todo.hides_when is not None and todo.hides_when(thing)


def _is_unmet(need: Requirement, context: TransitionContext) -> bool:
    """Whether the thing as it stands does not meet it; what time, or who asks, decides is not asked here."""
    return need.reads is Reads.THING and not need.is_timed and not need.is_met(context)


def _context(thing: Any, side: Side, deadlines: Deadlines) -> TransitionContext:
    return TransitionContext(thing, NOBODY, side, Timing(moment=deadlines.now))


def _item(
    subject: TodoSubject, thing: Any, todo: Todo, required: Iterable[Requirement], deadlines: Deadlines
) -> OwedItem:
    due = todo.due.day(thing, deadlines) if todo.due is not None else None
    begins = [need.met_from(thing) for need in required if need.met_from is not None]
    ends = [need.met_until(thing) for need in required if need.met_until is not None]
    if todo.visible_from is not None:
        begins.append(todo.visible_from(thing, deadlines))
    if todo.visible_until is not None:
        ends.append(todo.visible_until(thing, deadlines))
    return OwedItem(
        subject,
        todo,
        thing,
        todo.owed_by,
        due,
        max((moment for moment in begins if moment is not None), default=None),
        min((moment for moment in ends if moment is not None), default=None),
        midnight(due + days(1), subject.zone(thing)) if due is not None and not todo.optional else None,
    )


def _escalated(item: OwedItem, escalation: Escalation) -> OwedItem:
    """What others are asked to do from the moment at which the item is overdue."""
    begins = [moment for moment in (item.overdue_from, item.visible_from) if moment is not None]
    todo = escalated(item.todo, escalation)
    return replace(item, todo=todo, sides=todo.owed_by, visible_from=max(begins))
