"""The one place where the bench asks how well two profiles fit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matching.fit import ranked, ranking
from matching.fit.reasons import Reasons, explain
from matching.models import HiddenProfile
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
    reasons: tuple[Reason, ...]


def partners(mine: Profile, *, limit: int | None = None, only: Iterable[int] | None = None) -> list[Partner]:
    """Everybody whom this profile may be proposed to, the best first, with the reasons; `only`: among these."""
    hidden_by = _hidden_by(mine)
    fits = ranked(mine, limit=None if limit is None else limit + len(hidden_by), only=only)
    shown = [fit for fit in fits if fit.profile_id not in hidden_by][:limit]
    reasons = explain(mine.pk, shown)
    return [
        Partner(
            fit.profile_id,
            fit.score,
            _own_or_pair_score(fit.own, fit.score),
            _own_or_pair_score(fit.theirs, fit.score),
            fit.modalities,
            _as_sentences(reasons[fit.profile_id]),
        )
        for fit in shown
        if fit.profile_id in reasons
    ]


def partner_scores(mine: Profile, modality: str, *, only: Iterable[int]) -> Iterator[tuple[int, float, float, float]]:
    """The same in one modality without the reasons, for many at once: profile, score, own, theirs."""
    hidden_by = _hidden_by(mine)
    for number, score, own, theirs, physical, virtual in ranking.scores(mine, only=only):
        can = physical if modality == Modality.PHYSICAL else virtual
        if can and number not in hidden_by:
            yield number, score, _own_or_pair_score(own, score), _own_or_pair_score(theirs, score)


def _hidden_by(mine: Profile) -> set[int]:
    """Who said “not for me” of this profile: to them it is not to be proposed."""
    return set(HiddenProfile.objects.filter(other=mine).values_list("profile", flat=True))


def _own_or_pair_score(side: float | None, score: float) -> float:
    return score if side is None else side


def _as_sentences(reasons: Reasons) -> tuple[Reason, ...]:
    return (*((True, words) for words in reasons.good), *((False, words) for words in reasons.missing))
