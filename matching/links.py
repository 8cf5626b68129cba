"""Links to where a match is worked on, and the links that apps above add to the page of a match or of a plan.

Apps above register theirs when they are ready (`add_match_links`, `add_plan_links`), so that no import points up.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor, Side, sides_of
from cxc.core.links import path_of
from matching.enums import MatchState
from profiles.enums import ProfileState

ENDED = frozenset({MatchState.DECLINED, MatchState.WITHDRAWN, MatchState.EXPIRED, MatchState.CANCELLED})


def open_proposals() -> str:
    """The list of one's matches, narrowed down to open proposals."""
    return f"{reverse('matches')}?state={MatchState.PROPOSED}"


def given_outside_anchor(side: Side) -> str:
    """The part of the page where the Partnership of a side enters the yes that was given outside the portal."""
    return "given-outside-visitor" if side in {Side.VO, Side.VOP} else "given-outside-host"


def given_outside(match: Any, side: Side) -> str:
    """That part of the page of a match."""
    return path_of(match, given_outside_anchor(side))


@dataclass(frozen=True)
class Link:
    """A link on the page of a match, or of a plan."""

    label: str
    url: str
    is_button: bool = False


MatchLinkSource = Callable[[Any, Actor], Iterable[Link]]
_sources: list[MatchLinkSource] = []


def add_match_links(source: MatchLinkSource) -> MatchLinkSource:
    """Register a source of links: `@links.add_match_links`."""
    if source not in _sources:
        _sources.append(source)
    return source


def match_links(match: Any, actor: Actor) -> list[Link]:
    """All links for this actor, in the order in which the apps registered; from one that has ended to others."""
    return [*_link_to_best_matches(match, actor), *(link for source in _sources for link in source(match, actor))]


def _link_to_best_matches(match: Any, actor: Actor) -> Iterable[Link]:
    """The best matches of one's own profile, where this one has ended without a meeting."""
    if match.state not in ENDED or not actor.may_write:
        return
    sides = sides_of(actor, match)
    for profile, own in ((match.visiting_profile, {Side.VO, Side.VOP}), (match.host_profile, {Side.HO, Side.HOP})):
        if sides & own and profile.state == ProfileState.PUBLISHED:
            yield Link(_("See the other best matches"), reverse("best-matches", args=[profile.pk]), is_button=True)
            return


PlanLinkSource = Callable[[Any, Actor], Iterable[Link]]
_plan_sources: list[PlanLinkSource] = []


def add_plan_links(source: PlanLinkSource) -> PlanLinkSource:
    """Register a source of links on the page of a plan: `@links.add_plan_links`."""
    if source not in _plan_sources:
        _plan_sources.append(source)
    return source


def plan_links(plan: Any, actor: Actor) -> list[Link]:
    """All links for this actor, in the order in which the apps registered."""
    return [link for source in _plan_sources for link in source(plan, actor)]
