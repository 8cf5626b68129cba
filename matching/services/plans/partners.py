"""The one place where the bench asks how well two profiles fit."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from matching.fit import best_matches
from matching.models import Hidden
from profiles.enums import Modality
from profiles.models import Profile

# A sentence, and whether it speaks for the pair.
Reason = tuple[bool, str]


@dataclass(frozen=True)
class Partner:
    """How well another profile fits: `score`, `own`, `theirs` from 0 to 1, own being the asking profile's."""

    profile_id: int
    score: float
    own: float
    theirs: float
    modalities: tuple[Modality, ...]
    reasons: tuple[Reason, ...]


def partners(mine: Profile, *, limit: int | None = None, only: Iterable[int] | None = None) -> list[Partner]:
    """Everybody whom this profile may be proposed to, the best first; `only`: among these profiles."""
    wanted = None if only is None else set(only)
    hidden = _hidden(mine)
    fits = [
        fit
        for fit in best_matches(mine)
        if (wanted is None or fit.profile.pk in wanted) and fit.profile.pk not in hidden
    ]
    return [_partner(fit) for fit in fits[:limit]]


def _partner(fit) -> Partner:  # type: ignore[no-untyped-def]
    score = fit.score / 100
    reasons = tuple((finding.is_good, finding.words) for finding in fit.findings)
    return Partner(fit.profile.pk, score, score, score, fit.modalities, reasons)


def _hidden(mine: Profile) -> set[int]:
    """Who is not for this profile, or says so of it."""
    pairs = Hidden.objects.filter(Q(profile=mine) | Q(other=mine)).values_list("profile", "other")
    return {pk for pair in pairs for pk in pair} - {mine.pk}
