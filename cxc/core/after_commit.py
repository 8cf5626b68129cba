"""What happens once a transaction is committed: it can fail, and the request that committed does not.

The row is the truth. Whatever is queued here has a row that says it is still to be done, and a job of beat that looks
for such rows; so a task that no broker took is late, not lost.
"""

import logging
from collections.abc import Callable
from functools import cache
from typing import Any

from celery import Task, current_app
from django.conf import settings
from django.db import transaction
from kombu import Connection
from kombu.pools import ProducerPool

from cxc.redis_server import CONNECT_SECONDS, breaker

logger = logging.getLogger(__name__)
_MOST_CONNECTIONS = 8


def after_commit(act: Callable[..., object], *arguments: Any) -> None:
    """Call it after the commit. Its failure is logged, and undoes or stops nothing.

    Instead of `on_commit(partial(…), robust=True)`: Django can't name a partial in its log, and raises there.
    """

    def call() -> None:
        try:
            act(*arguments)
        except Exception:
            logger.exception("After the commit %r failed", act)

    transaction.on_commit(call, robust=True)


def hand_over(task: Task | str, arguments: tuple[Any, ...] = (), **options: Any) -> bool:
    """Hand the task, or the one of that name, to a worker; False, after a second at most, where no broker takes it.

    Services give the name, because tasks stand above them.
    """
    if not breaker.allows_call():
        return False
    try:
        with _producers(settings.REDIS_URL).acquire(block=True, timeout=settings.REDIS_ANSWER_SECONDS) as producer:
            _send(task, arguments, producer=producer, retry=False, **options)
    except Exception as error:  # refused, silent, full: each in a class of its own
        breaker.failed(error)
        logger.warning("%s%r was not queued: %s", task, arguments, error)
        return False
    breaker.worked()
    return True


def _send(task: Task | str, arguments: tuple[Any, ...], **options: Any) -> None:
    """By name only where this process has not loaded the task: Celery's eager mode knows no names."""
    if isinstance(task, str) and task not in current_app.tasks:
        current_app.send_task(task, args=arguments, **options)
        return
    known = current_app.tasks[task] if isinstance(task, str) else task
    known.apply_async(arguments, **options)


@cache
def _producers(url: str) -> ProducerPool:
    """Connections of this process to the broker that give up early; Celery's own try for a minute and more."""
    patience = {
        "max_retries": 0,
        "socket_connect_timeout": CONNECT_SECONDS,
        "socket_timeout": settings.REDIS_ANSWER_SECONDS,
        "retry_on_timeout": False,
    }
    connection: Connection = current_app.connection_for_write(
        url, connect_timeout=CONNECT_SECONDS, transport_options=patience
    )
    return ProducerPool(connections=connection.Pool(_MOST_CONNECTIONS), limit=_MOST_CONNECTIONS)
