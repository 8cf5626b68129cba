"""Bad input: 10,000 times (INPUTS) one field of any form, sent as every role, holds what nobody should type."""

import json
import os
import time
from pathlib import Path

import pytest

NUMBER = "10000"


def main(json_path: str | None = None) -> int:
    """pytest's exit code: 0 when no input broke a page. What broke one is in the failure's list.

    JSON: inputs, seconds, cpu_seconds, passed.
    """
    number = os.environ.setdefault("INPUTS", NUMBER)
    began, cpu_began = time.monotonic(), time.process_time()
    code = pytest.main(["tests/demo/test_pages.py", "-q", "-vv"])
    result = {
        "inputs": int(number),
        "seconds": round(time.monotonic() - began, 1),
        "cpu_seconds": round(time.process_time() - cpu_began, 1),
        "passed": code == pytest.ExitCode.OK,
    }
    if json_path:
        Path(json_path).write_text(json.dumps(result, indent=2) + "\n")
    return int(code)
