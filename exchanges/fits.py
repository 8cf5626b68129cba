"""How well visitors and hosts of open visits fit, for those shown on a page: one profile with many, few queries.

The score and its reasons are matching's; here they are asked for given pairs, whether or not a proposal between
the two is possible now.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from matching.fit.best import LINKS, score_of
from matching.fit.criteria import Pair
from profiles.models import Profile


@dataclass(frozen=True)
class Fit:
    """`score` in percent; what fits and what does not, in words."""

    score: int
    good: list[str]
    missing: list[str]


def fits_with(mine: Profile, others: Collection[Profile]) -> dict[int, Fit]:
    """By the other profile's id."""
    prefetch_related_objects([mine, *others], *LINKS)
    return {other.pk: _fit(Pair(mine, other) if mine.is_visiting else Pair(other, mine)) for other in others}


def _fit(pair: Pair) -> Fit:
    if None in (
        pair.visitor.available_from,
        pair.visitor.available_to,
        pair.host.available_from,
        pair.host.available_to,
    ):
        return Fit(0, [], [])
    score, findings = score_of(pair)
    good = [finding.words for finding in findings if finding.is_good]
    return Fit(score, good, [finding.words for finding in findings if not finding.is_good])
