"""The environment variables that `manage` gives Django: those of the running portal."""

from launch.paths import var_dir
from launch.processes import is_alive, read_record
from launch.virtualenv import python_env

RECORD = "up.json"


def of_running_portal() -> dict[str, str]:
    """What the portal that runs in this clone was started with; the shell's own wins over it."""
    record = read_record(var_dir() / RECORD)
    if record is None or not is_running():
        return python_env()
    settings = {name: value for name, value in record["facts"].items() if name.isupper()}
    return settings | python_env()


def is_running() -> bool:
    """Whether a portal of this clone runs, or starts just now."""
    record = read_record(var_dir() / RECORD)
    return record is not None and is_alive(record["supervisor"])
