"""What follows a transition of a match, or of a profile, in the same transaction. Rule: docs/rules.md, Matches."""

from contextlib import suppress

from cxc.access.scoped import PORTAL
from cxc.workflow import TransitionContext, WrongState, perform
from cxc.workflow.registry import after
from matching.enums import Answer, MatchState
from matching.models import Match

MATCH = "matching.match"
PROFILE = "profiles.profile"


@after(MATCH, "visitor_yes", "host_yes", "visitor_yes_outside", "host_yes_outside", order=10)
def confirm_at_second_yes(context: TransitionContext) -> None:
    """A refusal undoes the yes as well: nothing is half done, the proposal stays as it was."""
    match = context.thing
    if not context.is_recorded and match.visitor_answer == match.host_answer == Answer.YES:
        perform(match, "confirm", by=PORTAL, timing=context.timing)


@after(PROFILE, "unpublish", "archive", order=10)
def withdraw_proposals(context: TransitionContext) -> None:
    """Proposals not confirmed go with the profile's publication."""
    _end_proposals(context, "withdraw_as_system")


@after(PROFILE, "archive_after_participation", order=10)
def expire_proposals(context: TransitionContext) -> None:
    """After a participation's last day its open proposals expire."""
    _end_proposals(context, "expire")


def _end_proposals(context: TransitionContext, transition: str) -> None:
    field = "visiting_profile" if context.thing.is_visiting else "host_profile"
    proposals = Match.objects.filter(**{field: context.thing, "state": MatchState.PROPOSED})
    for match in proposals.order_by("host_profile_id", "pk"):
        # A parallel second yes may have confirmed it while we waited for the lock: confirmed it stays.
        with suppress(WrongState):
            perform(match, transition, by=PORTAL, reason=context.reason, timing=context.timing)
