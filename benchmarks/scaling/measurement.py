"""How long pages take, by the clock and of the processor, and how often they ask the database.

In this process, by Django's test client; the processor's time is without the database's.
"""

import os
import statistics
import time
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.scaling.page_list import Page, is_page

Figures = dict[str, Any]
Times = tuple[float, float]  # seconds by the clock, and of the processor

RUNS = int(os.environ.get("SCALE_RUNS", "9"))
LEAST_RUNS = 3
SECONDS_EACH = 6.0  # for one page's runs, when it is slow
TOO_SLOW = 30.0  # seconds: measured once


def measure(pages: Sequence[Page], clients: Mapping[str, Client]) -> dict[Page, Figures]:
    """Median milliseconds by the clock and of the processor, and queries, of each page once caches are warm.

    The pages of a person are asked in turn, so that what slows the machine for a while slows all of them alike.
    A page that takes over 30 seconds is asked once, and that time stands for it. A page that does not answer as
    it should has its `status` too.
    """
    found: dict[Page, Figures] = {}
    for role in clients:
        own = [page for page in pages if page.role == role]
        times = {page: _first(page, clients[role], found) for page in own}
        for turn in range(RUNS):
            for page in own:
                if turn < _runs(times[page][0][0]):
                    times[page].append(_seconds(page, clients[role], found[page]))
        for page in own:
            by_clock, of_cpu = zip(*(times[page][1:] or times[page]), strict=True)
            found[page] |= {"p50_ms": _median_ms(by_clock), "cpu_ms": _median_ms(of_cpu)}
    return found


def _median_ms(seconds: Sequence[float]) -> float:
    return round(statistics.median(seconds) * 1000, 2)


def _first(page: Page, client: Client, found: dict[Page, Figures]) -> list[Times]:
    """A first time, cold, and a second, which count the queries; only the first where it takes too long."""
    figures = found[page] = {"p50_ms": 0.0, "cpu_ms": 0.0, "queries": 0}
    seconds = (0.0, 0.0)
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            seconds = _seconds(page, client, figures)
        figures["queries"] = len(captured)
        if seconds[0] > TOO_SLOW:
            break
    return [seconds]


def _runs(seconds: float) -> int:
    """How many more are affordable; none for a page that takes too long."""
    if seconds > TOO_SLOW:
        return 0
    return max(LEAST_RUNS, min(RUNS, int(SECONDS_EACH / max(seconds, 1e-6))))


def _seconds(page: Page, client: Client, figures: Figures) -> Times:
    began, cpu_began = time.perf_counter(), time.process_time()
    answer: Any = client.get(page.address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    seconds = time.perf_counter() - began, time.process_time() - cpu_began
    if not is_page(answer):
        figures["status"] = answer.status_code
    return seconds
