"""Finds pages of the menu and the footer, and actions that one may carry out now. Asks the database nothing itself."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from cxc.access.scoped import Actor
from cxc.core.folding import folded
from cxc.web import menu
from cxc.web.site_search.sources import Search, SearchResult
from cxc.web.site_search.text import SearchText, can_be_misspelled, holds
from cxc.web.templatetags.looks import footer_links

LIKENESS = 0.7  # letters in common, twice, by both lengths


@dataclass(frozen=True)
class Action:
    """Something to begin on a page of its own.

    `address` returns that page, or '' where this actor can't begin it now; it is asked where the label fits only.
    """

    label: Any
    address: Callable[[Actor], str]


_actions: list[Action] = []


def add_action(label: Any, address: Callable[[Actor], str]) -> None:
    """Add an action. Called when an app is ready."""
    action = Action(label, address)
    if action not in _actions:
        _actions.append(action)


def find_pages(search: Search) -> Iterator[SearchResult]:
    """Entries of one's menu, and the footer's, each address once."""
    entries = menu.entries_for(search.actor)
    links = {entry.url: SearchResult(str(entry.label), entry.url, _section(entry)) for entry in entries}
    for label, url in footer_links():
        links.setdefault(url, SearchResult(str(label), url))
    return (link for link in links.values() if _fits(link.title, search.text))


def find_actions(search: Search) -> Iterable[SearchResult]:
    """Those whose label fits and that are possible for this actor."""
    for action in _actions:
        if _fits(str(action.label), search.text) and (url := action.address(search.actor)):
            yield SearchResult(str(action.label), url)


def _section(entry: menu.Entry) -> str:
    return str(entry.group.label) if entry.group is not None and entry.group is not menu.Group.PERSON else ""


def _fits(label: str, text: SearchText) -> bool:
    if not text.tolerant:
        return holds(label, text.words)
    known = folded(label).split()
    return all(any(_is_like(word, one) for one in known) for word in text.words)


def _is_like(word: str, known: str) -> bool:
    if not can_be_misspelled(word):
        return known.startswith(word)
    return SequenceMatcher(None, word, known).ratio() >= LIKENESS
