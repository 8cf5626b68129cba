"""The points that each criterion brings, in whole numbers that add up to what is shown of a side."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.fit.fit import Fit

Array = NDArray[Any]


def percent(score: float) -> int:
    """A score of 0 to 1 as it is shown."""
    return round(100 * score)


def points_of(fits: Sequence[Fit]) -> tuple[list[list[list[int]]], list[list[list[int]]]]:
    """Of each fit, on its own side and theirs, of each criterion: the points, and those that it could bring at most.

    The points of a side add up to its score in percent, the most to a hundred. What weighs nothing gets no points.
    """
    sides = np.array(
        [(fit.own_side.parts, fit.their_side.parts, fit.own_side.weights, fit.their_side.weights) for fit in fits]
    )
    parts, weights = sides[:, :2], sides[:, 2:]
    shown = [(percent(fit.own or 0), percent(fit.theirs or 0)) for fit in fits]
    total = np.maximum(weights.sum(axis=-1, keepdims=True), 1)
    values = 100 * weights * np.array((parts, np.ones_like(parts))) / total
    points, most = _whole(values, np.array((shown, np.full_like(shown, 100))), weights)
    return points.tolist(), np.maximum(points, most).tolist()


def _whole(values: Array, totals: Array, weights: Array) -> Array:
    """Whole numbers that add up to these totals: the largest remainders are rounded up, the first of equal ones."""
    floors = values.astype(np.int64)
    lacking = totals - floors.sum(axis=-1)
    by_remainder = np.argsort(np.where(weights > 0, floors - values, 1), axis=-1, kind="stable")
    ranks = np.argsort(by_remainder, axis=-1)
    return np.asarray(floors + (ranks < lacking[..., None]))
