"""What the second yes, which confirms a match, requires beside what a proposal requires.

Rule: docs/rules.md, Matches.
"""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.workflow.fix import Fix
from cxc.workflow.requirements import Kind, Requirement, TransitionContext, requirement
from matching import fixes
from matching.enums import Answer
from matching.requirements.proposals import TO_PROPOSE


@requirement(
    gettext_lazy("The host has a free place."),
    otherwise=gettext_lazy("Try again when the host has a free place, or ask the Partnership."),
    fix=Fix(fixes.places_of_host),
    kind=Kind.TIMING,
)
def place_free(context: TransitionContext) -> object:
    """Counted under the lock on the host profile, which the engine holds."""
    match = context.thing
    held = match.places_held_by_others()
    return held < match.host_profile.places or _(
        "All %(places)s places of %(host)s are taken at the moment. Your answer is kept open: try again when a place"
        " is freed, or ask the Partnership."
    ) % {"places": match.host_profile.places, "host": match.host_profile.organisation}


@requirement(
    gettext_lazy("The visitor has no other confirmed match in this modality."),
    otherwise=gettext_lazy("Wait until the visitor's other confirmed match has ended."),
)
def not_matched_elsewhere(context: TransitionContext) -> object:
    match = context.thing
    return not match.is_matched_elsewhere() or _(
        "Wait until the other confirmed match of %(visitor)s has ended: until then this proposal can't be accepted."
    ) % {"visitor": match.visiting_profile.organisation}


TO_CONFIRM = (*TO_PROPOSE, place_free, not_matched_elsewhere)


def _required_at_second_yes(need: Requirement, sentence: Any) -> Requirement:
    """The requirement, asked once the other side has said yes: the button then explains what confirming lacks.

    What is recorded afterwards has no button; its step to confirmed asks.
    """

    def check(context: TransitionContext) -> object:
        is_first = Answer.YES not in {context.thing.visitor_answer, context.thing.host_answer}
        return is_first or context.is_recorded or need.check(context)

    return replace(need, sentence=sentence, check=check)


AT_SECOND_YES = (
    _required_at_second_yes(place_free, gettext_lazy("At the second yes: the host has a free place.")),
    _required_at_second_yes(
        not_matched_elsewhere, gettext_lazy("At the second yes: the visitor has no other confirmed match.")
    ),
)
