from unittest import mock

import pytest
from django.test import Client

from cxc import health


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
    monkeypatch.setattr("cxc.health.MigrationExecutor.migration_plan", lambda self, targets: ["one"])
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "not ready")


@pytest.mark.django_db
def test_only_reading_is_answered(client: Client) -> None:
    assert client.post("/health/").status_code == 405
