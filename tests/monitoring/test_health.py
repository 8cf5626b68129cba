from unittest import mock

import pytest
from django.conf import LazySettings
from django.db import OperationalError
from django.test import Client

from cxc.monitoring import health


@pytest.mark.django_db
def test_says_ok_when_all_is_in_order(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "redis": "ok", "migrations": "ok"})


@pytest.mark.django_db
def test_is_503_and_names_what_does_not_answer(client: Client) -> None:
    with mock.patch.dict(health.CHECKS, {"redis": mock.Mock(side_effect=OSError)}):
        answer = client.get("/health/")
    assert (answer.status_code, answer.json()["redis"]) == (503, "no answer")


@pytest.mark.django_db
def test_is_503_while_migrations_are_outstanding(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr("cxc.monitoring.health.MigrationExecutor.migration_plan", lambda self, targets: ["one"])
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "not ready")


@pytest.mark.django_db
def test_only_reading_is_answered(client: Client) -> None:
    assert client.post("/health/").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/health/ready", "/health/ready/", "/health/pages/"])
def test_ready_says_what_pages_need(client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "migrations": "ok"})


@pytest.mark.parametrize("address", ["/health/live", "/health/live/"])
def test_live_asks_nothing_outside(client: Client, address: str) -> None:
    """No database is allowed here, and nothing answers where Redis is looked for."""
    client.cookies["sessionid"] = "a-session-that-would-be-read"
    with mock.patch("cxc.redis_server.client", side_effect=OSError):
        answer = client.get(address)
    assert (answer.status_code, answer.json()) == (200, {"process": "ok"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_ready_is_503_without_database_and_live_goes_on(client: Client) -> None:
    with mock.patch("cxc.monitoring.health.connection.cursor", side_effect=OperationalError):
        answer, alive = client.get("/health/ready"), client.get("/health/live")
    assert (answer.status_code, answer.json()["database"], alive.status_code) == (503, "no answer", 200)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/health/live", "/health/ready"])
def test_a_probe_names_no_host_of_the_portal(client: Client, settings: LazySettings, address: str) -> None:
    settings.ALLOWED_HOSTS = ["portal.example"]
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(address, headers={"host": "10.0.0.7:8000"}).status_code == 200
    assert client.post(address).status_code == 405
