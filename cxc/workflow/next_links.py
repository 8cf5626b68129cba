"""The next step from a thing that waits for nobody, as a link for first pages, the thing's own page and mails.

The apps above register links for things of the apps below, so that no import points up.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True)
class NextLink:
    """The next step: what it is called, and its path."""

    label: str
    path: str


Source = Callable[[Any], NextLink | None]

_sources: dict[str, list[Source]] = defaultdict(list)


def next_link_for(kind: str) -> Callable[[Source], Source]:
    """Register the next link for things of this kind; asks the database nothing."""

    def register(source: Source) -> Source:
        if source not in _sources[kind]:
            _sources[kind].append(source)
        return source

    return register


def next_link_of(thing: models.Model) -> NextLink | None:
    """The next step from this thing as it stands; None where nobody knows one."""
    found = (source(thing) for source in _sources[thing._meta.label_lower])
    return next((link for link in found if link is not None), None)
