"""The ranking by PostgreSQL: `pairs.sql` and `ranking.sql`. It is the truth."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

from django.db import connection

from matching.enums import Criterion
from matching.fit.conditions import CONDITIONS, all_of
from matching.fit.criteria import CRITERIA, LEAST_COSINE, WEIGHTS, Pair, SideCounts, cosine, shares
from matching.fit.fit import Fit, Side, time_parameters
from matching.fit.statements import statement

# Columns of `ranking.sql` on each side: the fields of `SideCounts` without the musts, of which the factors are many.
_SIDE_LENGTH = SideCounts._fields.index("factors") + len(CRITERIA)


class DatabaseRanking(Sequence[Fit]):
    """The rows of `ranking.sql` in order; a fit is made when it is looked at."""

    def __init__(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Fit: ...
    @overload
    def __getitem__(self, at: slice) -> list[Fit]: ...
    def __getitem__(self, at: int | slice) -> Fit | list[Fit]:
        return [_fit(row) for row in self._rows[at]] if isinstance(at, slice) else _fit(self._rows[at])

    def scores(self) -> Iterator[tuple[int, float, float | None, float | None, bool, bool]]:
        """Each fit's first six fields, without what was counted."""
        for number, score, own, theirs, can_physical, can_virtual, *_counts in self._rows:
            yield number, score, own, theirs, can_physical, can_virtual


def ranked(
    mine: int, *, limit: int | None = None, offset: int = 0, only: Iterable[int] | None = None
) -> DatabaseRanking:
    """Everybody who may be shown to this profile, the best first; equal ones in the order of their numbers."""
    return _ranking(mine, all_of(CONDITIONS), limit, offset, only)


def compared(mine: int, others: Iterable[int]) -> list[Fit]:
    """How well these fit, whether or not a proposal is possible now; the best first.

    Left out are those not published, of another generation, or never free with this one from today on.
    """
    return list(_ranking(mine, "greatest(m.begins, o.begins) <= least(m.last, o.last)", None, 0, others))


def _ranking(mine: int, conditions: str, limit: int | None, offset: int, only: Iterable[int] | None) -> DatabaseRanking:
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
        return DatabaseRanking(cursor.fetchall())


def _fit(row: tuple[Any, ...]) -> Fit:
    number, score, own, theirs, can_physical, can_virtual, scale, *counts = row
    common = counts[2 * _SIDE_LENGTH :]
    pair = Pair(_side_counts(counts[:_SIDE_LENGTH]), _side_counts(counts[_SIDE_LENGTH : 2 * _SIDE_LENGTH]), *common)
    own_side, their_side = _side(pair, pair.own, scale), _side(pair, pair.theirs, scale)
    is_alike = cosine(pair) >= LEAST_COSINE
    return Fit(number, score, own, theirs, can_physical, can_virtual, own_side, their_side, pair.days_common, is_alike)


def _side_counts(counts: Sequence[Any]) -> SideCounts:
    """Of the columns that `ranking.sql` gives of one side: the fields of the class, then the factors."""
    first_factor = _SIDE_LENGTH - len(CRITERIA)
    fields = *counts[:first_factor], dict(zip(CRITERIA, counts[first_factor:], strict=True))
    return SideCounts(*fields)


def _side(pair: Pair, counted: SideCounts, scale: float) -> Side:
    found = {share.criterion: share for share in shares(pair, counted, scale)}
    return Side(
        tuple(found[criterion].part if criterion in found else 0.0 for criterion in CRITERIA),
        tuple(found[criterion].weight if criterion in found else 0 for criterion in CRITERIA),
        counted.days,
        is_near=counted.sectors_near > 0,
        welcomes_others=counted.cross_sector,
        country_met=counted.country_met,
    )
