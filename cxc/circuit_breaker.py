"""Leaves a server that does not answer alone for a while, because each question to it costs somebody a wait."""

import logging
import threading
import time

logger = logging.getLogger(__name__)


class CircuitBreaker:
    """Whether a server is asked: after a failure only by one caller in `rest` seconds, until it answers again."""

    def __init__(self, name: str, rest: float) -> None:
        self._name, self._rest = name, rest
        self._lock = threading.Lock()
        self._ask_again = float("-inf")
        self._is_well = True

    def allows_call(self) -> bool:
        """True when the caller should try; it then reports `worked` or `failed`."""
        if self._is_well:
            return True
        with self._lock:
            if time.monotonic() < self._ask_again:
                return False
            self._ask_again = time.monotonic() + self._rest
            return True

    def worked(self) -> None:
        """The server answered."""
        if not self._is_well:
            logger.warning("%s answers again.", self._name)
        self._is_well = True

    def failed(self, error: BaseException) -> None:
        """The server did not answer, or refused to work."""
        with self._lock:
            self._ask_again = time.monotonic() + self._rest
            if self._is_well:
                logger.warning("%s can't be used, the portal goes on without it: %s", self._name, error)
            self._is_well = False
