"""`/metrics`: who reads it, and that each number is right."""

import json
import os
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import DatabaseError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from cxc import celery, clock, redis_server
from cxc.backups.models import Backup
from cxc.comms.models import Mail
from cxc.core import request_times
from cxc.monitoring import state_metrics
from cxc.seals import keys
from cxc.todo import reconcile
from cxc.todo.models import ReconcileRequest
from launch.paths import PYTHON, ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

TOKEN = "t" * 40
FAR = {"REMOTE_ADDR": "192.0.2.7"}


def numbers(client: Client, name: str) -> dict[tuple[str, ...], float]:
    """The samples of that name, by the values of their labels."""
    text = client.get("/metrics").content.decode()
    return {
        tuple(sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name
    }


# --- who reads it


def test_a_process_on_this_machine_reads_it_whatever_host_it_names(client: Client, settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["portal.example"]
    settings.SECURE_SSL_REDIRECT = True
    for address in ("/metrics", "/metrics/"):
        answer = client.get(address, headers={"host": "127.0.0.1:8000"})
        assert (answer.status_code, "text/plain" in answer["Content-Type"]) == (200, True)
    assert client.post("/metrics").status_code == 405


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "x-real-ip", "via", "x-forwarded-proto"])
def test_nobody_reads_it_through_a_proxy_on_this_machine(client: Client, header: str) -> None:
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404


@pytest.mark.parametrize(
    ("token", "given", "status"),
    [
        (TOKEN, f"Bearer {TOKEN}", 200),
        (TOKEN, f"Bearer {TOKEN}x", 404),
        (TOKEN, TOKEN, 404),
        (TOKEN, "", 404),
        ("", "Bearer ", 404),
        ("", "", 404),
    ],
)
def test_from_elsewhere_the_token_opens_it(
    client: Client, settings: LazySettings, token: str, given: str, status: int
) -> None:
    settings.METRICS_TOKEN = token
    answer = client.get("/metrics", headers={"authorization": given}, **FAR)
    assert (answer.status_code, b"cxc_" in answer.content) == (status, status == 200)


# --- what it says


def mail(status: str, minutes: int, attempts: int = 0) -> None:
    Mail.objects.create(
        to_address="ana@test.example",
        subject="A",
        text="A",
        status=status,
        attempts=attempts,
        created_at=clock.now() - timedelta(minutes=minutes),
    )


def test_mails_that_are_to_be_sent(client: Client) -> None:
    assert numbers(client, "cxc_mails_unsent") == {(): 0}
    assert numbers(client, "cxc_mail_oldest_unsent_seconds") == {(): 0}
    mail(Mail.Status.SENT, 90)
    mail(Mail.Status.FAILED, 80, attempts=8)
    mail(Mail.Status.FAILED, 30, attempts=2)
    mail(Mail.Status.DRAFT, 1)
    assert numbers(client, "cxc_mails_unsent") == {(): 2}
    assert numbers(client, "cxc_mail_oldest_unsent_seconds")[()] == pytest.approx(1800, abs=5)


def test_requests_to_derive_the_to_do_anew(client: Client) -> None:
    ReconcileRequest.objects.all().delete()
    assert numbers(client, "cxc_todo_oldest_request_seconds") == {(): 0}
    ReconcileRequest.objects.create(kind="profiles.profile", thing_id=1, transaction_id=0)
    ReconcileRequest.objects.update(asked_at=clock.real_now() - timedelta(seconds=700))
    ReconcileRequest.objects.create(kind="profiles.profile", thing_id=2, transaction_id=0)
    assert numbers(client, "cxc_todo_requests") == {(): 2}
    assert numbers(client, "cxc_todo_oldest_request_seconds")[()] == pytest.approx(700, abs=30)


