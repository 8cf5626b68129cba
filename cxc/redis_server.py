"""Connections to Redis with short timeouts, because Redis may be away, full or halted.

Redis holds the cache, the queue of tasks and the movable clock's offset. None of them may stop a page: whoever asks
here goes on without an answer. Each process finds out for itself, at the cost of one short wait every ten seconds.
"""

from functools import cache
from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from cxc.circuit_breaker import CircuitBreaker

CONNECT_SECONDS = 0.5
REST_SECONDS = 10.0
FAILURES = (redis.RedisError, OSError)


# One for the whole process: cache, queue and clock are the same server.
breaker = CircuitBreaker("Redis", REST_SECONDS)


def connection_options() -> dict[str, Any]:
    """Short timeouts for redis-py. A connection that the server closed meanwhile is opened again, once."""
    return {
        "socket_connect_timeout": CONNECT_SECONDS,
        "socket_timeout": settings.REDIS_ANSWER_SECONDS,
        "retry": Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,)),
    }


@cache
def client(url: str) -> redis.Redis:
    """A client of that server with short timeouts; it raises one of `FAILURES`."""
    return redis.Redis.from_url(url, **connection_options())
