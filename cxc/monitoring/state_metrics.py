"""The numbers of `/metrics` that are read when somebody asks: what waits, what ticks, what ends.

Rule: docs/monitoring.md, Metrics.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Min
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from cxc import clock, redis_server
from cxc.backups.records import last_backup_at
from cxc.comms import delivery
from cxc.core import last_runs
from cxc.seals.keys import KeyUnreadable, current_key
from cxc.todo.models import ReconcileRequest

logger = logging.getLogger(__name__)

Gauges = Iterator[GaugeMetricFamily]
FAILURES = (DatabaseError, KeyUnreadable, *redis_server.FAILURES)


class StateCollector(Collector):
    """Asks every source; one that does not answer gives none of its numbers, and `cxc_source_up` says so."""

    def collect(self) -> Gauges:
        up = GaugeMetricFamily("cxc_source_up", "1 where this source of numbers answers", labels=["source"])
        for name, read in SOURCES.items():
            try:
                found = list(read())
            except FAILURES as error:
                logger.warning("%s can't be measured: %s", name, error)
                up.add_metric([name], 0)
            else:
                up.add_metric([name], 1)
                yield from found
        yield up


def _mails() -> Gauges:
    found = delivery.unsent().aggregate(number=Count("pk"), oldest=Min("created_at"))
    yield GaugeMetricFamily("cxc_mails_unsent", "Mails that are to be sent", value=found["number"])
    age = _age(found["oldest"], clock.now())
    yield GaugeMetricFamily(
        "cxc_mail_oldest_unsent_seconds", "Age of the oldest of them, 0 where there is none", value=age
    )


def _todo() -> Gauges:
    found = ReconcileRequest.objects.aggregate(number=Count("pk"), oldest=Min("asked_at"))
    yield GaugeMetricFamily("cxc_todo_requests", "Requests to derive the to-do anew that wait", value=found["number"])
    age = _age(found["oldest"], clock.real_now())
    yield GaugeMetricFamily(
        "cxc_todo_oldest_request_seconds", "Age of the oldest of them, 0 where there is none", value=age
    )


def _database() -> Gauges:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), current_setting('max_connections')::int FROM pg_stat_activity"
            " WHERE datname = current_database()"
        )
        used, most = cursor.fetchone()
    yield GaugeMetricFamily("cxc_database_connections", "Connections to the portal's database", value=used)
    yield GaugeMetricFamily("cxc_database_connections_max", "Connections that PostgreSQL takes in all", value=most)


def _queues() -> Gauges:
    server = redis_server.client(settings.REDIS_URL)
    found = GaugeMetricFamily("cxc_queue_tasks", "Tasks that no worker has taken yet", labels=["queue"])
    for queue in settings.CELERY_TASK_QUEUES:
        found.add_metric([queue.name], server.llen(queue.name))
    yield found


def _beat() -> Gauges:
    if tick := last_runs.last(last_runs.BEAT):
        yield GaugeMetricFamily("cxc_beat_age_seconds", "Since beat last queued a task", value=tick.age)


def _reconcile() -> Gauges:
    if run := last_runs.last(last_runs.RECONCILE):
        yield GaugeMetricFamily(
            "cxc_todo_reconcile_age_seconds", "Since the whole to-do was last derived anew", value=run.age
        )
        yield GaugeMetricFamily("cxc_todo_rows_mended", "Rows of the to-do that differed then", value=run.result)


def _backups() -> Gauges:
    if last := last_backup_at():
        age = _age(last, clock.real_now())
        yield GaugeMetricFamily("cxc_backup_age_seconds", "Since the state that the last back-up holds", value=age)


def _seal() -> Gauges:
    left = (current_key().valid_until - clock.real_now()).total_seconds()
    yield GaugeMetricFamily("cxc_seal_certificate_left_seconds", "Until the certificate of the seal ends", value=left)


SOURCES: dict[str, Callable[[], Gauges]] = {
    "mails": _mails,
    "todo": _todo,
    "database": _database,
    "queues": _queues,
    "beat": _beat,
    "reconcile": _reconcile,
    "back-ups": _backups,
    "seal": _seal,
}


def _age(moment: datetime | None, now: datetime) -> float:
    return max(0.0, (now - moment).total_seconds()) if moment else 0.0
