"""Where one goes on from a thing that waits for nobody: a link for first pages, the thing's own page and mails.

The apps above say it for things of the apps below, so that no import points up.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Lead:
    """The next step: what it is called, and its path."""

    label: str
    path: str


Source = Callable[[Any], Lead | None]

_sources: dict[str, list[Source]] = defaultdict(list)


def leads_on(kind: str) -> Callable[[Source], Source]:
    """Register where one goes on from things of this kind; asks the database nothing."""

    def register(source: Source) -> Source:
        if source not in _sources[kind]:
            _sources[kind].append(source)
        return source

    return register


def lead_of(thing: models.Model) -> Lead | None:
    """The next step from this thing as it stands; None where nobody knows one."""
    found = (source(thing) for source in _sources[thing._meta.label_lower])
    return next((lead for lead in found if lead is not None), None)
