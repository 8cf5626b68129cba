"""The methods, on every world of some seeds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from benchmarks.quality import measures, population, profiles, tuning
from benchmarks.quality.population import Array, Population
from benchmarks.quality.scenarios import SCENARIOS, Scenario
from benchmarks.quality.score import Counts, Parts, Weights, check, count
from matching.enums import Criterion
from matching.fit.criteria import WEIGHTS

CHECKED = 20  # pairs of each world whose score is compared with the portal's own formula
TEXT_ONLY: Weights = dict.fromkeys(Criterion, 0) | {Criterion.TEXT: 1}
STRUCTURE_ONLY: Weights = dict(WEIGHTS) | {Criterion.TEXT: 0}
Figures = dict[str, Any]


def measure(scenario: Scenario, seeds: Iterable[int], visitors: int, hosts: int) -> Figures:
    """Every method's figures in one scenario, with 95 % intervals over the seeds."""
    values: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    shares: dict[str, list[float]] = defaultdict(list)
    admissible: list[float] = []
    for seed in seeds:
        made, counts, parts = _population(scenario, seed, visitors, hosts)
        graded = measures.grades(made.worth, made.admissible)
        portal = parts.score(WEIGHTS)
        _check(counts, portal, seed)
        for name, scores in _methods(scenario, parts, portal, seed).items():
            for measured, value in _figures(scores, made, graded).items():
                values[name][measured].append(value)
        for criterion, share in _shares(parts, made).items():
            shares[criterion].append(share)
        admissible.append(float(made.admissible.mean()))
    return {name: _summed(of, values["portal"]) for name, of in values.items()} | {
        "shares": {criterion: round(float(np.mean(share)), 3) for criterion, share in shares.items()},
        "admissible": round(float(np.mean(admissible)), 3),
    }


def tune(seeds: Iterable[int], visitors: int, hosts: int) -> Figures:
    """The weights found from those that stand, and the mean nDCG@10 before and after, over all scenarios."""
    cases = []
    for scenario in SCENARIOS:
        for seed in seeds:
            made, _counts, parts = _population(scenario, seed, visitors, hosts)
            cases.append((parts, made.admissible, measures.grades(made.worth, made.admissible)))
    before = tuning.mean_ndcg(cases, WEIGHTS)
    found, after = tuning.search(cases, WEIGHTS)
    return {"weights": found, "ndcg10_before": round(before, 4), "ndcg10_after": round(after, 4)}


def _population(scenario: Scenario, seed: int, visitors: int, hosts: int) -> tuple[Population, Counts, Parts]:
    made = population.make(scenario, seed, visitors, hosts)
    counts = count(*profiles.written_profiles(made, scenario, seed))
    return made, counts, Parts(counts)


def _check(counts: Counts, scores: Array, seed: int) -> None:
    random = np.random.default_rng(seed)
    pairs = zip(*(random.integers(0, length, CHECKED) for length in scores.shape), strict=True)
    check(counts, scores, ((int(visitor), int(host)) for visitor, host in pairs))


def _methods(scenario: Scenario, parts: Parts, portal: Array, seed: int) -> dict[str, Array]:
    found = {
        "portal": portal,
        "text_only": parts.score(TEXT_ONLY, ask=False),
        "structure_only": parts.score(STRUCTURE_ONLY),
        "random": np.random.default_rng([seed, 1]).random(portal.shape),
    }
    return found | ({"as_if_nobody_said": parts.score(WEIGHTS, ask=False)} if scenario.says_what else {})


def _figures(scores: Array, made: Population, graded: Array) -> dict[str, float]:
    tops = measures.top(scores, made.admissible)
    return {
        "ndcg10": measures.ndcg(tops, graded),
        "recall10": measures.recall(tops, graded),
        "gini": measures.gini(tops, scores.shape[1]),
    }


def _shares(parts: Parts, made: Population) -> dict[str, float]:
    """Which part of the points of both sides comes from each criterion, over all that may meet."""
    points: dict[str, float] = dict.fromkeys(Criterion, 0.0)
    for there in (False, True):
        weighed = parts.weighed(WEIGHTS, there=there)
        total = np.maximum(sum(weight for weight, _part in weighed.values()), 1)
        for criterion, (weight, part) in weighed.items():
            points[criterion] += float((weight * part / total)[made.admissible].sum())
    return {str(criterion): value / sum(points.values()) for criterion, value in points.items()}


def _summed(values: Mapping[str, list[float]], portal: Mapping[str, list[float]]) -> Figures:
    found: Figures = {}
    for measured, of in values.items():
        found |= {measured: round(float(np.mean(of)), 4), f"{measured}_95": measures.interval(of)}
    if values is not portal:
        lead = [ours - its for ours, its in zip(portal["ndcg10"], values["ndcg10"], strict=True)]
        found["portals_lead_ndcg10_95"] = measures.interval(lead)
    return found
