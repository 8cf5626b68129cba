"""Tests that took more than a second in a whole run, by the mean of their cases: a quick run leaves them out.

`WRITE_SLOW_TESTS=1 ./portal test` writes the list anew.
"""

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

FILE = Path(__file__).parent / "slow_tests.txt"
MEAN_SECONDS = 1.0


def slow_tests() -> frozenset[str]:
    """Their names, each with its file and without its cases."""
    return frozenset(FILE.read_text().splitlines())


def name_of(nodeid: str) -> str:
    """The test's name with its file, without its case."""
    return nodeid.partition("[")[0]


def write_where_asked(reports: Iterable[object]) -> None:
    """Write the list from the reports of a run, where the environment asks for it."""
    if os.environ.get("WRITE_SLOW_TESTS"):
        FILE.write_text("".join(f"{name}\n" for name in slow_ones(reports)))


def slow_ones(reports: Iterable[object]) -> list[str]:
    """The names of those whose cases took more than `MEAN_SECONDS` on average, setup and teardown included."""
    seconds: dict[str, float] = defaultdict(float)
    cases: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        if isinstance(report, pytest.TestReport):
            name = name_of(report.nodeid)
            seconds[name] += report.duration
            cases[name].add(report.nodeid)
    return sorted(name for name, total in seconds.items() if total / len(cases[name]) > MEAN_SECONDS)
