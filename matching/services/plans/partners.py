"""The one place where the bench asks how well two profiles fit."""

from collections.abc import Iterable
from dataclasses import dataclass

from matching.fit import Fit, ranked
from matching.fit.reasons import Reasons, explain
from matching.models import Hidden
from profiles.enums import Modality
from profiles.models import Profile

# A sentence, and whether it speaks for the pair.
Reason = tuple[bool, str]


@dataclass(frozen=True)
class Partner:
    """How well another profile fits: `score`, `own`, `theirs` from 0 to 1, own being the asking profile's.

    Where a side ignores everything the pair's score stands for it.
    """

    profile_id: int
    score: float
    own: float
    theirs: float
    modalities: tuple[Modality, ...]
    reasons: tuple[Reason, ...] = ()


def partners(mine: Profile, *, limit: int | None = None, only: Iterable[int] | None = None) -> list[Partner]:
    """Everybody whom this profile may be proposed to, the best first, with the reasons; `only`: among these."""
    fits = _ranked(mine, limit, only)
    reasons = explain(mine.pk, fits)
    return [_partner(fit, _said(reasons[fit.profile_id])) for fit in fits if fit.profile_id in reasons]


def numbers(mine: Profile, *, only: Iterable[int] | None = None) -> list[Partner]:
    """The same without the reasons, quickly, for many at once."""
    return [_partner(fit) for fit in _ranked(mine, None, only)]


def _ranked(mine: Profile, limit: int | None, only: Iterable[int] | None) -> list[Fit]:
    """The list of this profile, without those who said “not for me” of it: to them it is not to be proposed."""
    away = set(Hidden.objects.filter(other=mine).values_list("profile", flat=True))
    fits = ranked(mine, limit=None if limit is None else limit + len(away), only=only)
    return [fit for fit in fits if fit.profile_id not in away][:limit]


def _partner(fit: Fit, reasons: tuple[Reason, ...] = ()) -> Partner:
    own, theirs = (fit.score if side is None else side for side in (fit.own, fit.theirs))
    return Partner(fit.profile_id, fit.score, own, theirs, fit.modalities, reasons)


def _said(reasons: Reasons) -> tuple[Reason, ...]:
    return (*((True, words) for words in reasons.good), *((False, words) for words in reasons.missing))
