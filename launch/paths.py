"""Where things are in a clone, and where services may keep their data."""

import hashlib
import os
import stat
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"


class UserError(Exception):
    """Something the person at the keyboard can cure; its text says how."""


def var_dir() -> Path:
    """The clone's own folder for what runs: `.portal`, or CXC_VAR_DIR."""
    return Path(os.environ.get("CXC_VAR_DIR", ROOT / ".portal")).resolve()


def make_private(path: Path) -> Path:
    """Create the folder; others (a service's own user) can traverse it but not read it."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o711 if is_root() else 0o700)
    return path


def write_atomically(path: Path, text: str) -> None:
    """Write a private file atomically: after a crash it is whole or absent."""
    draft = path.with_suffix(f".{os.getpid()}.draft")
    draft.touch(mode=0o600)
    with draft.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def is_root() -> bool:
    return os.geteuid() == 0


def is_traversable(path: Path) -> bool:
    """True when every user of the machine can walk through to this place."""
    existing = next(place for place in [path, *path.parents] if place.exists())
    return all(place.stat().st_mode & stat.S_IXOTH for place in [existing, *existing.parents])


def service_dir(wanted: Path) -> Path:
    """A folder which the user that PostgreSQL runs as can reach: `wanted`, else one under /var/tmp.

    PostgreSQL refuses to run as root; the user that takes its place can't enter a clone
    below a closed folder such as root's home.
    """
    if not is_root() or is_traversable(wanted):
        return wanted
    mark = hashlib.sha256(str(wanted).encode()).hexdigest()[:12]
    elsewhere = Path("/var/tmp") / f"cxc-{mark}"
    elsewhere.mkdir(mode=0o711, exist_ok=True)
    found = elsewhere.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise UserError(f"{elsewhere} belongs to somebody else: remove it and start again.")
    elsewhere.chmod(0o711)
    return elsewhere
