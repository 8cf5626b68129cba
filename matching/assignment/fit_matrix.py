"""The fit of each visitor (row) with each host (column), and what an assignment of them is worth."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
# A score counts to the millionth, so that totals are exact and the same on every machine.
MILLIONTHS = 1_000_000

# One assignment: the pairs (row, column), by row. A visitor stands in it once at most.
Assignment = list[tuple[int, int]]


@dataclass(frozen=True)
class FitMatrix:
    """Fits from 0 to 1 of every visitor with every host; NaN in `score` where the two may not be proposed.

    `visitors` and `hosts` are directed: how well the host fits the visitor's wishes, and the visitor the
    host's. Equal ones are told apart by the pair's score, then by their place in the list.
    """

    score: FloatArray
    visitors: FloatArray
    hosts: FloatArray

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
    def millionths(self) -> NDArray[np.int64]:
        """The scores in millionths; 0 where not admissible."""
        return np.rint(np.nan_to_num(self.score, nan=0.0) * MILLIONTHS).astype(np.int64)


def total_fit(fits: FitMatrix, result: Assignment) -> float:
    """The sum of the pairs' scores, exact to the millionth."""
    millionths = fits.millionths
    return sum(int(millionths[pair]) for pair in result) / MILLIONTHS


def ranks(directed: FloatArray, score: FloatArray) -> NDArray[np.int64]:
    """For each row, the place of each column in its order: 0 is the best. Ties by score, then by column."""
    by = (-np.nan_to_num(score, nan=-1.0), -np.nan_to_num(directed, nan=-1.0))
    order = np.lexsort(by, axis=-1)
    found = np.empty_like(order)
    np.put_along_axis(found, order, np.broadcast_to(np.arange(order.shape[1]), order.shape), axis=-1)
    return found


def find_blocking_pairs(fits: FitMatrix, places: NDArray[np.int64], result: Assignment) -> Assignment:
    """The blocking pairs: not assigned to each other, and both prefer each other to what they have.

    The visitor prefers this host to its own (or has none); the host has a place left or prefers this
    visitor to one of its own.
    """
    rows, columns = fits.score.shape
    visitor_ranks, host_ranks = ranks(fits.visitors, fits.score), ranks(fits.hosts.T, fits.score.T).T
    own_host_rank = np.full(rows, columns, dtype=np.int64)  # the rank of the host it has; past the last: none
    worst_visitor_rank = np.full(columns, -1, dtype=np.int64)  # the rank of the least wanted visitor it has
    visitors_assigned = np.zeros(columns, dtype=np.int64)
    for row, column in result:
        own_host_rank[row] = visitor_ranks[row, column]
        worst_visitor_rank[column] = max(worst_visitor_rank[column], host_ranks[row, column])
        visitors_assigned[column] += 1
    worst_visitor_rank[visitors_assigned < places] = rows
    worst_visitor_rank[places <= 0] = -1
    is_blocking = (
        fits.admissible & (visitor_ranks < own_host_rank[:, None]) & (host_ranks < worst_visitor_rank[None, :])
    )
    return [(int(row), int(column)) for row, column in np.argwhere(is_blocking)]
