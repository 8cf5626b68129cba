"""Times of many asks, taken in turn so that what slows the machine for a while slows all ways alike."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

Way = Callable[[int], Any]


def in_turn(ways: Mapping[str, tuple[Way, int]], askers: Sequence[int]) -> dict[str, list[float]]:
    """Milliseconds of each way's asks: each asker asks by every way whose number of asks is not reached yet.

    The order is another one each time, or some ways would always find the processor's caches full of the data of the
    same slow one.
    """
    shuffle = random.Random(1).shuffle
    times: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(max(most for _way, most in ways.values())):
        asker = askers[turn % len(askers)]
        in_order = list(ways.items())
        shuffle(in_order)
        for name, (way, most) in in_order:
            if turn < most:
                times[name].append(milliseconds(way, asker))
    return times


def milliseconds(way: Callable[..., Any], *given: Any) -> float:
    began = time.perf_counter()
    way(*given)
    return (time.perf_counter() - began) * 1000


def summed(times: Sequence[float]) -> dict[str, float]:
    """p50 and p95, and of how many."""
    p50, p95 = np.quantile(np.array(times), (0.5, 0.95))
    return {"p50": round(float(p50), 3), "p95": round(float(p95), 3), "asks": len(times)}
