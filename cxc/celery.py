"""The portal's Celery application: worker, beat, and their schedule (`cxc.settings`)."""

import logging.config
import os
from contextlib import ExitStack
from typing import Any

from celery import Celery, Task
from celery.signals import (
    after_task_publish,
    beat_init,
    before_task_publish,
    setup_logging,
    task_postrun,
    task_prerun,
)

from cxc.core import last_runs, request_number

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cxc.settings")

app = Celery("cxc")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="tasks")

# Of a message in the queue.
REQUEST_NUMBER = "request_number"
_numbers: dict[str, ExitStack] = {}


@beat_init.connect
def note_ticks(**_signal: Any) -> None:
    """Beat notes that it ticks, each time that it has queued a task."""
    after_task_publish.connect(note_tick)


def note_tick(**_signal: Any) -> None:
    last_runs.note(last_runs.BEAT)


@setup_logging.connect
def log_like_the_web(**_signal: Any) -> None:
    """Lines of worker and beat have the portal's form; Celery leaves its own away where this signal is received."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


@before_task_publish.connect
def send_request_number(headers: dict[str, Any], **_signal: Any) -> None:
    """The task carries the number of the request that queued it."""
    headers[REQUEST_NUMBER] = request_number.current()


@task_prerun.connect
def take_request_number(task_id: str, task: Task, **_signal: Any) -> None:
    """What the task logs and queues has the number of the request; what beat queued has one of its own."""
    if task.request.is_eager:
        return
    number = getattr(task.request, REQUEST_NUMBER, None) or ""
    _numbers[task_id] = ExitStack()
    _numbers[task_id].enter_context(request_number.of(request_number.proposed_or_new(number)))


@task_postrun.connect
def drop_request_number(task_id: str, **_signal: Any) -> None:
    """The next task of this process begins without."""
    if task_id in _numbers:
        _numbers.pop(task_id).close()
