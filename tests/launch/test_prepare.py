from pathlib import Path

import pytest
from django.db import connection

from launch import database, prepare
from launch.paths import ROOT


def test_remembers_what_was_done_across_starts(tmp_path: Path) -> None:
    prepare.PreparedSteps(tmp_path / "prepared.json").note("migrated", "one")
    again = prepare.PreparedSteps(tmp_path / "prepared.json")
    assert (again.is_for("migrated", "one"), again.is_for("migrated", "two"), again.is_for("collected", "one")) == (
        True,
        False,
        False,
    )


def test_fingerprint_follows_content_and_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    one, two = tmp_path / "one.py", tmp_path / "two.py"
    one.write_text("a")
    first = prepare.fingerprint([one])
    two.write_text("a")
    more, other = prepare.fingerprint([one, two]), prepare.fingerprint([two])
    one.write_text("b")
    assert len({first, more, other, prepare.fingerprint([one])}) == 4


def test_every_apps_migrations_count() -> None:
    apps = {path.relative_to(ROOT).parts[0] for path in prepare.migrations() if path.name == "0001_initial.py"}
    assert apps >= {"cxc", "profiles", "matching", "exchanges"}


@pytest.mark.django_db
def test_a_database_of_another_server_is_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """New servers number their databases alike."""
    settings = connection.get_connection_params()
    monkeypatch.setenv("DATABASE_URL", "postgresql://{user}:{password}@{host}:{port}/{dbname}".format(**settings))
    with connection.cursor() as cursor:
        cursor.execute("SELECT system_identifier FROM pg_control_system()")
        (server,) = cursor.fetchone()
    which, _, migrated = database.state().partition(" ")
    assert which.partition(".")[0] == str(server)
    assert which.partition(".")[2].isdecimal()
    assert migrated not in {"", "empty"}
