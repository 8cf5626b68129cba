"""What a start does only when something changed: migrate, collect static files, load the demo world.

`prepared.json` remembers for which source and which database it was done last.
"""

import contextlib
import hashlib
import json
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from launch import older_database
from launch.paths import PYTHON, REQUIREMENTS, ROOT, UserError, var_dir, write_atomically
from launch.portal_parts import has_demo
from launch.signals import Interrupt

# Every Django app of the project, by its folder.
APPS = sorted(
    str(path.parent.relative_to(ROOT)) for pattern in ("*/apps.py", "cxc/*/apps.py") for path in ROOT.glob(pattern)
)
# Each migration makes the triggers of the to-do from what these declare.
TODO_DECLARATIONS = ("todo.py", "todo/*.py", "todo_inputs.py")


def prepare(interrupt: Interrupt, env: Mapping[str, str], *, demo: bool) -> None:
    """Bring database and static files up to date; nothing to do costs a tenth of a second."""
    done = PreparedSteps(var_dir() / "prepared.json")
    _migrate(interrupt, env, done)
    _collect(interrupt, env, done)
    if demo and has_demo():
        _load_demo(interrupt, env, done)


class PreparedSteps:
    """What was done, on disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._facts: dict[str, str] = {}
        # An unreadable record counts as empty: doing a step again does no harm.
        with contextlib.suppress(OSError, ValueError):
            self._facts = json.loads(path.read_text())

    def is_for(self, step: str, mark: str) -> bool:
        return self._facts.get(step) == mark

    def note(self, step: str, mark: str) -> None:
        self._facts[step] = mark
        write_atomically(self._path, json.dumps(self._facts, indent=1))


def _migrate(interrupt: Interrupt, env: Mapping[str, str], done: PreparedSteps) -> None:
    source, state = fingerprint(migrations()), ask_database(env, "state")
    # The database is asked too: it may be another one by now, or have been migrated by hand.
    if done.is_for("migrated", f"{source} {state}"):
        return
    if not state.endswith(" empty"):
        older_database.refuse(ask_database(env, "unknown").splitlines(), env["DATABASE_URL"])
    print("Migrating the database ...", flush=True)
    _manage(interrupt, env, "migrate", "--verbosity", "0")
    done.note("migrated", f"{source} {ask_database(env, 'state')}")


def _collect(interrupt: Interrupt, env: Mapping[str, str], done: PreparedSteps) -> None:
    folders = [ROOT / "static", *(ROOT / app / "static" for app in APPS)]
    source = fingerprint(path for folder in folders for path in folder.rglob("*") if path.is_file())
    mark = f"{source} {var_dir()}"
    if done.is_for("collected", mark) and (var_dir() / "static").exists():
        return
    print("Collecting static files ...", flush=True)
    _manage(interrupt, env, "collectstatic", "--noinput", "--verbosity", "0")
    done.note("collected", mark)


def leave_out_demo(env: Mapping[str, str]) -> None:
    """Have no demo world loaded into this database: it holds what a back-up brought."""
    PreparedSteps(var_dir() / "prepared.json").note("demo", ask_database(env, "state").split()[0])


def _load_demo(interrupt: Interrupt, env: Mapping[str, str], done: PreparedSteps) -> None:
    database = ask_database(env, "state").split()[0]
    if done.is_for("demo", database):
        return
    print("Loading the demo world, once; this may take a minute ...", flush=True)
    _manage(interrupt, env, "demo", "load")
    done.note("demo", database)


def migrations() -> list[Path]:
    """The files that decide what a migrated database looks like: migrations, the rows they load, triggers."""
    patterns = ("migrations/*.py", "migrations/*.sql", "data/*", "triggers.py", *TODO_DECLARATIONS)
    return [path for app in APPS for pattern in patterns for path in (ROOT / app).glob(pattern) if path.is_file()]


def fingerprint(paths: Iterable[Path]) -> str:
    """Changes when one of the files does, or one comes or goes, or a library does."""
    digest = hashlib.sha256((REQUIREMENTS / "production.txt").read_bytes())
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def ask_database(env: Mapping[str, str], question: str) -> str:
    """What `python -m launch.database QUESTION` prints."""
    command = [str(PYTHON), "-m", "launch.database", question]
    found = subprocess.run(
        command, env=dict(env), cwd=ROOT, capture_output=True, text=True, check=False, start_new_session=True
    )
    if found.returncode:
        raise UserError(f"The database does not answer:\n{found.stderr.strip().splitlines()[-1]}")
    return found.stdout.strip()


def _manage(interrupt: Interrupt, env: Mapping[str, str], *arguments: str) -> None:
    code = interrupt.run([str(PYTHON), "manage.py", *arguments], env)
    interrupt.check()
    if code:
        raise UserError(f"./portal manage {' '.join(arguments)} failed (see above).")
