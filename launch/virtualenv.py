"""The clone's own virtual environment: made once, brought up to date when the lock changes."""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from launch import system
from launch.paths import PYTHON, REQUIREMENTS, ROOT, VENV, UserError

STAMP = VENV / "cxc-installed"
# What each level of installation is good for; a higher one serves the lower too.
LEVELS = ("local", "dev")


def ensure(level: str) -> None:
    """Make `.venv` hold what `requirements/LEVEL.txt` locks; nothing to do is done in milliseconds."""
    if _is_current(level):
        return
    with _installation_lock():
        if _is_current(level):
            return
        if not _venv_works():
            _make_venv()
        # Never fewer packages than before: `up` after `test` keeps the test tools.
        former = next((one for one in reversed(LEVELS) if _stamp_values().get("level") == one), level)
        wanted = max(level, former, key=LEVELS.index)
        print(f"Installing the {wanted} packages ...", flush=True)
        _uv("pip", "sync", "--quiet", "--require-hashes", str(REQUIREMENTS / f"{wanted}.txt"))
        STAMP.write_text(f"level={wanted}\nfingerprint={_fingerprint(wanted)}\n")


def python_env() -> dict[str, str]:
    """The environment variables for a Python process of the virtual environment, whatever shell it is called from."""
    # Not kept: a wish not to cache byte code doubles the time until the first page.
    dropped = {"PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
    env = {name: value for name, value in os.environ.items() if name not in dropped}
    env["PATH"] = f"{VENV / 'bin'}{os.pathsep}{env.get('PATH', os.defpath)}"
    env["VIRTUAL_ENV"] = str(VENV)
    env["PYTHONUNBUFFERED"] = "1"
    return env


def _is_current(level: str) -> bool:
    stamp = _stamp_values()
    installed = stamp.get("level")
    if installed not in LEVELS or LEVELS.index(installed) < LEVELS.index(level) or not PYTHON.exists():
        return False
    return stamp.get("fingerprint") == _fingerprint(installed)


def _stamp_values() -> dict[str, str]:
    if not STAMP.exists():
        return {}
    return dict(line.split("=", 1) for line in STAMP.read_text().splitlines() if "=" in line)


def _fingerprint(level: str) -> str:
    """Changes with the lock, the Python underneath and the clone's place (scripts carry it)."""
    digest = hashlib.sha256((REQUIREMENTS / f"{level}.txt").read_bytes())
    digest.update(f"{VENV} {sys.version_info[:2]} {sys.base_prefix}".encode())
    return digest.hexdigest()


def _venv_works() -> bool:
    if not PYTHON.exists() or not (VENV / "bin" / "uv").exists():
        return False
    probe = "import sys; print(sys.version_info[:2], sys.base_prefix)"
    found = subprocess.run([PYTHON, "-c", probe], capture_output=True, text=True, check=False)
    return found.stdout.strip() == f"{sys.version_info[:2]} {sys.base_prefix}"


def _make_venv() -> None:
    """A virtual environment with the locked uv in it, also where Debian left out venv or pip."""
    print(f"Making {VENV.name} with Python {sys.version.split()[0]} ...", flush=True)
    _run(sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV))
    install = ["install", "-qq", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    install += ["-r", str(REQUIREMENTS / "uv.txt")]
    if importlib.util.find_spec("pip"):
        _run(sys.executable, "-m", "pip", "--python", str(PYTHON), *install)
        return
    if not importlib.util.find_spec("ensurepip"):
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        system.install([version], why="Python without pip can't install anything")
    _run(str(PYTHON), "-m", "ensurepip", "--default-pip")
    _run(str(PYTHON), "-m", "pip", *install)


def _uv(*arguments: str) -> None:
    env = python_env() | {"UV_PYTHON_DOWNLOADS": "never"}
    # Many an office network has a certificate authority of its own, which uv's built-in list lacks.
    if ssl.get_default_verify_paths().cafile or Path("/etc/ssl/certs/ca-certificates.crt").exists():
        env.setdefault("UV_SYSTEM_CERTS", "1")
    _run(str(VENV / "bin" / "uv"), *arguments, env=env)


def _run(*command: str, env: dict[str, str] | None = None) -> None:
    try:
        subprocess.run(command, check=True, cwd=ROOT, env=env)
    except subprocess.CalledProcessError as error:
        raise UserError(f"This did not work (exit {error.returncode}): {' '.join(command)}") from error


@contextlib.contextmanager
def _installation_lock() -> Iterator[None]:
    """Two commands started at once in one clone: the second waits for the first's installation."""
    with (ROOT / "requirements" / "production.txt").open() as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
