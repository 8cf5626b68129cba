"""Thirty rules are broken, one after the other, in a copy of the source: the tests have to fail each time.

BROKEN=money,stay breaks those alone whose sentence or file contains one of these words. docs/tests.md.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.broken.rules import RULES, Rule
from launch.paths import ROOT

LONGEST = 600.0  # seconds for the tests of one rule


def main(json_path: str | None = None) -> int:
    """0 when the tests failed for each rule that was broken.

    JSON: at (UTC), rules (sentence, file, tests, seconds, noticed), not_noticed, seconds.
    """
    began = time.monotonic()
    words = [word for word in os.environ.get("BROKEN", "").split(",") if word]
    chosen = [rule for rule in RULES if not words or any(word in rule.sentence + rule.file for word in words)]
    with tempfile.TemporaryDirectory() as made:
        copy = _copy_of_source(Path(made))
        found = [_tried(rule, copy) for rule in chosen]
    not_noticed = [one["sentence"] for one in found if not one["noticed"]]
    result = {
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        "rules": found,
        "not_noticed": not_noticed,
        "seconds": round(time.monotonic() - began),
    }
    print(f"{len(found) - len(not_noticed)} of {len(found)} broken rules were noticed.")
    if json_path:
        Path(json_path).write_text(json.dumps(result, indent=1) + "\n")
    return 0 if found and not not_noticed else 1


def _copy_of_source(folder: Path) -> Path:
    """The files that are under version control, as they are now."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def _tried(rule: Rule, copy: Path) -> dict[str, Any]:
    """Whether the tests notice that this rule is broken; the copy is whole again afterwards."""
    began, file = time.monotonic(), copy / rule.file
    whole = file.read_text()
    file.write_text(broken(rule, whole))
    try:
        code = _run_tests(rule.tests.split(), copy)
    finally:
        file.write_text(whole)
    noticed = code == pytest.ExitCode.TESTS_FAILED
    seconds = round(time.monotonic() - began, 1)
    print(f"{'noticed' if noticed else f'NOT NOTICED ({code})':16} {seconds:6} s  {rule.sentence}", flush=True)
    return {
        "sentence": rule.sentence,
        "file": rule.file,
        "tests": rule.tests,
        "seconds": seconds,
        "noticed": noticed,
    }


def broken(rule: Rule, text: str) -> str:
    """The file's text with the rule broken. ValueError where the right text does not stand there once."""
    if text.count(rule.right) != 1:
        raise ValueError(f"{rule.file} has {text.count(rule.right)} times: {rule.right}")
    return text.replace(rule.right, rule.wrong)


def _run_tests(tests: list[str], copy: Path) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(
        command, cwd=copy, capture_output=True, timeout=LONGEST, check=False, env=os.environ | {"PYTHONPATH": ""}
    )
    return done.returncode
