"""The exchange machine at length: 2,000 runs of 50 transitions, or MACHINE_RUNS of them; then without its guards."""

import json
import os
import time
from pathlib import Path

import pytest

RUNS = "2000"


def main(json_path: str | None = None) -> int:
    """pytest's exit code: 0 when no promise was broken and every missing guard was found out.

    JSON: runs, transitions_a_run, seconds, passed.
    """
    runs = os.environ.setdefault("MACHINE_RUNS", RUNS)
    began = time.monotonic()
    code = pytest.main(["tests/machine/test_machine.py", "tests/machine/guards.py", "-q", "--durations=0"])
    result = {
        "runs": int(runs),
        "transitions_a_run": 50,
        "seconds": round(time.monotonic() - began, 1),
        "passed": code == pytest.ExitCode.OK,
    }
    if json_path:
        Path(json_path).write_text(json.dumps(result, indent=2) + "\n")
    return int(code)
