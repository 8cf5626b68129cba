"""How good an order is, and how sure one can be of a mean."""

from collections.abc import Sequence

import numpy as np

from benchmarks.quality.population import Array

TOP = 10
GRADES = ((0.85, 1), (0.94, 2), (0.98, 3))  # from which quantile of worth among the admissible pairs on
GOOD = 2


def grades(worth: Array, admissible: Array) -> Array:
    """0 to 3 for each pair, by where its worth stands among all that may meet."""
    found = np.zeros(worth.shape, dtype=int)
    for quantile, grade in GRADES:
        found[worth >= np.quantile(worth[admissible], quantile)] = grade
    return np.where(admissible, found, 0)


def top(scores: Array, admissible: Array) -> list[Array]:
    """Each row's best columns, equal ones by their number."""
    order = np.argsort(-np.where(admissible, scores, -1.0), axis=1, kind="stable")[:, :TOP]
    return [row[admissible[n, row]] for n, row in enumerate(order)]


def ndcg(tops: Sequence[Array], graded: Array) -> float:
    """Mean nDCG@10 over those who have anybody of a grade above nothing."""
    discount = 1 / np.log2(np.arange(2, TOP + 2))
    gains = 2.0**graded - 1
    best = -np.sort(-gains, axis=1)[:, :TOP]
    ideal = best @ discount[: best.shape[1]]
    found = np.array([gains[n, row] @ discount[: len(row)] for n, row in enumerate(tops)])
    return float((found[ideal > 0] / ideal[ideal > 0]).mean())


def recall(tops: Sequence[Array], graded: Array) -> float:
    """Mean share of the good ones (at most ten) that are among the first ten."""
    good = graded >= GOOD
    wanted = np.minimum(good.sum(axis=1), TOP)
    found = np.array([good[n, row].sum() for n, row in enumerate(tops)])
    return float((found[wanted > 0] / wanted[wanted > 0]).mean())


def gini(tops: Sequence[Array], hosts: int) -> float:
    """How unevenly hosts stand in the first tens: 0 all alike, 1 one alone."""
    shown = np.sort(np.bincount(np.concatenate(tops), minlength=hosts))
    number = np.arange(1, hosts + 1)
    return float((2 * number - hosts - 1) @ shown / (hosts * shown.sum()))


def interval(values: Sequence[float], runs: int = 2000) -> list[float]:
    """The 95 % interval of the mean, by drawing the seeds anew."""
    random = np.random.default_rng(95)
    means = random.choice(np.array(values), size=(runs, len(values))).mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return [round(float(low), 4), round(float(high), 4)]
