"""What apps above add to the page of a match: the way to its exchange, or to making one.

They register when they are ready (`of_match`), so that no import points up.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cxc.ground.access import Actor
from matching.models import Match


@dataclass(frozen=True)
class Link:
    """A link on the page of a match."""

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
