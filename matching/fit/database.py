"""The ranking by PostgreSQL: `pairs.sql` and `ranking.sql`. It is the truth."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from matching.enums import Criterion
from matching.fit.conditions import CONDITIONS, all_of
from matching.fit.criteria import WEIGHTS
from matching.fit.fit import Fit, time_parameters
from matching.fit.statements import statement


def ranked(mine: int, *, limit: int | None = None, offset: int = 0, only: Iterable[int] | None = None) -> list[Fit]:
    """Everybody who may be shown to this profile, the best first; equal ones in the order of their numbers."""
    return _fits(mine, all_of(CONDITIONS), limit, offset, only)


def compared(mine: int, others: Iterable[int]) -> list[Fit]:
    """How well these fit, whether or not a proposal is possible now; the best first.

    Left out are those not published, of another generation, or never free with this one from today on.
    """
    return _fits(mine, "greatest(m.begins, o.begins) <= least(m.last, o.last)", None, 0, others)


def _fits(mine: int, conditions: str, limit: int | None, offset: int, only: Iterable[int] | None) -> list[Fit]:
    parameters = time_parameters() | {
        "mine": mine,
        "weights": [WEIGHTS[criterion] for criterion in Criterion],
        "only": None if only is None else list(only),
        "limit": limit,
        "offset": offset,
    }
    with connection.cursor() as cursor:
        query = statement("pairs") + statement("ranking").replace("{conditions}", conditions)
        cursor.execute(query, parameters)
        return [_fit(row) for row in cursor.fetchall()]


def _fit(row: tuple[Any, ...]) -> Fit:
    number, score, own, theirs, can_physical, can_virtual, scale, *counts = row
    return Fit(number, score, own, theirs, can_physical, can_virtual, tuple(counts), scale)
