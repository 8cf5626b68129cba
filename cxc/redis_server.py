"""How the portal asks Redis, which may be away, full or halted: with short patience.

Redis holds the cache, the queue of tasks and the movable clock's offset. None of them may stop a page: whoever asks
here goes on without an answer. Each process finds out for itself, at the cost of one short wait every ten seconds.
"""

import logging
import threading
import time
from functools import cache
from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 0.5
REST_SECONDS = 10.0
FAILURES = (redis.RedisError, OSError)


class Breaker:
    """Whether a server is asked: after a failure only by one caller in `rest` seconds, until it answers again."""

    def __init__(self, rest: float = REST_SECONDS) -> None:
        self._rest = rest
        self._lock = threading.Lock()
        self._ask_again = float("-inf")
        self._is_well = True

    def may_ask(self) -> bool:
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
            logger.warning("Redis answers again.")
        self._is_well = True

    def failed(self, error: BaseException) -> None:
        """The server did not answer, or refused."""
        with self._lock:
            self._ask_again = time.monotonic() + self._rest
            if self._is_well:
                logger.warning("Redis can't be used, the portal goes on without it: %s", error)
            self._is_well = False


# One for the whole process: cache, queue and clock are the same server.
breaker = Breaker()


def connection_options() -> dict[str, Any]:
    """Short patience for redis-py. A connection that the server closed meanwhile is opened again, once."""
    return {
        "socket_connect_timeout": CONNECT_SECONDS,
        "socket_timeout": settings.REDIS_ANSWER_SECONDS,
        "retry": Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,)),
    }


@cache
def client(url: str) -> redis.Redis:
    """A client of that server with short patience; it raises one of `FAILURES`."""
    return redis.Redis.from_url(url, **connection_options())
