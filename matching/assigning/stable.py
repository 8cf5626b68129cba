"""The assignment in which no pair would rather swap: deferred acceptance, the visitors asking."""

import heapq
from collections import deque

import numpy as np
from numpy.typing import NDArray

from matching.assigning.fits import Fits, Result, ranks


def nobody_would_swap(fits: Fits, places: NDArray[np.int64]) -> Result:
    """No visitor and host, not assigned to each other, would both rather be.

    Gale and Shapley with places: each visitor asks its hosts in its own order; a host keeps the best
    by its own order, as many as it has places. Of all such assignments the best for every visitor.
    """
    wish, choice = ranks(fits.visitors, fits.score), ranks(fits.hosts.T, fits.score.T).T
    admissible = fits.admissible
    lists = [[int(c) for c in np.argsort(row) if admissible[number, c]] for number, row in enumerate(wish)]
    kept: list[list[tuple[int, int]]] = [[] for _ in places]  # heaps: the least wanted on top
    asked = [0] * len(lists)
    alone = deque(range(len(lists)))
    while alone:
        visitor = alone.popleft()
        if asked[visitor] == len(lists[visitor]):
            continue
        host = lists[visitor][asked[visitor]]
        asked[visitor] += 1
        heapq.heappush(kept[host], (-int(choice[visitor, host]), visitor))
        if len(kept[host]) > max(int(places[host]), 0):
            alone.append(heapq.heappop(kept[host])[1])
    return sorted((visitor, host) for host, heap in enumerate(kept) for _rank, visitor in heap)
