"""`/health/`: whether this server can do its work, for load balancers and container health checks."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from cxc.ground.views import public

_migrated = False  # once true it stays so for this process: new code comes with a new one


@public
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when database, Redis and migrations are in order, else 503; names what is not, and nothing more."""
    found = {name: _try(check) for name, check in CHECKS.items()}
    return JsonResponse(found, status=200 if set(found.values()) == {"ok"} else 503)


def _try(check: Callable[[], bool]) -> str:
    try:
        return "ok" if check() else "not ready"
    except (DatabaseError, RedisError, OSError):
        return "no answer"


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _redis() -> bool:
    cache.set("health", 1, timeout=60)
    return bool(cache.get("health") == 1)


def _migrations() -> bool:
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


CHECKS: dict[str, Callable[[], bool]] = {"database": _database, "redis": _redis, "migrations": _migrations}
