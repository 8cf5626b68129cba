"""The log files of a running portal."""

from collections.abc import Iterable

from tests.plugin.portal import RunningPortal


def log_text(portal: RunningPortal, *names: str) -> str:
    """What these parts of the portal have logged so far."""
    return "".join((portal.home / "logs" / f"{name}.log").read_text(errors="replace") for name in names)


def found_in_logs(portal: RunningPortal, words: Iterable[str]) -> list[str]:
    """Which of the words stand in what web, worker and beat have logged."""
    logged = log_text(portal, "web", "worker", "beat").casefold()
    return [each for each in words if each.casefold() in logged]
