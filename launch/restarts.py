"""A part of the portal that ends by itself is started again: after growing waits, and not for ever."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from launch.paths import UserError
from launch.processes import ProcessGroup

MAX_RESTARTS = 5  # restarts of one part within `PERIOD_SECONDS`
PERIOD_SECONDS = 600.0
DELAYS = (0.5, 2.0, 5.0, 10.0, 20.0)  # seconds before the first, second … of them


@dataclass
class Restarts:
    """What ended when, and when it is to be started again."""

    process_group: ProcessGroup
    log_of: Callable[[str], Path]
    _ended: dict[str, list[float]] = field(default_factory=dict)
    _due: dict[str, float] = field(default_factory=dict)

    def check(self) -> None:
        """Start again what is due; say what has ended. UserError with the end of its log if that happens too often."""
        now = time.monotonic()
        for name in [name for name, moment in self._due.items() if moment <= now]:
            del self._due[name]
            self.process_group.restart(name)
        for name, code in self.process_group.ended().items():
            if name not in self._due:
                self._note(name, code, now)

    def _note(self, name: str, code: int, now: float) -> None:
        log = self.log_of(name)
        recent = [moment for moment in self._ended.get(name, []) if now - moment < PERIOD_SECONDS]
        if len(recent) == MAX_RESTARTS:
            raise UserError(
                f"{name} has ended {MAX_RESTARTS + 1} times within ten minutes, so the portal stops. Fix what its"
                f" log ends with, then ./portal up again. {log}:\n{log.read_text(errors='replace')[-3000:]}"
            )
        self._ended[name] = [*recent, now]
        self._due[name] = now + DELAYS[len(recent)]
        how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
        print(f"{name} ended by itself, {how}; it is started again. Its log: {log}", flush=True)
