"""The assignment in which no pair would rather swap: deferred acceptance, the visitors asking."""

import heapq
from collections import deque

import numpy as np
from numpy.typing import NDArray

from matching.assignment.fit_matrix import Assignment, FitMatrix, ranks


def stable_assignment(fits: FitMatrix, places: NDArray[np.int64]) -> Assignment:
    """No visitor and host, not assigned to each other, would both rather be.

    Gale and Shapley with places: each visitor asks its hosts in its own order; a host keeps the best
    by its own order, as many as it has places. Of all such assignments the best for every visitor.
    """
    visitor_ranks, host_ranks = ranks(fits.visitors, fits.score), ranks(fits.hosts.T, fits.score.T).T
    admissible = fits.admissible
    preferences = [
        [int(c) for c in np.argsort(row) if admissible[number, c]] for number, row in enumerate(visitor_ranks)
    ]
    accepted: list[list[tuple[int, int]]] = [[] for _ in places]  # heaps: the least wanted on top
    requests_made = [0] * len(preferences)
    unassigned = deque(range(len(preferences)))
    while unassigned:
        visitor = unassigned.popleft()
        if requests_made[visitor] == len(preferences[visitor]):
            continue
        host = preferences[visitor][requests_made[visitor]]
        requests_made[visitor] += 1
        heapq.heappush(accepted[host], (-int(host_ranks[visitor, host]), visitor))
        if len(accepted[host]) > max(int(places[host]), 0):
            unassigned.append(heapq.heappop(accepted[host])[1])
    return sorted((visitor, host) for host, heap in enumerate(accepted) for _rank, visitor in heap)
