"""The mails that follow a transition, declared on it. Rule: docs/architecture.md, What the portal does by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cxc.access.scoped import Side
from cxc.workflow.context import TransitionContext


@dataclass(frozen=True)
class Notify:
    """One mail to everybody on these sides but the person who performed the transition.

    subject  what happened; the thing's label follows it
    text     what it means for the reader, or what to do: a text, which may name numbers of the settings as %(name)s,
             or made from the context in the reader's language
    anchor   the part of the thing's page where the link leads
    label    the name of what it is about, from the thing
    to_next_step  the link leads to the next step from the thing (`cxc.workflow.next_links`), where one is known
    """

    to: tuple[Side, ...]
    subject: Any
    text: Any | Callable[[TransitionContext], Any] = ""
    anchor: str = ""
    label: Callable[[Any], object] = str
    to_next_step: bool = False
