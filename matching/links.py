"""What apps above add to the page of a match: the way to its exchange, or to making one; and to that of a plan.

They register when they are ready (`of_match`, `of_plan`), so that no import points up.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cxc.ground.access import Actor
from matching.models import Match, Plan


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
    """All links for this actor, in the order in which the apps registered."""
    return [link for source in _sources for link in source(match, actor)]


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
