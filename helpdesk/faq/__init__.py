"""Frequently asked questions, answered with the scheme's present numbers, and which of them fit a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cxc.access.scoped import Scoped
from helpdesk.faq.entries import ENTRIES, GROUPS, Entry
from profiles.queries.generations import present_generation
from profiles.queries.scheme_values import values_by_name

# More would be a page of its own, which there is.
MAX_ENTRIES_ON_HELP_PAGE = 5
# The first part of an address → the kind of page it is.
_PAGES = {
    "matches": "match",
    "best-matches": "match",
    "catalogue": "match",
    "exchanges": "exchange",
    "visits": "visit",
    "open-visits": "visit",
    "profiles": "profile",
    "organisations": "organisation",
    "partnerships": "partnership",
    "account": "account",
    "me": "account",
    "welcome": "organisation",
    "statistics": "statistics",
}
# Records whose page is part of an exchange's.
_PARTS = {
    "sharedpart": "visit",
    "ownpart": "exchange",
    "financialagreement": "exchange",
    "finalactivityreport": "exchange",
    "evidence": "exchange",
    "payment": "exchange",
    "waitinglistentry": "visit",
}


@dataclass(frozen=True)
class AnsweredEntry:
    """An entry in words: `slug` is its anchor, `answer` its paragraphs."""

    slug: str
    question: str
    answer: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Entries under one heading."""

    name: str
    title: str
    entries: tuple[AnsweredEntry, ...]


def groups() -> list[Group]:
    """Every entry, by group."""
    scheme_values = values_by_name(present_generation())
    return [
        Group(name, str(title), tuple(_answered(entry, scheme_values) for entry in ENTRIES if entry.group == name))
        for name, title in GROUPS.items()
    ]


def entries_for_page(path: str, about: Scoped | None) -> list[AnsweredEntry]:
    """The entries that fit the page somebody comes from, for them to read before they ask."""
    kind = page_kind(path, about)
    found = [entry for entry in ENTRIES if kind in entry.pages] or [e for e in ENTRIES if "home" in e.pages]
    scheme_values = values_by_name(present_generation())
    return [_answered(entry, scheme_values) for entry in found[:MAX_ENTRIES_ON_HELP_PAGE]]


def page_kind(path: str, about: Scoped | None) -> str:
    """The kind of page: that of its record, else by the beginning of its address; 'home' for any other."""
    if about is not None:
        name = about._meta.model_name or ""
        return _PARTS.get(name, name)
    return _PAGES.get(path.strip("/").partition("/")[0], "home")


def _answered(entry: Entry, scheme_values: Mapping[str, Any]) -> AnsweredEntry:
    """An entry with the numbers put in; a % of its own is written %%."""
    return AnsweredEntry(entry.slug, str(entry.question), tuple(str(text) % scheme_values for text in entry.answer))
