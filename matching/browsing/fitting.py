"""The order by fit: who may be proposed first, the best of them foremost."""

from collections.abc import Collection

from matching.fit import best_matches
from profiles.models import Profile


def percent_by_fit(mine: Profile, only: Collection[int]) -> dict[int, int]:
    """The fit in percent of those of `only` that may be proposed to `mine`, the best first."""
    wanted = set(only)
    return {fit.profile.pk: fit.score for fit in best_matches(mine) if fit.profile.pk in wanted}
