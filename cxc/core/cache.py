"""Django's cache in Redis, without which pages are served all the same.

While Redis is away, full or halted, each process remembers in its own memory: limits on guessing still
hold, in each process, and the front page's figures stay quick. Nothing that must be the same for all processes may
live in a cache; sessions are in the database.
"""

from typing import Any

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

from cxc.redis_server import FAILURES, breaker, connection_options


class OptionalRedisCache(BaseCache):
    """Redis while it answers, this process's memory while it does not."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        options = connection_options() | params.get("OPTIONS", {})
        self._redis = RedisCache(server, params | {"OPTIONS": options})
        self._memory = LocMemCache("without-redis", params | {"OPTIONS": {"MAX_ENTRIES": 5000}})

    def _ask(self, method: str, *arguments: Any, **options: Any) -> Any:
        if breaker.allows_call():
            try:
                answer = getattr(self._redis, method)(*arguments, **options)
            except FAILURES as error:
                breaker.failed(error)
            else:
                breaker.worked()
                return answer
        return getattr(self._memory, method)(*arguments, **options)

    def add(self, *arguments: Any, **options: Any) -> bool:
        return bool(self._ask("add", *arguments, **options))

    def get(self, *arguments: Any, **options: Any) -> Any:
        return self._ask("get", *arguments, **options)

    def set(self, *arguments: Any, **options: Any) -> None:
        self._ask("set", *arguments, **options)

    def touch(self, *arguments: Any, **options: Any) -> bool:
        return bool(self._ask("touch", *arguments, **options))

    def delete(self, *arguments: Any, **options: Any) -> bool:
        return bool(self._ask("delete", *arguments, **options))

    def get_many(self, *arguments: Any, **options: Any) -> dict[str, Any]:
        found: dict[str, Any] = self._ask("get_many", *arguments, **options)
        return found

    def set_many(self, *arguments: Any, **options: Any) -> list[str]:
        return list(self._ask("set_many", *arguments, **options))

    def delete_many(self, *arguments: Any, **options: Any) -> None:
        self._ask("delete_many", *arguments, **options)

    def has_key(self, *arguments: Any, **options: Any) -> bool:
        return bool(self._ask("has_key", *arguments, **options))

    def incr(self, *arguments: Any, **options: Any) -> int:
        """ValueError where the key is not there, as with Django's own caches."""
        return int(self._ask("incr", *arguments, **options))

    def clear(self) -> None:
        self._memory.clear()
        self._ask("clear")
