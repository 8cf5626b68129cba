"""`./portal lock`: the exact versions, with hashes and without index addresses.

Four files, each complete for its use: `production.txt`, `local.txt` (with embedded
PostgreSQL and Valkey), `dev.txt` (with the tests' and checks' tools) and `uv.txt` (the
installer itself). The first line of each carries a fingerprint of what pyproject.toml
asks for, so that `./portal check` sees a forgotten lock without asking an index.
"""

import hashlib
import json
import os
import re
import subprocess
import tomllib
from pathlib import Path

from launch.paths import REQUIREMENTS, ROOT, VENV, UserError

LOCKS: dict[str, list[str]] = {
    "production": [],
    "local": ["--group", "local", "-c", "requirements/production.txt"],
    "dev": ["--group", "dev", "-c", "requirements/local.txt"],
}
MARK = "# for pyproject.toml "


def lock(*, upgrade: bool) -> None:
    """Write the lock files anew, keeping the versions they hold unless `upgrade`."""
    for name, options in LOCKS.items():
        path = REQUIREMENTS / f"{name}.txt"
        _compile(path, options + (["--upgrade"] if upgrade else []))
        path.write_text(f"{MARK}{wanted_fingerprint()}\n{_body(path)}")
    (REQUIREMENTS / "uv.txt").write_text(_entry((REQUIREMENTS / "local.txt").read_text(), "uv"))


def stale() -> list[str]:
    """The lock files that were not made from today's pyproject.toml."""
    wanted = f"{MARK}{wanted_fingerprint()}"
    return [name for name in LOCKS if not (REQUIREMENTS / f"{name}.txt").read_text().startswith(wanted + "\n")]


def disagreeing() -> list[str]:
    """Packages that two lock files pin to different versions. One file may hold several, each for a Python."""
    seen: dict[str, set[frozenset[str]]] = {}
    for path in sorted(REQUIREMENTS.glob("*.txt")):
        pins = re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", path.read_text(), re.MULTILINE)
        for name in {name for name, _version in pins}:
            seen.setdefault(name, set()).add(frozenset(version for other, version in pins if other == name))
    return sorted(name for name, versions in seen.items() if len(versions) > 1)


def wanted_fingerprint() -> str:
    """Sixteen hex digits over what pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    requested = [
        project["project"]["requires-python"],
        project["project"]["dependencies"],
        project["dependency-groups"],
    ]
    return hashlib.sha256(json.dumps(requested, sort_keys=True).encode()).hexdigest()[:16]


def _compile(path: Path, options: list[str]) -> None:
    command = [str(VENV / "bin" / "uv"), "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet", "-o", str(path), *options]
    env = os.environ | {"UV_PYTHON_DOWNLOADS": "never"}
    if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode:
        raise UserError("The versions asked for in pyproject.toml do not go together (see above).")


def _body(path: Path) -> str:
    return "".join(line for line in path.read_text().splitlines(keepends=True) if not line.startswith(MARK))


def _entry(text: str, name: str) -> str:
    """One package's pin with its hashes."""
    found = re.search(rf"^{name}==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise UserError(f"{name} is not among the locked packages.")
    return "\n".join(line for line in found.group().splitlines() if not line.lstrip().startswith("#")) + "\n"
