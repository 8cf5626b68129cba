"""The one place where the bench asks how well two profiles fit."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from matching.fit import Fit, ranked
from matching.fit.reasons import Reasons, explain
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
    hidden = _hidden(mine)
    fits = [fit for fit in ranked(mine, only=only) if fit.profile_id not in hidden][:limit]
    reasons = explain(mine.pk, fits)
    return [_partner(fit, reasons[fit.profile_id]) for fit in fits if fit.profile_id in reasons]


def _partner(fit: Fit, reasons: Reasons) -> Partner:
    said = (*((True, words) for words in reasons.good), *((False, words) for words in reasons.missing))
    return Partner(fit.profile_id, fit.score, fit.own or 0.0, fit.theirs or 0.0, fit.modalities, said)


def _hidden(mine: Profile) -> set[int]:
    """Who is not for this profile, or says so of it."""
    pairs = Hidden.objects.filter(Q(profile=mine) | Q(other=mine)).values_list("profile", "other")
    return {pk for pair in pairs for pk in pair} - {mine.pk}
