"""Weights set on the first fifty seeds: a walk along one weight after the other, in whole numbers."""

from collections.abc import Sequence

import numpy as np

from benchmarks.quality import measures
from benchmarks.quality.population import Array
from benchmarks.quality.score import Parts, Weights
from matching.enums import Criterion

STEPS = (-10, -5, -2, 2, 5, 10)
Case = tuple[Parts, Array, Array]  # parts, who may meet, grades


def mean_ndcg(cases: Sequence[Case], weights: Weights) -> float:
    return float(
        np.mean([measures.ndcg(measures.top(parts.score(weights), may), grade) for parts, may, grade in cases])
    )


def search(cases: Sequence[Case], start: Weights) -> tuple[dict[Criterion, int], float]:
    """The weights from which no single step leads to a better mean, and that mean."""
    found, best = dict(start), mean_ndcg(cases, start)
    while True:
        before = best
        for criterion in Criterion:
            for step in STEPS:
                tried = found | {criterion: found[criterion] + step}
                if tried[criterion] < 1:
                    continue
                value = mean_ndcg(cases, tried)
                if value > best + 1e-5:
                    found, best = tried, value
        print(f"{best:.4f}  {' '.join(f'{key}={weight}' for key, weight in found.items())}", flush=True)
        if best - before < 1e-4:
            return found, best
