"""The main menu: each app adds its entries when it is ready.

Entries of one group fold into one word, so that the longest menu stays one row; a group of which
somebody sees one entry only is that entry. The person's own entries stand under their name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cxc.access.scoped import NOBODY, Actor, Principal

SIGNED_IN = frozenset(
    {Principal.ORGANISATION, Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE, Principal.OBSERVER, Principal.NONE}
)


class Group(StrEnum):
    """Words that entries fold under; PERSON is the menu under one's own name."""

    MATCHING = "matching"
    EXCHANGES = "exchanges"
    OFFICE = "office"
    ABOUT = "about"
    PERSON = "person"

    @property
    def label(self) -> Any:
        return _GROUP_LABELS[self]


_GROUP_LABELS = {
    Group.MATCHING: _("Matching"),
    Group.EXCHANGES: _("Exchanges"),
    Group.OFFICE: _("Support Office"),
    Group.ABOUT: pgettext_lazy("menu", "About"),
    Group.PERSON: _("You"),
}


@dataclass(frozen=True)
class Entry:
    """One entry: who sees it (by the body acted for; `public`: nobody signed in too), and where it leads.

    `under`: addresses whose pages belong to it besides those beneath its own.
    """

    label: Any
    url_name: str
    bodies: frozenset[Principal]
    order: int
    public: bool = False
    group: Group | None = None
    under: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.url_name)

    def nearness(self, path: str) -> int:
        """How much of the address it shares (0: another section)."""
        return max((len(start) for start in (self.url, *self.under) if path.startswith(start)), default=0)


@dataclass(frozen=True)
class MenuLink:
    """An entry on a page: `current` is "page" on its own page, "true" on one of its section."""

    label: Any
    url: str
    current: str = ""


@dataclass(frozen=True)
class MenuGroup:
    """Entries under one word."""

    label: Any
    entries: tuple[MenuLink, ...]

    @cached_property
    def is_here(self) -> bool:
        return any(entry.current for entry in self.entries)


@dataclass(frozen=True)
class Menu:
    """A page's menu: the row, and what stands under the person's name."""

    row: tuple[MenuLink | MenuGroup, ...]
    person: tuple[MenuLink, ...]


_entries: list[Entry] = []


def add(
    label: Any,
    url_name: str,
    *bodies: Principal,
    order: int,
    public: bool = False,
    group: Group | None = None,
    under: Iterable[str] = (),
    public_only: bool = False,
) -> None:
    """Add an entry for these bodies; without bodies it is for everybody signed in, or with `public_only` for nobody."""
    read_permissions = frozenset() if public_only else frozenset(bodies) or SIGNED_IN
    entry = Entry(label, url_name, read_permissions, order, public or public_only, group, tuple(under))
    if entry not in _entries:
        _entries.append(entry)
        _entries.sort(key=lambda row: row.order)


def entries_for(actor: Actor | None) -> list[Entry]:
    """What this actor may reach from the menu, in its order."""
    actor = actor or NOBODY
    if not actor.is_signed_in:
        return [entry for entry in _entries if entry.public]
    return [entry for entry in _entries if actor.principal in entry.bodies]


def menu_for(actor: Actor | None, path: str = "") -> Menu:
    """The menu as the page at this address shows it. A group stands where its first entry would."""
    entries = entries_for(actor)
    here = max(entries, key=lambda entry: entry.nearness(path), default=None)
    shown = [(entry, _shown(entry, here, path)) for entry in entries]
    person = tuple(row for entry, row in shown if entry.group is Group.PERSON)
    in_row = [(entry.group, row) for entry, row in shown if entry.group is not Group.PERSON]
    folded = actor is not None and actor.is_signed_in
    return Menu(tuple(_row(in_row) if folded else (row for _group, row in in_row)), person)


def _shown(entry: Entry, here: Entry | None, path: str) -> MenuLink:
    current = entry is here and entry.nearness(path) > 0
    return MenuLink(entry.label, entry.url, ("page" if entry.url == path else "true") if current else "")


def _row(entries: Sequence[tuple[Group | None, MenuLink]]) -> Iterable[MenuLink | MenuGroup]:
    done: set[Group] = set()
    for group, row in entries:
        if group is None:
            yield row
        elif group not in done:
            done.add(group)
            members = tuple(other for its, other in entries if its is group)
            yield row if len(members) == 1 else MenuGroup(group.label, members)
