""" "Why is X not in my list?": an answer for any published profile; and how many each condition keeps away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from matching.fit.conditions import CONDITIONS, Condition
from matching.fit.fits import moment
from matching.fit.ranking import ranked
from matching.fit.rows import statement
from profiles.enums import ProfileState
from profiles.models import Profile


@dataclass(frozen=True)
class Answer:
    """Where another profile stands in one's list (`place`, from 1), or what keeps it out."""

    profile: Profile
    place: int | None
    sentences: tuple[str, ...]
    relax: tuple[str, ...] = ()


@dataclass(frozen=True)
class Removed:
    """How many a condition keeps away, alone or with others."""

    number: int
    condition: Condition


def why(mine: Profile, other: Profile) -> Answer:
    """Why the other is, or is not, in the list of the one who looks. Both come with their faces."""
    if plain := _plainly(mine, other):
        return Answer(other, None, (plain,))
    broken = [condition for condition, holds in zip(CONDITIONS, _asked(mine, other), strict=True) if not holds]
    if broken:
        relax = dict.fromkeys(str(condition.relax) for condition in broken if condition.relax)
        return Answer(other, None, tuple(str(condition.why) for condition in broken), tuple(relax))
    place = next((n for n, fit in enumerate(ranked(mine), 1) if fit.profile_id == other.pk), None)
    return Answer(other, place, ())


def removed(mine: Profile) -> tuple[int, list[Removed]]:
    """How many of the other kind there are in the generation, and whom each condition keeps away, the most first."""
    counts = ", ".join(f"count(*) FILTER (WHERE NOT ({condition.sql}))" for condition in CONDITIONS)
    number, *kept_away = _row(f"SELECT count(*), {counts} FROM mine m CROSS JOIN pair o", moment() | {"mine": mine.pk})
    found = [Removed(count, condition) for count, condition in zip(kept_away, CONDITIONS, strict=True) if count]
    return number, sorted(found, key=lambda one: -one.number)


def _plainly(mine: Profile, other: Profile) -> str:
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


def _asked(mine: Profile, other: Profile) -> Sequence[bool]:
    """Whether each condition holds between the two."""
    columns = ", ".join(f"({condition.sql})" for condition in CONDITIONS)
    query = f"SELECT {columns} FROM mine m CROSS JOIN pair o WHERE o.profile_id = %(other)s"
    return _row(query, moment() | {"mine": mine.pk, "other": other.pk})


def _row(query: str, facts: dict[str, Any]) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement("pairs") + query, facts)
        return cursor.fetchone() or ()
