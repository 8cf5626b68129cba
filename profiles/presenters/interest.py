"""The question on the page of a profile whether its holder is still interested."""

from dataclasses import dataclass
from datetime import date

from cxc.access.scoped import Actor
from cxc.core.moments import local_day
from cxc.workflow import available_transition
from cxc.workflow.deadlines import Deadlines
from profiles import deadlines
from profiles.models import Profile


@dataclass(frozen=True)
class InterestQuestion:
    """Since when the holder has shown no interest, and by when it answers: local dates at the Partnership's seat."""

    shown_on: date
    answer_due_on: date


def interest_question(profile: Profile, actor: Actor) -> InterestQuestion | None:
    """For whoever may answer it; None while it is not asked. Rule: docs/rules.md, Still interested."""
    offer = available_transition(profile, actor, "confirm_interest") if actor.may_write else None
    shown_at, answer_due_on = deadlines.interest_shown_at(profile), deadlines.interest_day(profile, Deadlines())
    if offer is None or not offer.is_open or shown_at is None or answer_due_on is None:
        return None
    return InterestQuestion(local_day(shown_at, deadlines.zone_of(profile)), answer_due_on)
