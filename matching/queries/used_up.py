"""Which visitors have had their physical exchange: known above, asked for here by lists.

The app that keeps exchanges says once, when it is ready, which rows count (`register_source`); they carry
`organisation` and `generation`. The same is asked for one match by the blocker `visitor_not_used_up`.
Rule: docs/rules.md, Used up.
"""

from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Exists, OuterRef, QuerySet

_sources: list[Callable[[], QuerySet]] = []


def register_source(source: Callable[[], QuerySet]) -> None:
    """`source` gives the physical exchanges that use their visitor up."""
    if source not in _sources:
        _sources.append(source)


def used_up_profile() -> Exists:
    """For a queryset of profiles: whether the profile's organisation is used up in its generation."""
    return Exists(_exchanges().filter(organisation=OuterRef("organisation"), generation=OuterRef("generation")))


def is_used_up(organisation_id: int, generation_id: int) -> bool:
    """Whether this organisation has its physical exchange in this generation."""
    return _exchanges().filter(organisation=organisation_id, generation=generation_id).exists()


def _exchanges() -> QuerySet:
    if not _sources:
        raise ImproperlyConfigured("No app has said which exchanges use a visitor up.")
    return _sources[0]()
