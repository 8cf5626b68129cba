"""A database that another version of the source made is recognised before it is migrated."""

import shlex
import subprocess
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from launch import database, older_database, prepare, services
from launch.paths import UserError

UNKNOWN = ["ground.0001_initial", "profiles.0021_standard_words_profiles"]


@pytest.fixture
def own_database(own_var_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a PostgreSQL that `./portal up` has made."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(services, "service_dir", lambda wanted: wanted)
    keys = services.load_or_create_secrets(own_var_dir / "secrets.json")
    data = services.cluster(own_var_dir, keys["postgresql"])
    data.mkdir()
    (data / "PG_VERSION").write_text("18")
    return data


@pytest.mark.django_db
def test_migrations_and_apps_that_the_source_does_not_have_are_found() -> None:
    assert database.unknown_migrations() == []
    for migration in UNKNOWN:
        MigrationRecorder(connection).record_applied(*migration.split("."))
    assert database.unknown_migrations() == UNKNOWN


def test_the_command_moves_the_database_and_deletes_nothing(own_database: Path, own_var_dir: Path) -> None:
    with pytest.raises(UserError, match=r"ground\.0001_initial and 1 more") as stopped:
        older_database.refuse(UNKNOWN, "postgresql://cxc@127.0.0.1/cxc")
    command = next(line for line in str(stopped.value).splitlines() if line.startswith("    mv "))
    subprocess.run(shlex.split(command), check=True)
    moved = own_var_dir / Path(shlex.split(command)[-1]).name
    assert (own_database.exists(), (moved / "PG_VERSION").read_text()) == (False, "18")
    services.cluster(own_var_dir, "another password")
    assert moved.exists()


def test_a_second_database_of_the_day_gets_another_name(own_database: Path, own_var_dir: Path) -> None:
    first = older_database._free_name(own_database)
    first.mkdir()
    assert older_database._free_name(own_database) not in {first, own_database}


def test_a_database_of_ones_own_is_renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me@db.example/portal")
    with pytest.raises(UserError, match='ALTER DATABASE "portal" RENAME TO "portal_'):
        older_database.refuse(UNKNOWN, "postgresql://me@db.example/portal")


def test_it_stops_before_it_migrates(own_database: Path, own_var_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"state": "1.2 0123", "unknown": "\n".join(UNKNOWN)}
    monkeypatch.setattr(prepare, "ask_database", lambda _env, question: answers[question])
    monkeypatch.setattr(prepare, "_manage", lambda *_arguments: pytest.fail("it was migrated"))
    with pytest.raises(UserError, match="made by another version of the source"):
        prepare.prepare(Mock(), {"DATABASE_URL": "postgresql://cxc@127.0.0.1/cxc"}, demo=False)
