"""Sends every request of the matrix of access, compares the outcomes with the committed tables, counts the requests."""

import json
import os
import time
from pathlib import Path

import pytest


def main(json_path: str | None = None) -> int:
    """pytest's exit code: 0 when every answer is the committed one and nothing leaked or changed.

    JSON: requests, seconds, cpu_seconds, passed.
    """
    os.environ["ALL_RELATIONS"] = "1"
    began, cpu_began = time.monotonic(), time.process_time()
    counted = _Counted()
    code = pytest.main(["tests/access", "-q", "-p", "no:randomly"], plugins=[counted])
    result = {
        "requests": counted.requests,
        "seconds": round(time.monotonic() - began, 1),
        "cpu_seconds": round(time.process_time() - cpu_began, 1),
        "passed": code == pytest.ExitCode.OK,
    }
    print(f"{counted.requests} requests tried")
    if json_path:
        Path(json_path).write_text(json.dumps(result, indent=2) + "\n")
    return int(code)


class _Counted:
    """Listens to how many requests a test says it has tried."""

    def __init__(self) -> None:
        self.requests = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.requests = max(
            [self.requests, *(int(str(value)) for name, value in report.user_properties if name == "requests")]
        )
