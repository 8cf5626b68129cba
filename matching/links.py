"""What apps above add to the page of a match: the way to its exchange, or to making one; and to that of a plan.

They register when they are ready (`of_match`, `of_plan`), so that no import points up.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor, Side, sides_of
from matching.enums import MatchState
from matching.models import Match, Plan
from profiles.enums import ProfileState

ENDED = frozenset({MatchState.DECLINED, MatchState.WITHDRAWN, MatchState.EXPIRED, MatchState.CANCELLED})


@dataclass(frozen=True)
class Link:
    """A link on the page of a match, or of a plan."""

    label: str
    url: str
    is_button: bool = False


Source = Callable[[Match, Actor], Iterable[Link]]
_sources: list[Source] = []


def of_match(source: Source) -> Source:
    """Register a source of links: `@links.of_match`."""
    if source not in _sources:
        _sources.append(source)
    return source


def links_of(match: Match, actor: Actor) -> list[Link]:
    """All links for this actor, in the order in which the apps registered; from one that has ended to others."""
    return [*_to_others(match, actor), *(link for source in _sources for link in source(match, actor))]


def _to_others(match: Match, actor: Actor) -> Iterable[Link]:
    """The best matches of one's own profile, where this one has ended without a meeting."""
    if match.state not in ENDED or not actor.may_write:
        return
    sides = sides_of(actor, match)
    for profile, own in ((match.visiting_profile, {Side.VO, Side.VOP}), (match.host_profile, {Side.HO, Side.HOP})):
        if sides & own and profile.state == ProfileState.PUBLISHED:
            yield Link(_("See the other best matches"), reverse("best-matches", args=[profile.pk]), is_button=True)
            return


PlanSource = Callable[[Plan, Actor], Iterable[Link]]
_plan_sources: list[PlanSource] = []


def of_plan(source: PlanSource) -> PlanSource:
    """Register a source of links on the page of a plan: `@links.of_plan`."""
    if source not in _plan_sources:
        _plan_sources.append(source)
    return source


def links_of_plan(plan: Plan, actor: Actor) -> list[Link]:
    """All links for this actor, in the order in which the apps registered."""
    return [link for source in _plan_sources for link in source(plan, actor)]
