"""The order by fit: who may be proposed first, the best of them foremost."""

from collections.abc import Collection

from matching.fit import ranking
from matching.fit.points import percent
from profiles.models import Profile


def fit_percentages(mine: Profile, only: Collection[int]) -> dict[int, int]:
    """The fit in percent of those of `only` that may be proposed to `mine`, the best first."""
    return {number: percent(score) for number, score, *_rest in ranking.scores(mine, only=only)}
