"""The main menu: each app adds its entries when it is ready."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cxc.ground.access import NOBODY, Actor, Body

SIGNED_IN = frozenset({Body.ORGANISATION, Body.PARTNERSHIP, Body.SUPPORT_OFFICE, Body.OBSERVER, Body.NONE})


@dataclass(frozen=True)
class Entry:
    """One entry: who sees it (by the body acted for; `public`: nobody signed in too), and where it leads."""

    label: Any
    url_name: str
    bodies: frozenset[Body]
    order: int
    public: bool = False

    @property
    def url(self) -> str:
        return reverse(self.url_name)


_entries: list[Entry] = []


def add(label: Any, url_name: str, *bodies: Body, order: int, public: bool = False) -> None:
    """Add an entry for these bodies; without bodies it is for everybody signed in."""
    entry = Entry(label, url_name, frozenset(bodies) or SIGNED_IN, order, public)
    if entry not in _entries:
        _entries.append(entry)
        _entries.sort(key=lambda row: row.order)


def entries_for(actor: Actor | None) -> list[Entry]:
    """What this actor's menu shows."""
    actor = actor or NOBODY
    if not actor.is_signed_in:
        return [entry for entry in _entries if entry.public]
    return [entry for entry in _entries if actor.body in entry.bodies]
