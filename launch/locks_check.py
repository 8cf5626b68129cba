"""`python -m launch.locks_check`: the lock files fit pyproject.toml, each other and what is installed."""

import subprocess
import sys

from launch import lock
from launch.paths import REQUIREMENTS, VENV


def main() -> int:
    """0 when all is in order, else 1 with a sentence for each fault."""
    faults = [f"requirements/{name}.txt was not made from this pyproject.toml: ./portal lock" for name in lock.stale()]
    faults += [f"{name} is pinned to several versions: ./portal lock" for name in lock.disagreeing()]
    faults += [
        f"{path.name} names an index address" for path in REQUIREMENTS.glob("*.txt") if "://" in path.read_text()
    ]
    print("\n".join(faults))
    conflicts = subprocess.run([str(VENV / "bin" / "uv"), "pip", "check", "--quiet"], check=False).returncode
    return 1 if faults or conflicts else 0


if __name__ == "__main__":
    sys.exit(main())
