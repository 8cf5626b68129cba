"""When beat last ticked, and what the nightly job last found: notes in Redis for those who watch the portal.

Rule: docs/monitoring.md, Metrics. Whoever notes goes on where Redis is away.
"""

import json
from typing import NamedTuple

from django.conf import settings

from cxc import clock, redis_server

BEAT = "beat"
RECONCILE = "reconcile-todo"


class LastRun(NamedTuple):
    """When something last happened, in seconds since 1970, and the number that came of it."""

    moment: float
    result: int

    @property
    def age(self) -> float:
        """Seconds since then, on real time."""
        return clock.real_now().timestamp() - self.moment


def note(name: str, result: int = 0) -> None:
    """It happens now, on real time."""
    if not redis_server.breaker.allows_call():
        return
    try:
        redis_server.client(settings.REDIS_URL).set(_key(name), json.dumps([clock.real_now().timestamp(), result]))
    except redis_server.FAILURES as error:
        redis_server.breaker.failed(error)
    else:
        redis_server.breaker.worked()


def last(name: str) -> LastRun | None:
    """The last note; None where there is none. One of `redis_server.FAILURES` where Redis does not answer."""
    found = redis_server.client(settings.REDIS_URL).get(_key(name))
    return LastRun(*json.loads(found)) if isinstance(found, bytes) else None


def _key(name: str) -> str:
    return f"last-run:{name}"
