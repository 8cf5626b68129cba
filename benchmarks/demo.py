"""The demo world: loaded twice for one day and compared to the last row; every number of every dashboard followed."""

import json
import os
import time
from pathlib import Path

import pytest


def main(json_path: str | None = None) -> int:
    """pytest's exit code. JSON: seconds, passed."""
    os.environ["EVERY_NUMBER"] = "1"
    began = time.monotonic()
    code = pytest.main(["tests/demo/load_twice.py", "tests/demo/test_world.py", "-q", "--durations=10"])
    if json_path:
        result = {"seconds": round(time.monotonic() - began, 1), "passed": code == pytest.ExitCode.OK}
        Path(json_path).write_text(json.dumps(result, indent=2) + "\n")
    return int(code)
