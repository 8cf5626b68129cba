"""The doctor finds what is wrong, says what cures it, and goes on where something is away."""

import io
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from unittest import mock

import kombu.exceptions
import pytest
import redis
from celery import current_app
from django.conf import LazySettings
from django.core.management import call_command
from django.db import OperationalError

from cxc import clock, redis_server
from cxc.backups.models import Backup
from cxc.comms import mail_server
from cxc.comms.models import Mail
from cxc.core import last_runs
from cxc.core.models import FileToDelete
from cxc.monitoring import doctor, part_checks, server_checks
from cxc.monitoring.findings import Finding, well, wrong
from cxc.seals import keys
from cxc.todo.models import ReconcileRequest
from launch import cli

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def found(check: Callable[[], Iterator[Finding]]) -> list[tuple[bool, str]]:
    return [(finding.is_well, finding.sentence) for finding in check()]


def is_wrong(check: Callable[[], Iterator[Finding]], *said: str) -> bool:
    """The only finding is that something is wrong, and its sentence holds these words."""
    [(is_well, sentence)] = found(check)
    return not is_well and all(each in sentence for each in said)


# --- the whole


def examined(monkeypatch: pytest.MonkeyPatch, **checks: Any) -> tuple[list[str], int]:
    """The lines that the command prints for these checks, and its exit code."""
    monkeypatch.setattr(doctor, "CHECKS", checks)
    out, code = io.StringIO(), 0
    try:
        call_command("doctor", stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    return out.getvalue().splitlines(), code


def test_a_line_for_each_and_an_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    lines, code = examined(monkeypatch, a=lambda: iter([well("a", "fine")]))
    assert (lines, code) == (["ok     a            fine", "All 1 are in order."], 0)
    lines, code = examined(monkeypatch, a=lambda: iter([well("a", "fine")]), b=lambda: iter([wrong("b", "do this.")]))
    assert (lines[1:], code) == (["WRONG  b            do this.", "1 of 2 need attention."], 1)


def test_what_can_t_be_examined_is_told_and_the_rest_is_examined(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(error: Exception) -> Callable[[], Any]:
        return mock.Mock(side_effect=error)

    lines, code = examined(
        monkeypatch,
        database=fails(OperationalError("gone")),
        broker=fails(redis.ConnectionError("refused")),
        workers=fails(kombu.exceptions.OperationalError("refused")),
        disk=fails(PermissionError("denied")),
        other=fails(ValueError("about ana@test.example")),
        last=lambda: iter([well("last", "fine")]),
    )
    assert code == 1
    assert [line.split(maxsplit=2)[2] for line in lines[:6]] == [
        "can't be examined without the database; cure that first.",
        "can't be examined without the broker; cure that first.",
        "can't be examined without the broker; cure that first.",
        "can't be examined: PermissionError: denied",
        "can't be examined: ValueError: about …",
        "fine",
    ]


def test_without_database_and_broker_every_check_still_has_its_line(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    settings.SITE_ADDRESS = "http://127.0.0.1:1"
    with mock.patch(
        "cxc.monitoring.server_checks.connection.cursor", side_effect=OperationalError("connection refused")
    ):
        findings = list(doctor.examine())
    assert {finding.name for finding in findings} == set(doctor.CHECKS)
    bad = {finding.name for finding in findings if not finding.is_well}
    assert bad >= {"database", "migrations", "clock", "broker", "web", "workers", "beat", "outbox", "to-do"}
    assert not bad & {"python", "time zones", "settings"}


def test_the_command_line_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    manage = mock.Mock(return_value=1)
    monkeypatch.setattr(cli, "_manage", manage)
    assert cli.main(["doctor"]) == 1
    manage.assert_called_once_with(["doctor"])


# --- what the portal stands on


def test_python_and_time_zones() -> None:
    assert found(server_checks.python)[0][0]
    with mock.patch("cxc.monitoring.server_checks.sys.version_info", (3, 10, 4)):
        assert is_wrong(server_checks.python, "3.10.4 is too old", "install Python 3.11")
    assert found(server_checks.time_zones) == [(True, "Europe/Brussels is 2:00:00 ahead of UTC in summer")]
    with mock.patch.object(server_checks, "OFFICE_ZONE", "Europe/Atlantis"):
        assert is_wrong(server_checks.time_zones, "Europe/Atlantis", "install the package tzdata")


def test_disk_space() -> None:
    assert all(is_well for is_well, _sentence in found(server_checks.disk))
    with mock.patch.object(shutil, "disk_usage", return_value=SimpleNamespace(free=300 * 1024**2)):
        for is_well, sentence in found(server_checks.disk):
            assert is_well is False
            assert "only 300 MB are free" in sentence
            assert "make room" in sentence


def answering(*rows: tuple[Any, ...]) -> Any:
    cursor = mock.MagicMock()
    cursor.__enter__.return_value.fetchone.side_effect = rows
    return mock.patch("cxc.monitoring.server_checks.connection.cursor", return_value=cursor)


def test_the_database() -> None:
    [(is_well, sentence)] = found(server_checks.database)
    assert is_well
    assert sentence.startswith("PostgreSQL ")
    with answering(("14.9 (Debian 14.9-1)",)):
        assert is_wrong(server_checks.database, "PostgreSQL 14.9 is too old", "move to 15")
    with mock.patch("cxc.monitoring.server_checks.connection.cursor", side_effect=OperationalError("refused")):
        assert is_wrong(server_checks.database, "start PostgreSQL", "DATABASE_URL", "(refused)")


def test_migrations_that_wait() -> None:
    assert found(server_checks.migrations) == [(True, "all are applied")]
    with mock.patch("cxc.monitoring.server_checks.MigrationExecutor.migration_plan", return_value=[1, 2]):
        assert is_wrong(server_checks.migrations, "2 are not applied", "migrate")


def test_a_clock_that_is_off() -> None:
    assert found(server_checks.clock_of_database) == [(True, "agrees with the database's")]
    with answering((clock.real_now() - timedelta(seconds=90),)):
        assert is_wrong(server_checks.clock_of_database, "90 seconds off the database's", "NTP")


def test_the_broker(settings: LazySettings) -> None:
    assert found(server_checks.broker)[0][0]
    for told, said in (
        ({"redis_version": "6.2.1"}, ("Redis 6.2.1 is too old", "move to 7")),
        ({"redis_version": "7.2.4", "valkey_version": "7.9.0"}, ("Valkey 7.9.0 is too old", "move to 8")),
    ):
        with mock.patch.object(redis_server, "client", return_value=mock.Mock(info=lambda _of, told=told: told)):
            assert is_wrong(server_checks.broker, *said)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert is_wrong(server_checks.broker, "start it", "REDIS_URL")


@contextmanager
def web_server(date: str) -> Iterator[str]:
    """A web server that answers one request with this date; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            taken, _address = listening.accept()
            with taken:
                taken.recv(4096)
                taken.sendall(f"HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: 0\r\n\r\n".encode())

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread.join()


def test_the_web_server_and_its_clock(settings: LazySettings) -> None:
    with web_server("Sun, 29 Nov 2020 12:00:00 GMT") as address:
        settings.SITE_ADDRESS = address
        (answers, _sentence), (agrees, sentence) = found(server_checks.web)
    assert (answers, agrees, "off the web server's" in sentence) == (True, False, True)
    settings.SITE_ADDRESS = "http://127.0.0.1:1"
    assert is_wrong(server_checks.web, "http://127.0.0.1:1/health/live does not answer", "start the web server")


def test_settings_that_are_not_safe(settings: LazySettings) -> None:
    assert found(server_checks.unsafe_settings)[0][0]
    settings.PRODUCTION = True
    settings.SECRET_KEY = "0123456789abcdefghij" * 4
    settings.SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT = 31_536_000, True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.SECOND_FACTOR_REQUIRED = True
    settings.ALLOWED_HOSTS = ["portal.example"]
    unsafe = [sentence for is_well, sentence in found(server_checks.unsafe_settings) if not is_well]
    settings.SECOND_FACTOR_REQUIRED = False
    settings.EMAIL_HOST_PASSWORD, settings.EMAIL_USE_TLS = "secret", False
    settings.SESSION_COOKIE_SECURE = False
    more = [sentence for _well, sentence in found(server_checks.unsafe_settings) if sentence not in unsafe]
    assert [
        next(word for word in ("SESSION_COOKIE_SECURE", "SECOND_FACTOR", "EMAIL_TLS") if word in each) for each in more
    ] == [
        "SESSION_COOKIE_SECURE",
        "SECOND_FACTOR",
        "EMAIL_TLS",
    ]


# --- what the portal does


def test_a_worker_for_each_queue(settings: LazySettings) -> None:
    def at_work(*queues: str) -> Any:
        answers = {"celery@a": [{"name": queue} for queue in queues]} if queues else None
        return mock.patch.object(current_app.control, "inspect", return_value=mock.Mock(active_queues=lambda: answers))

    with at_work("celery", "mail"):
        assert [is_well for is_well, _sentence in found(part_checks.workers)] == [True, True]
    with at_work("celery"):
        (first, _), (second, sentence) = found(part_checks.workers)
        assert (first, second, "start celery -A cxc.celery worker --queues mail" in sentence) == (True, False, True)
    with at_work():
        assert [is_well for is_well, _sentence in found(part_checks.workers)] == [False, False]


def test_beat(settings: LazySettings) -> None:
    server = redis_server.client(settings.REDIS_URL)
    server.delete("last-run:beat")
    assert is_wrong(part_checks.beat, "has never ticked", "start celery -A cxc.celery beat")
    with mock.patch("cxc.clock.real_now", return_value=clock.real_now() - timedelta(minutes=20)):
        last_runs.note(last_runs.BEAT)
    assert is_wrong(part_checks.beat, "ticked 20 minutes ago")
    last_runs.note(last_runs.BEAT)
    assert found(part_checks.beat)[0][0]


def test_the_mail_server_and_mails_that_wait(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMAIL_HOST = ""
    assert found(part_checks.mail_server_answers)[0][0]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert is_wrong(part_checks.mail_server_answers, "127.0.0.1 can't be used", "CXC_EMAIL_")
    mail_server.breaker.worked()
    assert found(part_checks.outbox) == [(True, "no mail waits for long")]
    Mail.objects.create(
        to_address="ana@test.example", subject="A", text="A", created_at=clock.now() - timedelta(hours=2)
    )
    assert is_wrong(part_checks.outbox, "1 mails wait for more than an hour", "worker of the queue mail")


def test_changes_that_do_not_reach_the_to_do() -> None:
    ReconcileRequest.objects.all().delete()
    assert found(part_checks.todo)[0][0]
    ReconcileRequest.objects.create(kind="profiles.profile", thing_id=1, transaction_id=0)
    ReconcileRequest.objects.update(asked_at=clock.real_now() - timedelta(hours=2))
    assert is_wrong(part_checks.todo, "1 changes wait for more than an hour", "worker and beat")


def test_documents(settings: LazySettings, tmp_path: Any) -> None:
    with mock.patch("cxc.monitoring.part_checks.pdf.available", return_value=True):
        assert found(part_checks.documents) == [(True, "PDFs can be made, with 11 fonts")]
    with mock.patch("cxc.monitoring.part_checks.pdf.available", return_value=False):
        assert is_wrong(part_checks.documents, "Pango is missing", "Install it with")
    settings.BASE_DIR = tmp_path
    assert is_wrong(part_checks.documents, "the fonts are missing")


def test_the_seal(settings: LazySettings) -> None:
    def ends_in(days: int) -> Any:
        key = mock.Mock(valid_until=clock.real_now() + timedelta(days=days, hours=1))
        return mock.patch.object(part_checks, "current_key", return_value=key)

    with ends_in(400):
        assert found(part_checks.seal) == [(True, "its certificate is valid for 400 days")]
    with ends_in(12):
        assert is_wrong(part_checks.seal, "ends in 12 days", "get another one")
    settings.PRODUCTION, settings.SEAL_KEY_FILE = True, ""
    with ends_in(400):
        assert is_wrong(part_checks.seal, "trial key", "CXC_SEAL_KEY_FILE")
    with mock.patch.object(part_checks, "current_key", side_effect=keys.KeyUnreadable("Check the file.")):
        assert is_wrong(part_checks.seal, "Check the file.")


def test_back_ups(settings: LazySettings) -> None:
    settings.PRODUCTION, settings.BACKUP_TO = False, ""
    assert found(part_checks.backups)[0][0]
    settings.PRODUCTION = True
    assert is_wrong(part_checks.backups, "there is none", "CXC_BACKUP_TO")
    moment = clock.real_now()
    row = Backup.objects.create(
        name="portal-1", destination="/a", started_at=moment, finished_at=moment, size=1, rows_count=1, files_count=1
    )
    assert found(part_checks.backups) == [(True, f"the last is of {moment:%d %B %Y, %H:%M} UTC")]
    row.lost_count = 3
    row.save()
    assert is_wrong(part_checks.backups, "3 stored files are lost or changed", "backup names them")
    settings.BACKUP_TO = "/b"
    assert is_wrong(part_checks.backups, "there is none")
    settings.BACKUP_TO = "/a"
    row.started_at -= timedelta(days=3)
    row.save()
    assert is_wrong(part_checks.backups, f"the last is of {row.started_at:%d %B %Y}", "list of back-ups")


def test_clamav(settings: LazySettings) -> None:
    settings.CLAMAV_SOCKET = ""
    assert found(part_checks.viruses)[0][0]
    settings.CLAMAV_SOCKET = "127.0.0.1:1"
    assert is_wrong(part_checks.viruses, "uploads are refused", "start it")
    with mock.patch("cxc.monitoring.part_checks.virus_scanner.answers", return_value=True):
        assert found(part_checks.viruses) == [(True, "ClamAV answers")]


def test_erased_files_that_stay() -> None:
    waiting = FileToDelete.objects.create(name="ab/cd.pdf")
    assert found(part_checks.erased_files) == [(True, "deleted from the store of files")]
    FileToDelete.objects.filter(pk=waiting.pk).update(since=clock.real_now() - timedelta(minutes=61))
    assert is_wrong(part_checks.erased_files, "1 can't be deleted", "core_filetodelete")
