"""Starts a process of its own for one file from outside: what goes wrong in it harms no request and no worker."""

import json
import os
import subprocess
import sys
from types import ModuleType
from typing import Any

SECONDS = 20


def run(script: ModuleType, content: bytes, **order: Any) -> bytes:
    """The answer of a script that gets an order (a line of JSON) and a file; b"" where it was ended by its limits.

    subprocess.TimeoutExpired after 20 seconds.
    """
    return subprocess.run(
        [sys.executable, "-I", str(script.__file__)],
        input=json.dumps(order).encode() + b"\n" + content,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=SECONDS,
        check=False,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
    ).stdout
