"""The log files of a running portal."""

from collections.abc import Iterable

from tests.plugin.portal import RunningPortal


def log_text(portal: RunningPortal, *names: str) -> str:
    """What these parts of the portal have logged so far, on each of its machines."""
    folder = portal.home / "logs"
    paths = [path for name in names for path in (*folder.glob(f"{name}.log"), *folder.glob(f"{name}-?.log"))]
    assert paths, f"{folder} holds no log of {names}"
    return "".join(path.read_text(errors="replace") for path in paths)


def found_in_logs(portal: RunningPortal, words: Iterable[str]) -> list[str]:
    """Which of the words stand in what web, worker and beat have logged."""
    logged = log_text(portal, "web", "worker", "beat").casefold()
    return [each for each in words if each.casefold() in logged]
