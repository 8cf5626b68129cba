"""What of a match shows that a holder is still interested in its profile. Rule: docs/rules.md, Still interested."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from cxc.access.scoped import Side
from cxc.workflow import TransitionContext
from cxc.workflow.registry import after
from matching.enums import MatchState
from matching.models import Match
from profiles.enums import Modality
from profiles.models import LastInterest, Profile
from profiles.models.profile import ProfileQuerySet
from profiles.services import interest

MATCH = "matching.match"
PROFILE = "profiles.profile"
# What a side does of its own accord.
OWN_DEEDS = (
    *("propose", "visitor_yes", "host_yes", "visitor_no", "host_no", "withdraw"),
    *("take_back_yes", "take_back_yes_by_request", "undo"),
)
# After these a profile may have a confirmed match that it had not, or the other way round.
CONFIRMATIONS = ("confirm", "cancel", "take_back_yes_confirmed", "undo", "reopen", "complete")


@after(MATCH, *OWN_DEEDS, order=96)
def renew_by_deed(context: TransitionContext) -> None:
    """A proposal or an answer shows the interest of the side that makes it, not of its Partnership."""
    match = context.thing
    profile_id = {Side.VO: match.visiting_profile_id, Side.HO: match.host_profile_id}.get(context.side)
    interest.renew(LastInterest.objects.filter(profile=profile_id), context.now)


@after(MATCH, *CONFIRMATIONS, order=95)
def follow_confirmation(context: TransitionContext) -> None:
    """While a match is confirmed nobody is asked; when it ends, both have shown interest until now."""
    match = context.thing
    both = Profile.objects.filter(pk__in=[match.visiting_profile_id, match.host_profile_id])
    interest.end(_ids(both.filter(_is_engaged())))
    for profile in both.filter(~_is_engaged()).order_by("organisation", "pk"):
        interest.begin(profile, context.now)


@after(PROFILE, "publish", order=31)
def not_asked_while_matched(context: TransitionContext) -> None:
    """A confirmed match outlasts that its profile was unpublished."""
    interest.end(_ids(Profile.objects.filter(_is_engaged(), pk=context.thing.pk)))


def _ids(profiles: ProfileQuerySet) -> Iterable[int]:
    return profiles.values_list("pk", flat=True)


def _is_engaged() -> Q:
    """Whether a match of the profile is confirmed, or has led a visiting profile to its physical exchange."""
    confirmed, had = Q(state=MatchState.CONFIRMED), Q(state=MatchState.COMPLETED, modality=Modality.PHYSICAL)
    as_visitor = Match.objects.filter(confirmed | had, visiting_profile=OuterRef("pk"))
    as_host = Match.objects.filter(confirmed, host_profile=OuterRef("pk"))
    return Q(Exists(as_visitor)) | Q(Exists(as_host))
