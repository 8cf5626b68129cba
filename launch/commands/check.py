"""`./portal check`: every check is a command; they run side by side and all are told of."""

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from launch import virtualenv
from launch.commands.test import test_env
from launch.paths import PYTHON, ROOT, UserError

MODULE = [str(PYTHON), "-m"]
CHECKS: dict[str, list[str]] = {
    "types": [*MODULE, "mypy"],
    "templates": [*MODULE, "djlint", "--lint", "--quiet", "."],
    "template-format": [str(PYTHON.parent / "djangofmt"), "--check", "--quiet", "--indent-width", "2", "templates"],
    "layers": [str(PYTHON), "-c", "from importlinter.cli import lint_imports_command as c; c()"],
    "migrations": [str(PYTHON), "manage.py", "makemigrations", "--check", "--dry-run"],
    "django": [str(PYTHON), "manage.py", "check", "--fail-level", "WARNING"],
    "rules": [*MODULE, "checks"],
    "translations": [*MODULE, "checks.translations"],
    "style": [*MODULE, "ruff", "check", "--quiet", "--output-format=concise", "."],
    "format": [*MODULE, "ruff", "format", "--check", "--quiet", "--output-format=concise", "."],
    "locks": [*MODULE, "launch.locks_check"],
}
# Those that say something when they pass, too: how much of a language is translated.
REPORTS = {"translations"}


@dataclass(frozen=True)
class Result:
    name: str
    ok: bool
    seconds: float
    output: str


def run(only: list[str]) -> int:
    """0 when all pass. `only`: names of single checks."""
    unknown = set(only) - set(CHECKS)
    if unknown:
        raise UserError(f"No such check: {', '.join(sorted(unknown))}. There are: {', '.join(CHECKS)}")
    virtualenv.ensure("dev")
    names = only or list(CHECKS)
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        results = [_print_result(result) for result in pool.map(_run, names)]
    failed = [result.name for result in results if not result.ok]
    print(f"FAILED: {', '.join(failed)}" if failed else f"All {len(results)} checks passed.", flush=True)
    return 1 if failed else 0


def source_env() -> dict[str, str]:
    """Environment variables without a server: a check that needs one is not a check of the source."""
    env = test_env() | {"DATABASE_URL": "postgresql://cxc@127.0.0.1:1/cxc", "REDIS_URL": "redis://127.0.0.1:1/0"}
    return env | {"DJANGO_SETTINGS_MODULE": "cxc.settings.testing", "PYTHONWARNINGS": "ignore:Got an error checking"}


def _run(name: str) -> Result:
    begun = time.monotonic()
    done = subprocess.run(CHECKS[name], cwd=ROOT, env=source_env(), capture_output=True, text=True, check=False)
    return Result(name, done.returncode == 0, time.monotonic() - begun, done.stdout + done.stderr)


def _print_result(result: Result) -> Result:
    print(f"{'ok    ' if result.ok else 'FAILED'} {result.name:12} {result.seconds:5.1f} s", flush=True)
    if not result.ok or (result.name in REPORTS and result.output.strip()):
        print(result.output.rstrip(), flush=True)
    return result
