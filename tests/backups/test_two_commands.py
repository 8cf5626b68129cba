"""A back-up made while others write, restored on an empty machine by two commands."""

import hashlib
import os
import shutil
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.db import connection, connections

from cxc import clock
from cxc.backups import manifest, stamps
from cxc.core.models import StoredFile
from cxc.demo.scenarios.days import now_of
from cxc.todo.models import TodoItem
from cxc.workflow.models import StateEvent
from launch.commands import backup
from launch.paths import ROOT, service_dir
from launch.services import free_port
from matching.fit import ranked, snapshot
from matching.services.profile_indexes import PROFILE_INDEXES
from profiles.models import Organisation, Profile
from reports.statistics import Filters, statistics
from tests.backups.databases import assert_rows_are_back
from tests.plugin.demo_world import TEMPLATE, TODAY
from tests.plugin.portal import copied_database

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

pytestmark = pytest.mark.long(45)


def portal(env: dict[str, str], *arguments: str) -> str:
    """What `./portal …` prints; its failure is the test's."""
    command = [sys.executable, str(ROOT / "portal"), *arguments]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def writes() -> Iterator[None]:
    """Others work meanwhile: files come and go, events happen, what the ranking reads is saved anew."""
    ended = threading.Event()
    organisations = list(Organisation.objects.filter(profiles__in=Profile.objects.published()).distinct())

    def write() -> None:
        number = 0
        stored: list[StoredFile] = []
        while not ended.is_set():
            number += 1
            stored.append(StoredFile.store(os.urandom(2000), name=f"{number}.pdf", content_type="application/pdf"))
            if number % 3 == 0:
                stored.pop(0).erase()
            organisations[number % len(organisations)].save()
            _write_event(number)
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    yield
    ended.set()
    writer.join()


def _write_event(number: int) -> None:
    now = clock.real_now()
    StateEvent.objects.create(
        kind="profiles.profile",
        thing_id=0,
        label=f"Written meanwhile {number}",
        transition="edit",
        to_state="published",
        side="SO",
        happened_at=now,
        recorded_at=now,
    )


def facts() -> dict[str, Any]:
    """Best matches, to-do and statistics, as they are on the morning around which the demo world lives."""
    snapshot.clear()
    with clock.at(now_of(TODAY)):
        profiles = Profile.objects.published().order_by("pk").values_list("pk", flat=True)[:30]
        return {
            "ranking": {pk: [(fit.profile_id, fit.score) for fit in ranked(pk, limit=10)] for pk in profiles},
            "todo": list(TodoItem.objects.order_by("pk").values_list()),
            "statistics": statistics(Filters()),
        }


@contextmanager
def connected_to(url: str) -> Iterator[None]:
    """Django's connection on another server."""
    parts, settings = urlsplit(url), connection.settings_dict
    before = dict(settings)
    connections.close_all()
    settings |= {"NAME": parts.path.strip("/"), "PORT": str(parts.port), "PASSWORD": parts.password}
    try:
        yield
    finally:
        connections.close_all()
        settings |= before


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The variables of a machine with nothing on it."""
    left_out = ("PYTEST_", "DJANGO_", "DATABASE_URL", "REDIS_URL")
    env = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    yield env | {"CXC_VAR_DIR": str(tmp_path / "new")}
    portal(env | {"CXC_VAR_DIR": str(tmp_path / "new")}, "down")
    shutil.rmtree(service_dir(tmp_path / "new"))


def test_made_during_writes_and_restored_on_an_empty_machine(
    demo_files: Path,
    tmp_path: Path,
    machine: dict[str, str],
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    django_db_setup: None,
    django_db_blocker: "DjangoDbBlocker",
) -> None:
    home = Path(shutil.copytree(demo_files, tmp_path / "source"))
    settings.MEDIA_ROOT = home / "files"
    with django_db_blocker.unblock(), copied_database(TEMPLATE):
        here = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
        source = machine | {"CXC_VAR_DIR": str(home), "DATABASE_URL": here}
        with writes():
            said = portal(source, "backup", "--to", str(tmp_path / "backups"))
        [folder] = (tmp_path / "backups").iterdir()
        made = manifest.read(folder)
        before, newest = facts(), stamps.newest_event()
    assert f"{folder} (" in said
    assert int(newest.split()[0]) > int(made.newest_event.split()[0])
    assert (made.files.missing, made.files.differing) == ([], [])

    assert "Start it: ./portal up" in portal(machine, "restore", str(folder))

    monkeypatch.setenv("CXC_VAR_DIR", machine["CXC_VAR_DIR"])
    monkeypatch.delenv("DATABASE_URL")
    with django_db_blocker.unblock(), backup.database() as env, connected_to(env["DATABASE_URL"]):
        assert stamps.newest_event() == made.newest_event
        assert_rows_are_back(made)
        assert [index.differing() for index in PROFILE_INDEXES] == [set(), set()]
        assert facts() == before
        _assert_files_are_whole(tmp_path / "new" / "files", made)

    # Neither an empty portal nor a second demo world: it starts with what was restored.
    port = free_port()
    assert "Loading the demo world" not in portal(machine, "up", "--detach", "--port", str(port))
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/statistics.json") as answer:
        assert answer.status == 200


def _assert_files_are_whole(files: Path, made: manifest.Manifest) -> None:
    """Each file that a row names is there with its SHA-256, but for those that were erased meanwhile."""
    rows = dict(StoredFile.objects.values_list("file", "sha256"))
    there = {name: hashlib.sha256((files / name).read_bytes()).hexdigest() for name in rows if (files / name).exists()}
    assert rows.keys() - there.keys() == set(made.files.removed)
    assert there.items() <= rows.items()
    assert len(there) == made.files.count
