"""For tests: the demo world, loaded once a run, in a database and a folder that are copied from then on."""

import fcntl
import os
import shutil
import subprocess
import threading
from datetime import date
from pathlib import Path

from launch.paths import PYTHON, ROOT
from tests.plugin.portal import RunningPortal, broker_url, new_database, start

# A Sunday, when nobody works: days are chosen around it all the same.
TODAY = date(2026, 11, 22)
TEMPLATE = "cxc_demo"
NAME, BROKER = "cxc_running", 15  # of the portal that runs with it


def ensure_loaded(folder: Path) -> Path:
    """The folder of its files; its database is `TEMPLATE`, which nobody may keep open.

    `folder` is where the processes of a run meet: whoever asks first loads it, the others wait.
    """
    home, done = folder / "demo", folder / "demo.done"
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            _load(home)
            done.touch()
    return home


def load_in_background(folder: Path) -> None:
    """Have it loaded while other tests run; what goes wrong is told to the test that asks for it."""

    def load() -> None:
        try:
            ensure_loaded(folder)
        except Exception:  # tried again, and told, where it is needed
            return

    threading.Thread(target=load, daemon=True).start()


def portal(folder: Path) -> RunningPortal:
    """A portal with a copy of it, whose clock begins on the morning around which it lives."""
    shutil.copytree(ensure_loaded(folder), folder / "portal")
    variables = {"CXC_MOVABLE_CLOCK": "1"}
    before = RunningPortal("", _variables(folder / "portal"))
    before.manage("clock", "set", f"{TODAY}T09:00")
    return start(folder / "portal", name=NAME, broker=BROKER, template=TEMPLATE, **variables)


def _load(home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700)
    env = _variables(home) | {"DATABASE_URL": new_database(TEMPLATE)}
    command = [str(PYTHON), "manage.py", "demo", "load", "--today", TODAY.isoformat()]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"The demo world does not load:\n{done.stdout}{done.stderr}")


def _variables(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "DJANGO_"))}
    # What is left for the worker to do waits at the broker of the portal that will run.
    return kept | {"CXC_VAR_DIR": str(home), "REDIS_URL": broker_url(BROKER), "CXC_MOVABLE_CLOCK": "1"}
