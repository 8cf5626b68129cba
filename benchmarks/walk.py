"""The whole walk once more with the widths turned round: visitor and host at a desk, the offices on a phone."""

import json
import os
import time
from pathlib import Path

import pytest


def main(json_path: str | None = None) -> int:
    """pytest's exit code: 0 when it came to the payment with nothing amiss on any page. JSON: seconds, passed."""
    os.environ["WALK_SWAPPED"] = "1"
    began = time.monotonic()
    code = pytest.main(["tests/walk/test_walk.py", "-q"])
    result = {"seconds": round(time.monotonic() - began, 1), "passed": code == pytest.ExitCode.OK}
    if json_path:
        Path(json_path).write_text(json.dumps(result, indent=2) + "\n")
    return int(code)
