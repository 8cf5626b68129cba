"""Random addresses of the catalogue: 10,000, or as many as ADDRESSES says; each answers 200, or 400 with a sentence."""

import json
import os
import time
from pathlib import Path

import pytest

NUMBER = "10000"


def main(json_path: str | None = None) -> int:
    """pytest's exit code: 0 when no address broke anything.

    JSON: addresses, seconds, cpu_seconds, passed.
    """
    number = os.environ.setdefault("ADDRESSES", NUMBER)
    began, cpu_began = time.monotonic(), time.process_time()
    code = pytest.main(["tests/matching/views/test_random_addresses.py", "-q"])
    result = {
        "addresses": int(number),
        "seconds": round(time.monotonic() - began, 1),
        "cpu_seconds": round(time.process_time() - cpu_began, 1),
        "passed": code == pytest.ExitCode.OK,
    }
    if json_path:
        Path(json_path).write_text(json.dumps(result, indent=2) + "\n")
    return int(code)
