"""`/health/`: whether this server can do its work, for monitoring, load balancers and what restarts processes.

Rule: docs/monitoring.md, Health.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import OutOfMemoryError, RedisError

from cxc import redis_server
from cxc.access.guards import public
from cxc.web import virus_scanner

_migrated = False  # once true it stays so for this process: new code comes with a new one


@public
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when database, Redis, migrations, and the store of files and ClamAV, if set, are in order, else 503.

    It names what is not, no more.
    """
    return _answer(_set_checks())


@public
@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as this process answers; nothing else is asked, so that what is away restarts no process."""
    return JsonResponse({"process": "ok"})


@public
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """`health` of what pages can't do without: whether a load balancer should go on sending people here.

    A store of files that is away is named, and takes no server away: all of them would miss it.
    """
    checks = {name: check for name, check in _set_checks().items() if name not in OPTIONAL}
    return _answer(checks, only_named={"files"})


def _set_checks() -> dict[str, Callable[[], bool]]:
    """The checks of what is set up here."""
    is_set = {"virus_scanner": virus_scanner.is_set(), "files": bool(settings.FILES_S3)}
    return {name: check for name, check in CHECKS.items() if is_set.get(name, True)}


def _answer(checks: dict[str, Callable[[], bool]], only_named: Collection[str] = ()) -> JsonResponse:
    found = {name: _try(check) for name, check in checks.items()}
    is_well = all(state == "ok" for name, state in found.items() if name not in only_named)
    return JsonResponse(found, status=200 if is_well else 503)


def _try(check: Callable[[], bool]) -> str:
    try:
        return "ok" if check() else "not ready"
    except OutOfMemoryError:
        return "full"
    except (DatabaseError, RedisError, OSError):
        return "no answer"


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _redis() -> bool:
    """Asked itself, whatever the cache does without it."""
    server = redis_server.client(settings.REDIS_URL)
    server.set("health", 1, ex=60)
    return server.get("health") == b"1"


def _migrations() -> bool:
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _files() -> bool:
    store: Any = default_storage  # a `BucketStorage` where this is asked
    return bool(store.answers())


# Without these people are served all the same: docs/production.md.
OPTIONAL = {"redis", "virus_scanner"}
CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "redis": _redis,
    "migrations": _migrations,
    "files": _files,
    "virus_scanner": virus_scanner.answers,
}
