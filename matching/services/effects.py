"""What follows a move of a match, or of a profile, in the same transaction."""

from cxc.ground.access import PORTAL
from cxc.ground.moves import Ask, perform
from cxc.ground.registries import after
from matching.enums import Answer, MatchState
from matching.models import Match

MATCH = "matching.match"
PROFILE = "profiles.profile"


@after(MATCH, "visitor_yes", "host_yes", "visitor_yes_outside", "host_yes_outside", order=10)
def confirm_at_the_second_yes(ask: Ask) -> None:
    """A refusal undoes the yes as well: nothing is half done, the proposal stays as it was."""
    match = ask.thing
    if not ask.is_recorded and match.visitor_answer == match.host_answer == Answer.YES:
        perform(match, "confirm", by=PORTAL, occasion=ask.occasion)


@after(PROFILE, "unpublish", "archive", "archive_at_the_end", order=10)
def withdraw_proposals(ask: Ask) -> None:
    """Proposals not confirmed go with the profile's publication."""
    profile = ask.thing
    field = "visiting_profile" if profile.is_visiting else "host_profile"
    proposals = Match.objects.filter(**{field: profile, "state": MatchState.PROPOSED})
    for match in proposals.order_by("host_profile_id", "pk"):
        perform(match, "withdraw_by_itself", by=PORTAL, reason=ask.reason, occasion=ask.occasion)
