"""Decisions on many submitted profiles at once, each by its own transition, so that one's refusal stops no other."""

from collections.abc import Iterable
from dataclasses import dataclass

from cxc.access.scoped import Actor
from cxc.workflow import Refused, perform
from profiles import requirements
from profiles.models import Profile


@dataclass(frozen=True)
class Decision:
    """What is to become of a profile: `transition` is publish, send_back or refuse."""

    profile: Profile
    transition: str
    reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of it: carried out, or skipped with the sentences why."""

    decision: Decision
    sentences: tuple[str, ...] = ()

    @property
    def is_done(self) -> bool:
        return not self.sentences


def decide(decisions: Iterable[Decision], *, by: Actor) -> list[Outcome]:
    """Carry out each in a transaction of its own. Nothing is decided on an organisation that one belongs to."""
    return [_decide(one, by) for one in decisions]


def _decide(one: Decision, by: Actor) -> Outcome:
    if one.profile.organisation_id in by.organisations:
        return Outcome(one, (str(requirements.not_own_organisation.sentence),))
    try:
        perform(one.profile, one.transition, by=by, reason=one.reason)
    except Refused as refusal:
        return Outcome(one, refusal.sentences)
    return Outcome(one)
