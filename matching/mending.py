"""How what a match's moves require is put right."""

from collections.abc import Iterable

from django.urls import reverse

from cxc.access.scoped import Side
from cxc.core.links import path_of
from cxc.workflow.mending import Way, by_moves, says_all, way, ways_for
from cxc.workflow.requirements import Requirement, TransitionContext
from matching.models import Match
from matching.requirements import match as r
from profiles import links
from profiles.enums import ProfileState
from profiles.mending import EDITS, participation_ways, period_ways, publishing_ways
from profiles.models import Profile

PROFILE, MATCH = "profiles.profile", "matching.match"


def register() -> None:
    """Called when the app is ready."""
    says_all(PROFILE, "no_confirmed_match_if_archived_by_portal")
    # Facts of the two, steps of the other side, and days that have passed.
    says_all(
        MATCH,
        "visits_a_host",
        "same_generation",
        "different_countries",
        "different_organisations",
        "no_other_open_match",
        "not_matched_elsewhere",
        "visitor_not_answered_yet",
        "host_not_answered_yet",
        "both_said_yes",
        "visitor_may_decline",
        "host_may_decline",
        "own_proposal",
        "is_expired",
        "ended_by_own_side",
        "ended_recently",
        "visitor_yes_given_outside",
        "host_yes_given_outside",
    )


def place_ways(host: Profile) -> list[Way]:
    """More places at a host."""
    return by_moves(host, EDITS, links.places(host))


@way(PROFILE, "places_cover_confirmed_matches")
def _places(context: TransitionContext) -> Iterable[Way]:
    return place_ways(context.thing)


@way(MATCH, "both_published")
def _published(context: TransitionContext) -> Iterable[Way]:
    return [
        found for one in _both(context.thing) if one.state != ProfileState.PUBLISHED for found in publishing_ways(one)
    ]


@way(MATCH, "eligibility_confirmed")
def _confirmed(context: TransitionContext) -> Iterable[Way]:
    waiting = [one for one in _both(context.thing) if one.eligibility_confirmed_at is None]
    return [found for one in waiting for found in publishing_ways(one)]


@way(MATCH, "participations_open")
def _participations(context: TransitionContext) -> Iterable[Way]:
    ended = [
        one
        for one in _both(context.thing)
        if not one.participation or not one.participation.is_open(context.now.date())
    ]
    return [found for one in ended for found in participation_ways(one)]


@way(MATCH, "periods_not_over")
def _periods(context: TransitionContext) -> Iterable[Way]:
    return [found for one in _both(context.thing) if one.is_over for found in period_ways(one)]


@way(MATCH, "modality_in_common")
def _modality(context: TransitionContext) -> Iterable[Way]:
    lacking = [one for one in _both(context.thing) if not getattr(one, context.thing.modality)]
    return [
        found for one in lacking for found in by_moves(one, EDITS, links.profile_field(one, context.thing.modality))
    ]


@way(MATCH, "within_proposal_limit")
def _open_proposals(context: TransitionContext) -> Iterable[Way]:
    return [Way(context.thing, (Side.VO,), f"{reverse('matches')}?state=proposed")]


@way(MATCH, "place_free")
def _place(context: TransitionContext) -> Iterable[Way]:
    return place_ways(context.thing.host_profile)


@way(MATCH, "given_on_is_not_future", "given_how_is_stated")
def _given_outside(context: TransitionContext) -> Iterable[Way]:
    which = "visitor" if context.side is Side.VOP else "host"
    return [Way(context.thing, (context.side,), path_of(context.thing, f"given-outside-{which}"))]


@way(MATCH, "previous_state_is_allowed")
def _back(context: TransitionContext) -> Iterable[Way]:
    return _first_of((*r.TO_CONFIRM, r.within_proposal_limit), context)


@way(MATCH, "can_be_proposed")
def _again(context: TransitionContext) -> Iterable[Way]:
    return _first_of(r.TO_PROPOSE, context)


def _first_of(needs: Iterable[Requirement], context: TransitionContext) -> Iterable[Way]:
    """Several requirements stand in one sentence: the way of the first that is not met."""
    unmet = next((need for need in needs if need.unmet(context) is not None), None)
    return ways_for(unmet.name, context) if unmet else []


def _both(match: Match) -> tuple[Profile, Profile]:
    return match.visiting_profile, match.host_profile
