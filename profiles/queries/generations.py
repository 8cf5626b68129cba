"""Generations that are open, and the one that is meant where nobody names one."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, QuerySet

from cxc import clock
from profiles.models import Generation


def open_generations() -> "QuerySet[Generation]":
    """Generations in which some Partnership takes profiles today."""
    return Generation.objects.filter(participations__last_day__gte=clock.today()).distinct()


def default_generation(among: Iterable[Generation]) -> Generation | None:
    """The generation that is meant where nobody names one: the one running today, else the next, else the last.

    Of several that run, the one that began last. None where there is none.
    """
    today = clock.today()
    in_order = sorted(among, key=lambda one: (one.first_day, one.pk))
    begun = [one for one in in_order if one.first_day <= today]
    running = [one for one in begun if one.last_day >= today]
    to_come = [one for one in in_order if one.first_day > today]
    if running or to_come:
        return running[-1] if running else to_come[0]
    return max(begun, key=lambda one: (one.last_day, one.pk), default=None)


def present_generation() -> Generation | None:
    """The generation that texts speak of: the default one of those that take profiles, else of all."""
    return default_generation(open_generations()) or default_generation(Generation.objects.all())


def last_open_day(generation: Generation) -> date | None:
    """The last local date on which a Partnership of the generation takes profiles; None where none does."""
    found: date | None = generation.participations.aggregate(last=Max("last_day"))["last"]
    return found if found and found >= clock.today() else None
