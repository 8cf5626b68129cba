"""The whole walk through two web machines and three workers, on each PostgreSQL there is: the usual one, and 15.

Beside them a Valkey and a store of files that speaks S3. docs/production.md, On several machines.
"""

import json
import os
import time
from pathlib import Path

import pytest

from launch import postgres

VERSIONS = {"15": Path("/usr/lib/postgresql/15/bin"), "18": postgres.usual_binaries()}


def main(json_path: str | None = None) -> int:
    """0 when each walk came to the payment with nothing amiss on any page, and no version was missing.

    JSON: by PostgreSQL's version, seconds and passed; seconds of a version that is not here are null.
    """
    result = {version: _walk(binaries) for version, binaries in VERSIONS.items()}
    for version, found in result.items():
        if found["seconds"] is None:
            print(f"NOT RUN: PostgreSQL {version} is not here: apt-get install postgresql-{version}")
    if json_path:
        Path(json_path).write_text(json.dumps(result, indent=2) + "\n")
    return 0 if all(found["passed"] for found in result.values()) else 1


def _walk(binaries: Path) -> dict[str, object]:
    if not (binaries / "postgres").exists():
        return {"seconds": None, "passed": False}
    os.environ["WALK_MACHINES"] = str(binaries)
    began = time.monotonic()
    code = pytest.main(["tests/walk/test_walk.py", "-q"])
    return {"seconds": round(time.monotonic() - began, 1), "passed": code == pytest.ExitCode.OK}
