""" "Why is X not in my list?": an answer for any published profile; and how many each condition keeps away."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from matching.fit.conditions import CONDITIONS, Condition
from matching.fit.fit import time_parameters
from matching.fit.local_names import MAX_NAMED, shortened_list
from matching.fit.ranking import scores
from matching.fit.statements import statement
from profiles.enums import ProfileState
from profiles.models import Profile


@dataclass(frozen=True)
class PositionAnswer:
    """Where another profile stands in one's list (`position`, from 1), or what keeps it out."""

    profile: Profile
    position: int | None
    sentences: tuple[str, ...]
    relax: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exclusion:
    """How many a condition keeps away, how many of them it alone does, and the first of them by name."""

    number: int
    only_reason: int
    condition: Condition
    names: tuple[str, ...]

    @property
    def names_text(self) -> str:
        """“A, B, C and 3 more”."""
        return shortened_list(self.names, of=self.number)


# Which conditions keep somebody away is one number, of which bit n stands for the n-th. The query tells how many have
# each such number, and the first of them; there are few numbers, so the rest is counted afterwards.
_BROKEN = " + ".join(f"{1 << n} * (({one.sql}) IS FALSE)::integer" for n, one in enumerate(CONDITIONS))
# The conditions that its profiles break, as bits; how many they are; the first of them.
Group = tuple[int, int, list[int]]
_EXCLUSIONS = (
    f"SELECT broken, count(*), (array_agg(profile_id ORDER BY profile_id))[1:{MAX_NAMED}]"
    f" FROM (SELECT o.profile_id, {_BROKEN} AS broken FROM mine m CROSS JOIN pair o OFFSET 0) AS asked GROUP BY broken"
)


def explain_position(mine: Profile, other: Profile) -> PositionAnswer:
    """Why the other is, or is not, in the list of the one who looks. Both come with their faces."""
    if reason := _obvious_reason(mine, other):
        return PositionAnswer(other, None, (reason,))
    broken = [condition for condition, holds in zip(CONDITIONS, _conditions_met(mine, other), strict=True) if not holds]
    if broken:
        relax = dict.fromkeys(str(condition.relax) for condition in broken if condition.relax)
        return PositionAnswer(other, None, tuple(str(condition.why) for condition in broken), tuple(relax))
    position = next((n for n, (number, *_scores) in enumerate(scores(mine), 1) if number == other.pk), None)
    return PositionAnswer(other, position, ())


def count_exclusions(mine: Profile) -> tuple[int, list[Exclusion]]:
    """How many of the other kind there are in the generation, and whom each condition keeps away: first those whose
    relaxing alone brings the most."""
    groups = _rows(_EXCLUSIONS, time_parameters() | {"mine": mine.pk})
    first = [_first_with(1 << n, groups) for n in range(len(CONDITIONS))]
    names = _names({pk for ids in first for pk in ids})
    found = [
        _exclusion(condition, 1 << n, groups, tuple(names[pk] for pk in ids if pk in names))
        for n, (condition, ids) in enumerate(zip(CONDITIONS, first, strict=True))
    ]
    by_use = sorted((one for one in found if one.number), key=lambda one: (-one.only_reason, -one.number))
    return sum(number for _broken, number, _first in groups), by_use


def _first_with(bit: int, groups: Sequence[Group]) -> list[int]:
    """The first profiles that break this condition: those that are named."""
    return sorted(pk for broken, _number, first in groups if broken & bit for pk in first)[:MAX_NAMED]


def _exclusion(condition: Condition, bit: int, groups: Sequence[Group], names: tuple[str, ...]) -> Exclusion:
    """Whom this condition keeps away, in all and by itself alone."""
    return Exclusion(
        sum(number for broken, number, _first in groups if broken & bit),
        sum(number for broken, number, _first in groups if broken == bit),
        condition,
        names,
    )


def _names(profile_ids: Collection[int]) -> dict[int, str]:
    rows = Profile.objects.filter(pk__in=profile_ids).order_by()
    return dict(rows.values_list("pk", "organisation__legal_name")) if profile_ids else {}


def _obvious_reason(mine: Profile, other: Profile) -> str:
    if mine.pk == other.pk:
        return _("That is the profile itself.")
    if mine.state != ProfileState.PUBLISHED:
        return _("Your profile is not published: nobody sees it, and nobody is proposed to it.")
    if other.state != ProfileState.PUBLISHED:
        return _("It is not published at the moment.")
    if mine.generation_id != other.generation_id:
        return _("It belongs to another generation: %(generation)s.") % {"generation": other.generation}
    if mine.kind == other.kind:
        return (
            _("Both visit: neither receives the other.")
            if mine.is_visiting
            else _("Both host: neither visits the other.")
        )
    return ""


def _conditions_met(mine: Profile, other: Profile) -> Sequence[bool]:
    """Whether each condition holds between the two."""
    columns = ", ".join(f"({condition.sql})" for condition in CONDITIONS)
    query = f"SELECT {columns} FROM mine m CROSS JOIN pair o WHERE o.profile_id = %(other)s"
    return next(iter(_rows(query, time_parameters() | {"mine": mine.pk, "other": other.pk})), ())


def _rows(query: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement("pairs") + query, parameters)
        return cursor.fetchall()
