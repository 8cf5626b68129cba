"""Ctrl-C and kill: remembered at once, acted on where nothing can get lost."""

import signal
import subprocess
import threading
from collections.abc import Mapping
from types import FrameType

from launch.paths import ROOT

HANDLED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked the command to end; its text is the signal's number."""


class Interrupt:
    """Takes over the signals from the moment it is made, before any child is started.

    A handler that raises could do so between the start of a child and its record, and
    leave it behind; so this one only notes the wish. `check()` acts on it.
    """

    def __init__(self) -> None:
        self.asked = 0
        self._event = threading.Event()
        self._current: subprocess.Popen[bytes] | None = None
        for number in HANDLED:
            signal.signal(number, self._note)

    def check(self) -> None:
        """Raise Stopped if somebody asked."""
        if self.asked:
            raise Stopped(str(self.asked))

    def wait(self, seconds: float) -> None:
        """Sleep, but not past a signal."""
        self._event.wait(seconds)

    def run(self, command: list[str], env: Mapping[str, str]) -> int:
        """Run one step to its end and return its exit code; Stopped if it was told to end."""
        self.check()
        self._current = subprocess.Popen(command, env=env, cwd=ROOT)
        try:
            return self._current.wait()
        finally:
            self._current = None

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.asked = number
        self._event.set()
        # The terminal sends Ctrl-C to the step as well; other signals reach only us.
        if self._current is not None and number != signal.SIGINT:
            self._current.terminate()
