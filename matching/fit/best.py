"""The list of best matches of a profile, in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from matching.fit.conditions import candidates
from matching.fit.criteria import CRITERIA, Finding, Pair
from profiles.enums import Modality
from profiles.models import Profile

LINKS = ("types", "own_sectors", "wanted_sectors", "offers", "seeks", "wanted_countries")


@dataclass(frozen=True)
class Fit:
    """How well another profile fits: `score` 0 to 100, findings by weight, modalities that can be proposed."""

    profile: Profile
    score: int
    findings: tuple[Finding, ...]
    modalities: tuple[Modality, ...]

    @property
    def good(self) -> list[str]:
        return [finding.words for finding in self.findings if finding.is_good]

    @property
    def missing(self) -> list[str]:
        return [finding.words for finding in self.findings if not finding.is_good]


def best_matches(mine: Profile) -> list[Fit]:
    """Everybody whom this profile may propose to, the best first; equals by name."""
    prefetch_related_objects([mine], *LINKS)
    others = candidates(mine).with_faces().defer("description", "motivation").prefetch_related(*LINKS)
    return fits_between(mine, others)


def fits_between(mine: Profile, others: Iterable[Profile]) -> list[Fit]:
    """The same of given candidates (`conditions.candidates`); those free for too few days in common are left out."""
    pairs = [(other, Pair(mine, other) if mine.is_visiting else Pair(other, mine)) for other in others]
    fits = [_fit(other, pair) for other, pair in pairs if pair.is_long_enough]
    return sorted(fits, key=lambda fit: (-fit.score, fit.profile.organisation.legal_name, fit.profile.pk))


def score_of(pair: Pair) -> tuple[int, tuple[Finding, ...]]:
    """The score in percent and what it was made of."""
    found = [(criterion.weight, finding) for criterion in CRITERIA if (finding := criterion.find(pair)) is not None]
    total = sum(weight for weight, _ in found)
    score = sum(weight * finding.part for weight, finding in found) / total if total else 0.0
    return round(100 * score), tuple(finding for _, finding in found)


def _fit(other: Profile, pair: Pair) -> Fit:
    score, findings = score_of(pair)
    flags = ((Modality.PHYSICAL, other.can_physical), (Modality.VIRTUAL, other.can_virtual))  # type: ignore[attr-defined]
    return Fit(other, score, findings, tuple(modality for modality, can in flags if can))
