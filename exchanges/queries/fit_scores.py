"""How well visitors and hosts of open visits fit, for those shown on a page: one profile with many, three queries.

The score and its reasons are matching's; here they are asked for given pairs, whether or not a proposal between
the two is possible now.
"""

from collections.abc import Collection
from dataclasses import dataclass

from matching.fit import compared
from matching.fit.reasons import explain
from profiles.models import Profile


@dataclass(frozen=True)
class Fit:
    """`score` in percent; what fits and what does not, in words to the one who looks."""

    score: int
    good: list[str]
    missing: list[str]


def fits_with(mine: Profile, others: Collection[Profile]) -> dict[int, Fit]:
    """By the other profile's id; none where one of the two is not published, or they are never free together."""
    reasons = explain(mine.pk, compared(mine, [other.pk for other in others]))
    return {pk: Fit(why.score, why.good, why.missing) for pk, why in reasons.items()}
