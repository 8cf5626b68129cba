"""What a search finds, as tests read it."""

from cxc.access.scoped import Actor
from cxc.web.site_search.sources import SearchResult, SearchResults, search

LIMIT = 20


def find(text: str, actor: Actor) -> SearchResults:
    return search(text, actor, LIMIT)


def results(text: str, actor: Actor) -> list[SearchResult]:
    return [result for group in find(text, actor).groups for result in group.results]


def urls(text: str, actor: Actor) -> set[str]:
    return {result.url for result in results(text, actor)}


def labels(text: str, actor: Actor) -> list[str]:
    """The groups in which something is found."""
    return [str(group.label) for group in find(text, actor).groups]
