"""Everybody who may be shown to a profile, the best first: `ranked`.

PostgreSQL's answer (`database`) is the truth. A snapshot in the process (`snapshot`) gives the same sooner; it is asked
first, and stands back where it could be wrong.
"""

from collections.abc import Iterable, Sequence

from matching.fit import database, snapshot
from matching.fit.fit import Fit
from profiles.models import Profile


def ranked(
    mine: Profile | int, *, limit: int | None = None, offset: int = 0, only: Iterable[int] | None = None
) -> Sequence[Fit]:
    """Everybody whom this profile may propose to, the best first; equal ones in the order of their profiles' numbers.

    `only`: among these profiles. Empty where the profile itself is not published.
    """
    number = mine if isinstance(mine, int) else mine.pk
    among = None if only is None else list(only)
    found = snapshot.ranked(number, only=among)
    if found is None:
        return database.ranked(number, limit=limit, offset=offset, only=among)
    return found[offset : None if limit is None else offset + limit] if limit is not None or offset else found


def scores(
    mine: Profile, *, only: Iterable[int] | None = None
) -> Iterable[tuple[int, float, float | None, float | None, bool, bool]]:
    """Of the same list each fit's first six fields, from the number to `can_virtual`: for thousands at once."""
    among = None if only is None else list(only)
    found = snapshot.ranked(mine.pk, only=among)
    return (database.ranked(mine.pk, only=among) if found is None else found).scores()


def compared(mine: Profile, others: Iterable[int]) -> list[Fit]:
    """How well these fit, whether or not a proposal is possible now; the best first.

    Left out are those not published, of another generation, or never free with this one from today on.
    """
    return database.compared(mine.pk, others)