def test_rows_that_the_nightly_job_mended(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    redis_server.client(redis_url()).delete("last-run:reconcile-todo")
    assert numbers(client, "cxc_todo_rows_mended") == {}
    monkeypatch.setattr(reconcile, "pages_of_everything", lambda: [[("a", 1)], [("a", 2)]])
    monkeypatch.setattr(reconcile, "reconcile_safely", lambda page: page[0][1])
    assert reconcile.reconcile_everything() == 3
    assert numbers(client, "cxc_todo_rows_mended") == {(): 3}
    assert numbers(client, "cxc_todo_reconcile_age_seconds")[()] < 60


def test_beat_notes_its_ticks(client: Client) -> None:
    redis_server.client(redis_url()).set("last-run:beat", json.dumps([clock.real_now().timestamp() - 500, 0]))
    assert numbers(client, "cxc_beat_age_seconds")[()] == pytest.approx(500, abs=30)
    celery.note_tick()
    assert numbers(client, "cxc_beat_age_seconds")[()] < 60


def redis_url() -> str:
    from django.conf import settings

    return str(settings.REDIS_URL)


def test_tasks_that_wait_in_each_queue(client: Client) -> None:
    server = redis_server.client(redis_url())
    server.delete("celery", "mail")
    server.rpush("mail", "1", "2")
    assert numbers(client, "cxc_queue_tasks") == {("celery",): 0, ("mail",): 2}
    server.delete("mail")


def test_the_age_of_the_last_back_up(client: Client) -> None:
    assert numbers(client, "cxc_backup_age_seconds") == {}
    made = clock.real_now() - timedelta(hours=30)
    Backup.objects.create(
        name="portal-1", destination="/a", started_at=made, finished_at=made, size=1, rows_count=1, files_count=1
    )
    Backup.objects.create(
        destination="/a", started_at=clock.real_now(), finished_at=clock.real_now(), error="The disk is full."
    )
    assert numbers(client, "cxc_backup_age_seconds")[()] == pytest.approx(30 * 3600, abs=60)


def test_the_end_of_the_certificate_and_connections(client: Client) -> None:
    left = (keys.current_key().valid_until - clock.real_now()).total_seconds()
    assert numbers(client, "cxc_seal_certificate_left_seconds")[()] == pytest.approx(left, abs=60)
    used, most = numbers(client, "cxc_database_connections")[()], numbers(client, "cxc_database_connections_max")[()]
    assert 1 <= used < most


def test_a_source_that_is_away_takes_only_its_own_numbers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> Any:
        raise DatabaseError("ana@test.example")

    monkeypatch.setitem(state_metrics.SOURCES, "mails", away)
    assert numbers(client, "cxc_mails_unsent") == {}
    up = numbers(client, "cxc_source_up")
    assert (up["mails",], up["todo",], set(up.values())) == (0, 1, {0, 1})


# --- requests


def counted(client: Client, view: str) -> dict[str, float]:
    """Answers of that view so far, by kind of status."""
    found = numbers(client, "cxc_request_seconds_count")  # labels in the order of their names: status, view
    return {status: value for (status, name), value in found.items() if name == view}


def test_answers_are_counted_by_view_and_kind_of_status(client: Client) -> None:
    before = counted(client, "faq").get("2xx", 0)
    client.get("/faq/?q=Maria")
    client.get("/faq/")
    client.get("/no-such-page/")
    assert counted(client, "faq")["2xx"] == before + 2
    assert counted(client, "none")["4xx"] >= 1


def test_a_thing_has_no_series_of_its_own(client: Client) -> None:
    before = counted(client, "exchange").get("3xx", 0)
    for pk in range(5):
        client.get(f"/exchanges/{pk}/")
    assert counted(client, "exchange")["3xx"] == before + 5
    assert len(request_times.BUCKETS) <= 5


COUNTS = """
import os, sys
from cxc.core import request_times
if os.fork() == 0:
    request_times.count("faq", 200, 0.2)
    os._exit(0)
os.wait()
request_times.count("faq", 200, 5)
from prometheus_client import CollectorRegistry, generate_latest
registry = CollectorRegistry()
request_times.register(registry)
print(generate_latest(registry).decode())
"""


def test_processes_of_one_server_are_counted_together(tmp_path: Path) -> None:
    env = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    done = subprocess.run([PYTHON, "-c", COUNTS], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert 'cxc_request_seconds_count{status="2xx",view="faq"} 2.0' in done.stdout
    assert 'cxc_request_seconds_bucket{le="0.3",status="2xx",view="faq"} 1.0' in done.stdout
    assert 'cxc_request_seconds_sum{status="2xx",view="faq"} 5.2' in done.stdout
