"""What of a match shows that a holder is still interested in its profile. Rule: docs/rules.md, Still interested."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from cxc.access.scoped import Side
from cxc.workflow import TransitionContext
from cxc.workflow.registry import after
from matching.enums import MatchState
from matching.fit import ranking_index
from matching.models import Match
from profiles.enums import Modality, ProfileKind
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
# Rows of the last interest are locked before organisations of the ranking: nothing else that follows a match has
# locked one by then (`LastInterestQuerySet.locked_in_order`).
MATCH_INTEREST_ORDER = 5
# After all else that follows from a deed: a second yes has confirmed the match by then, and nobody is asked any more.
DEED_ORDER = 96
# After these a profile may have a confirmed match that it had not, or the other way round.
CONFIRMATIONS = ("confirm", "cancel", "take_back_yes_confirmed", "undo", "reopen", "complete")


@after(MATCH, *OWN_DEEDS, order=DEED_ORDER)
def renew_by_deed(context: TransitionContext) -> None:
    """A proposal or an answer shows the interest of the side that makes it, not of its Partnership."""
    match = context.thing
    profiles = {Side.VO: [match.visiting_profile_id], Side.HO: [match.host_profile_id]}
    interest.renew(profiles.get(context.side, []), context.now)


@after(MATCH, *CONFIRMATIONS, order=MATCH_INTEREST_ORDER)
def follow_confirmation(context: TransitionContext) -> None:
    """While a match is confirmed nobody is asked; when it ends, both have shown interest until now."""
    follow_match(context.thing, context)


def follow_match(match: Match, context: TransitionContext) -> None:
    """Nobody is asked about the match's profiles while they are engaged; from this deed on days count of the others."""
    profiles = Profile.objects.filter(_concerned_by(match))
    list(LastInterest.objects.filter(profile__in=profiles).locked_in_order())
    ranking_index.lock_organisations([match.visiting_profile_id, match.host_profile_id])
    interest.end(_ids(profiles.filter(_is_engaged())))
    for profile in profiles.filter(~_is_engaged()).order_by("organisation_id", "pk"):
        interest.begin(profile, context)


def _concerned_by(match: Match) -> Q:
    """Its two profiles, and the visitor's others of the generation: one physical exchange is for them all."""
    visitors = Q(organisation=match.visiting_organisation_id, generation=match.generation_id, kind=ProfileKind.VISITING)
    return Q(pk__in=[match.visiting_profile_id, match.host_profile_id]) | visitors


@after(PROFILE, "publish", order=interest.INTEREST_ORDER + 1)
def not_asked_while_matched(context: TransitionContext) -> None:
    """A confirmed match outlasts that its profile was unpublished."""
    interest.end(_ids(Profile.objects.filter(_is_engaged(), pk=context.thing.pk)))


def _ids(profiles: ProfileQuerySet) -> Iterable[int]:
    return profiles.values_list("pk", flat=True)


def _is_engaged() -> Q:
    """Whether a match of the profile is confirmed, or the visitor has had its physical exchange."""
    confirmed = Match.objects.filter(state=MatchState.CONFIRMED)
    as_visitor, as_host = (confirmed.filter(**{side: OuterRef("pk")}) for side in ("visiting_profile", "host_profile"))
    had = Match.objects.filter(
        state=MatchState.COMPLETED,
        modality=Modality.PHYSICAL,
        visiting_organisation=OuterRef("organisation"),
        generation=OuterRef("generation"),
    )
    return Q(Exists(as_visitor)) | Q(Exists(as_host)) | Q(Exists(had), kind=ProfileKind.VISITING)
