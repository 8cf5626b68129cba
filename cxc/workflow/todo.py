"""What somebody owes on a thing: declared on a transition, on the fix of a requirement, or as a rule of its own.

A transition's `todo` is owed while its requirements are met. While one is not, the `todo` of that
requirement's fix is owed instead. The to-do page, lists of what is late, reminders and the docs read these
declarations. Rule: docs/todo.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from cxc.access.scoped import Actor, Side
from cxc.core.links import path_of
from cxc.core.models.scheme import SchemeSettings
from cxc.workflow.context import TransitionContext
from cxc.workflow.deadlines import Deadlines


class Needs(StrEnum):
    """What a member needs to do it: to be allowed to write, or to sign (or to write: they enter the scan)."""

    WRITE = "write"
    SIGN = "sign"


@dataclass(frozen=True)
class Due:
    """By which local date something is owed, and how the docs and mails say it.

    `text` names numbers of the scheme's settings as %(name)s, so that it stays true when they change.
    """

    day: Callable[[Any, Deadlines], date | None]
    text: Any

    def description(self, scheme: SchemeSettings) -> str:
        """The text with the numbers of the scheme's settings."""
        return with_settings(self.text, scheme)


def with_settings(text: Any, scheme: SchemeSettings) -> str:
    """The text with %(name)s replaced by the setting of that name."""
    return str(text) % _Numbers(scheme)


class _Numbers(dict[str, Any]):
    """The numbers of the settings, looked up by name as a text asks for them."""

    def __init__(self, scheme: SchemeSettings) -> None:
        super().__init__()
        self.scheme = scheme

    def __missing__(self, name: str) -> Any:
        value = getattr(self.scheme, name)
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


Offsets = tuple[int, ...] | Callable[[SchemeSettings], Sequence[int]]
Moment = Callable[[Any, Deadlines], datetime | None]


class Condition(Protocol):
    """What is either met or not: a requirement."""

    def is_met(self, context: TransitionContext) -> bool:
        """Whether it is met."""


@dataclass(frozen=True)
class Escalation:
    """What others are asked to do once a `todo` is overdue: it holds nothing up.

    to     the sides that are asked
    label  what they can do
    page, anchor  where, as in `Todo`
    """

    code: str
    to: tuple[Side, ...]
    label: Any
    page: Callable[[Any], str] | None = None
    anchor: str = ""


@dataclass(frozen=True)
class HandsIn:
    """What is handed in by doing it: the thing itself, or things of a kind that belong to it by `path`."""

    kind: str = ""
    path: str = ""


ITSELF = HandsIn()


@dataclass(frozen=True)
class Todo:
    """One thing to be done by somebody.

    code      unique; names stored items, reminders and the filter of lists
    owed_by   the sides that owe it: a subset of those that may do it
    label     what to do; empty: the label of the transition, or what the requirement of the fix says to do
    due       by when; None: there is no date
    remind    days before (negative) or after the due date on which a reminder is sent
    remind_to the sides that are reminded, where it is not those that owe it
    text      a sentence or two for the reminder; may name numbers of the settings as %(name)s
    page      the path of the form where it is done, down to its field; for those who may write
    anchor    the part of the thing's own page where it is done, or where who may sign reads the document
    needs     what a member needs to do it
    conflict  the id of the organisation whose members can't do it (a conflict of interest)
    since     since when it waits (UTC), for the order within one day
    queue_by  the local date by which a queue is ordered, in place of the due date
    blocks    whether the thing waits for it; False for what helps along what somebody else owes
    optional  nothing is late when it is not done
    after     further requirements that have to be met before it is owed; the transition does not need them
    while_unmet  whether it is owed although a requirement is not met: where it leads says what is missing, or the
              thing can be answered in another way
    hides_when  whether it is not owed on this thing
    permission  the read permission on the thing by which people see that it is owed; empty: that of its subject
    visible_from, visible_until  the moments (UTC) between which it is owed; None: no limit
    escalate  what others are asked to do once it is overdue
    hands_in  what is handed in by doing it: while its last step is a return, the item says so
    """

    code: str
    owed_by: tuple[Side, ...]
    label: Any = ""
    due: Due | None = None
    remind: Offsets = ()
    remind_to: tuple[Side, ...] = ()
    text: Any = ""
    page: Callable[[Any], str] | None = None
    anchor: str = ""
    needs: Needs = Needs.WRITE
    conflict: Callable[[Any], int | None] | None = None
    since: Callable[[Any], datetime | None] | None = None
    queue_by: Callable[[Any, Deadlines], date | None] | None = None
    blocks: bool = True
    optional: bool = False
    after: tuple[Condition, ...] = ()
    while_unmet: bool = False
    hides_when: Callable[[Any], bool] | None = None
    permission: str = ""
    visible_from: Moment | None = None
    visible_until: Moment | None = None
    escalate: Escalation | None = None
    hands_in: HandsIn | None = None

    def path(self, thing: Any, actor: Actor | None = None) -> str:
        """Where it is done: one click away from the to-do page, or from a mail.

        Who may not do it there reads the thing instead: the form is not theirs.
        """
        signs = self.needs is Needs.SIGN and actor is not None and actor.signatory
        only_reads = actor is not None and not actor.may_write and not signs
        return path_of(thing, self.anchor) if self.page is None or only_reads else self.page(thing)

    def offsets(self, scheme: SchemeSettings) -> list[int]:
        """The reminders' days from the due date, earliest first."""
        return sorted(self.remind(scheme) if callable(self.remind) else self.remind)

    @property
    def reminded(self) -> tuple[Side, ...]:
        return self.remind_to or self.owed_by
