"""What a requirement is, and the context that it is evaluated with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from cxc import clock
from cxc.access.scoped import Actor, Side

if TYPE_CHECKING:
    from cxc.workflow.mending import Help


class Mode(StrEnum):
    """Whether a transition happens now, or happened outside the portal and is entered afterwards."""

    LIVE = "live"
    RECORDED = "recorded afterwards"


class Kind(StrEnum):
    """How a requirement is treated when a thing is recorded afterwards.

    Facts hold always, timing is set aside, documents count as met ("not in the portal").
    """

    FACT = "fact"
    TIMING = "timing"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Timing:
    """When and in which mode something is done. `moment` None means the clock's now."""

    mode: Mode = Mode.LIVE
    moment: datetime | None = None
    source: str = ""

    @property
    def now(self) -> datetime:
        return self.moment or clock.now()

    @property
    def is_recorded(self) -> bool:
        return self.mode is Mode.RECORDED


LIVE = Timing()


@dataclass(frozen=True, slots=True)
class TransitionContext:
    """What a requirement is evaluated with: thing, actor, side, timing, reason and facts given."""

    thing: Any
    actor: Actor
    side: Side
    timing: Timing = LIVE
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.timing.now

    @property
    def is_recorded(self) -> bool:
        return self.timing.is_recorded


@dataclass(frozen=True, slots=True)
class UnmetRequirement:
    """One requirement that is not met, in the words for a person; `context`: who wanted what."""

    name: str
    sentence: str
    anchor: str = ""
    context: TransitionContext | None = field(default=None, compare=False, repr=False)

    @property
    def help(self) -> "Help":
        """Where it is put right, for the person who asked, or who can put it right."""
        from cxc.workflow import mending  # stands on the transitions

        return mending.NO_HELP if self.context is None else mending.help_for(self.name, self.context)


@dataclass(frozen=True)
class Requirement:
    """A sentence with a check. The check answers True, False, or a more exact sentence.

    `anchor` names the part of the thing's page where it can be put right (an anchor).
    """

    name: str
    sentence: Any
    check: Callable[[TransitionContext], Any]
    kind: Kind = Kind.FACT
    anchor: str = ""

    def unmet(self, context: TransitionContext) -> UnmetRequirement | None:
        """None when met (or set aside for what is recorded afterwards)."""
        if context.is_recorded and self.kind is not Kind.FACT:
            return None
        answer = self.check(context)
        if answer is True:
            return None
        return UnmetRequirement(self.name, str(self.sentence if answer is False else answer), self.anchor, context)


def requirement(
    sentence: Any, *, kind: Kind = Kind.FACT, anchor: str = ""
) -> Callable[[Callable[[TransitionContext], Any]], Requirement]:
    """Make a requirement of a check; the check's name becomes the requirement's."""

    def make(check: Callable[[TransitionContext], Any]) -> Requirement:
        return Requirement(check.__name__, sentence, check, kind, anchor)

    return make
