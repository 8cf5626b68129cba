"""What is assigned: how well each visitor (row) and each host (column) fit, and what an assignment is worth."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
# A score counts to the millionth, so that totals are exact and the same on every machine.
PARTS = 1_000_000

# One assignment: the pairs (row, column), by row. A visitor stands in it once at most.
Result = list[tuple[int, int]]


@dataclass(frozen=True)
class Fits:
    """Fits from 0 to 1 of every visitor with every host; NaN in `score` where the two may not be proposed.

    `visitors` and `hosts` are directed: how well the host fits the visitor's wishes, and the visitor the
    host's. Equal ones are told apart by the pair's score, then by their place in the list.
    """

    score: Numbers
    visitors: Numbers
    hosts: Numbers

    def __post_init__(self) -> None:
        if not self.score.ndim == 2 or not self.score.shape == self.visitors.shape == self.hosts.shape:
            raise ValueError("Three tables of the same size: a row for each visitor, a column for each host.")
        known = self.score[self.admissible]
        if known.size and not (known.min() >= 0 and known.max() <= 1):
            raise ValueError("A fit lies between 0 and 1.")

    @property
    def admissible(self) -> NDArray[np.bool_]:
        return ~np.isnan(self.score)

    @property
    def parts(self) -> NDArray[np.int64]:
        """The scores in millionths; 0 where not admissible."""
        return np.rint(np.nan_to_num(self.score, nan=0.0) * PARTS).astype(np.int64)


def total_of(fits: Fits, result: Result) -> float:
    """The sum of the pairs' scores, exact to the millionth."""
    parts = fits.parts
    return sum(int(parts[pair]) for pair in result) / PARTS


def ranks(directed: Numbers, score: Numbers) -> NDArray[np.int64]:
    """For each row, the place of each column in its order: 0 is the best. Ties by score, then by column."""
    by = (-np.nan_to_num(score, nan=-1.0), -np.nan_to_num(directed, nan=-1.0))
    order = np.lexsort(by, axis=-1)
    found = np.empty_like(order)
    np.put_along_axis(found, order, np.broadcast_to(np.arange(order.shape[1]), order.shape), axis=-1)
    return found


def pairs_that_would_swap(fits: Fits, places: NDArray[np.int64], result: Result) -> Result:
    """The pairs, not assigned, who would both rather have each other.

    The visitor prefers this host to its own (or has none); the host has a place left or prefers this
    visitor to one of its own.
    """
    rows, columns = fits.score.shape
    wish, choice = ranks(fits.visitors, fits.score), ranks(fits.hosts.T, fits.score.T).T
    has = np.full(rows, columns, dtype=np.int64)  # the rank of the host it has; past the last: none
    worst = np.full(columns, -1, dtype=np.int64)  # the rank of the least wanted visitor it has
    held = np.zeros(columns, dtype=np.int64)
    for row, column in result:
        has[row] = wish[row, column]
        worst[column] = max(worst[column], choice[row, column])
        held[column] += 1
    worst[held < places] = rows
    worst[places <= 0] = -1
    rather = fits.admissible & (wish < has[:, None]) & (choice < worst[None, :])
    return [(int(row), int(column)) for row, column in np.argwhere(rather)]
