"""What a requirement is: a check with two sentences, and how it is put right."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import lazy

from cxc.workflow.context import LIVE, Mode, Timing, TransitionContext
from cxc.workflow.fix import NO_HELP, Fix, Help

__all__ = [
    "LIVE",
    "Kind",
    "Mode",
    "Reads",
    "Requirement",
    "Timing",
    "TransitionContext",
    "UnmetRequirement",
    "requirement",
]


class Kind(StrEnum):
    """How a requirement is treated when a thing is recorded afterwards.

    Facts hold always, timing is set aside, documents count as met ("not in the portal").
    """

    FACT = "fact"
    TIMING = "timing"
    DOCUMENT = "document"


class Reads(StrEnum):
    """What a requirement reads, beside the thing and what belongs to it.

    THING requirements alone say whether something is owed. ACTOR: who asks (a conflict of interest).
    INPUT: what is entered in the form of the transition. OTHERS: how many other things there are, which changes at any
    time (places of a visit): the transition refuses, but nobody's to-do follows it.
    """

    THING = "thing"
    ACTOR = "actor"
    INPUT = "input"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class UnmetRequirement:
    """One requirement that is not met, with the sentence for a person; `context`: who wanted what."""

    requirement: "Requirement"
    sentence: str
    context: TransitionContext | None = field(default=None, compare=False, repr=False)

    @property
    def name(self) -> str:
        return self.requirement.name

    @property
    def help(self) -> Help:
        """Where it is fixed, for the person who asked, or who can fix it."""
        fix = self.requirement.fix
        return NO_HELP if self.context is None or fix is None else fix.help_for(self.context)


Check = Callable[[TransitionContext], Any]
MomentOf = Callable[[Any], datetime | None]


def _text_without_full_stop(text: Any) -> str:
    return str(text).removesuffix(".")


_without_full_stop: Callable[[Any], Any] = lazy(_text_without_full_stop, str)


@dataclass(frozen=True, eq=False)
class Requirement:
    """A check with two sentences. The check answers True, False, or a more exact sentence of the second kind.

    sentence   what is required, for checklists and docs: "The type of exchange is chosen."
    otherwise  what to do, or why not, while it is not met: "Choose the type of exchange."
    fix        how it is put right; None where nobody can, or `otherwise` says it all
    reads      what it reads beside the thing
    met_from, met_until  for what time alone decides: the moments (UTC) from, or until, which it is met
    """

    name: str
    sentence: Any
    check: Check
    otherwise: Any
    kind: Kind = Kind.FACT
    fix: "Fix | None" = None
    reads: Reads = Reads.THING
    met_from: MomentOf | None = None
    met_until: MomentOf | None = None

    @property
    def title(self) -> Any:
        """`otherwise` as the title of what is owed: without its full stop."""
        return _without_full_stop(self.otherwise)

    @property
    def is_timed(self) -> bool:
        """Whether time alone decides."""
        return self.met_from is not None or self.met_until is not None

    def unmet(self, context: TransitionContext) -> UnmetRequirement | None:
        """None when met, else with the sentence that says so."""
        answer = self._answer(context)
        if answer is True:
            return None
        text = str(self.otherwise if answer is False else answer)
        return UnmetRequirement(self, text, context)

    def is_met(self, context: TransitionContext) -> bool:
        """Whether it is met, without any sentence."""
        return self._answer(context) is True

    def _answer(self, context: TransitionContext) -> object:
        """What the check says; True where it is set aside for what is recorded afterwards."""
        return (context.is_recorded and self.kind is not Kind.FACT) or self.check(context)


def requirement(
    sentence: Any,
    *,
    otherwise: Any,
    kind: Kind = Kind.FACT,
    fix: "Fix | None" = None,
    reads: Reads = Reads.THING,
    met_from: MomentOf | None = None,
    met_until: MomentOf | None = None,
) -> Callable[[Check], Requirement]:
    """Make a requirement of a check; the check's name becomes the requirement's. The arguments: `Requirement`."""

    def make(check: Check) -> Requirement:
        return Requirement(check.__name__, sentence, check, otherwise, kind, fix, reads, met_from, met_until)

    return make
