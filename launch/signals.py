"""Ctrl-C and kill: remembered at once, acted on where nothing can get lost."""

import signal
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
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
        self.received_signal = 0
        self._event = threading.Event()
        self._current: subprocess.Popen[bytes] | None = None
        self._at_terminal = False
        for number in HANDLED:
            signal.signal(number, self._note)

    def check(self) -> None:
        """Raise Stopped if somebody asked."""
        if self.received_signal:
            raise Stopped(str(self.received_signal))

    def wait(self, seconds: float) -> None:
        """Sleep, but not past a signal."""
        self._event.wait(seconds)

    def run(
        self, command: list[str], env: Mapping[str, str], *, at_terminal: bool = False, cwd: str | Path = ROOT
    ) -> int:
        """Run one step to its end and return its exit code; Stopped if it should not begin.

        `at_terminal`: Ctrl-C reaches it directly (pytest ends with its summary); else it is
        told to end without a word.
        """
        self.check()
        self._at_terminal = at_terminal
        self._current = subprocess.Popen(command, env=env, cwd=cwd, start_new_session=not at_terminal)
        try:
            return self._current.wait()
        finally:
            self._current = None

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.received_signal = number
        self._event.set()
        reached_child = self._at_terminal and number == signal.SIGINT
        if self._current is not None and not reached_child:
            self._current.terminate()
