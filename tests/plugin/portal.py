"""For tests: a whole running portal, and a copy of the test database. Needs the dev packages."""

import contextlib
import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from psycopg2 import sql

from launch.paths import ROOT
from launch.services import free_port

COPY_SUFFIX = "_copy"  # ends the name of a copied database
MIGRATED_DATABASE = "cxc"  # the database that `launch.ephemeral` has migrated


@dataclass(frozen=True)
class RunningPortal:
    """A portal started by `./portal up --detach`."""

    address: str  # without the slash at the end
    env: dict[str, str]

    @property
    def home(self) -> Path:
        """Its CXC_VAR_DIR: logs, mails, files."""
        return Path(self.env["CXC_VAR_DIR"])

    @property
    def mails(self) -> Path:
        return self.home / "mails"

    def command(self, *arguments: str) -> str:
        """What `./portal …` prints for this portal; its failure is the test's."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "portal"), *arguments],
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def manage(self, *arguments: str) -> str:
        """What `./portal manage …` prints, run against this portal's database."""
        return self.command("manage", *arguments)


def shared_portal(folder: Path, start_portal: Callable[[Path], RunningPortal]) -> RunningPortal:
    """One portal for all test processes: whoever asks first starts it.

    `folder` is where they meet; `stop_shared_portal` ends it.
    """
    record = _record_of_shared_portal(folder)
    with (folder / "portal.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not record.exists():
            portal = start_portal(folder)
            record.write_text(json.dumps([portal.address, portal.env]))
        address, env = json.loads(record.read_text())
    return RunningPortal(address, env)


def stop_shared_portal(folder: Path) -> None:
    """Stop the shared portal if a test had it started."""
    record = _record_of_shared_portal(folder)
    if record.exists():
        address, env = json.loads(record.read_text())
        record.unlink()
        stop(RunningPortal(address, env))


def _record_of_shared_portal(folder: Path) -> Path:
    return folder / "portal.json"


@contextlib.contextmanager
def running(home: Path, *options: str, name: str, broker: int, **variables: str) -> Iterator[RunningPortal]:
    """A portal of its own, from `start` to `stop`."""
    portal = start(home, *options, name=name, broker=broker, **variables)
    try:
        yield portal
    finally:
        stop(portal)


def start(
    home: Path, *options: str, name: str, broker: int, template: str = MIGRATED_DATABASE, **variables: str
) -> RunningPortal:
    """Start a portal on a new database of the tests' PostgreSQL, a copy of `template`.

    Two at once need different database names and numbers of the broker's database.
    """
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "DJANGO_"))}
    database = new_database(name, template)
    env |= {"CXC_VAR_DIR": str(home), "DATABASE_URL": database, "REDIS_URL": broker_url(broker)}
    # On a busy machine more than five minutes lie between signing in and, say, changing a bank account.
    env |= {"CXC_IDENTITY_CONFIRMED_MINUTES": "600"} | variables
    port = free_port()
    portal = RunningPortal(f"http://127.0.0.1:{port}", env)
    try:
        portal.command("up", "--detach", "--port", str(port), *options)
    except BaseException:
        stop(portal)
        raise
    return portal


def stop(portal: RunningPortal) -> None:
    """Stop it and drop its database, whoever still looks at that."""
    portal.command("down")
    _drop_database(urlsplit(portal.env["DATABASE_URL"]).path.strip("/"))


def broker_url(number: int) -> str:
    """The URL of one of the numbered databases of the tests' broker."""
    return urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{number}").geturl()


def new_database(name: str, template: str = MIGRATED_DATABASE) -> str:
    """The URL of a new copy of a database to which nobody is connected."""
    _drop_database(name)
    _on_server(f"CREATE DATABASE {name} TEMPLATE {template}")
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _drop_database(name: str) -> None:
    _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextlib.contextmanager
def copied_database(template: str | None = None) -> Iterator[None]:
    """Django's default connection on a copy of the test database (or of `template`), in every thread."""
    from django.db import connection, connections

    original = str(connection.settings_dict["NAME"])
    copy = original + COPY_SUFFIX
    connections.close_all()
    new_database(copy, template or original)
    connection.settings_dict["NAME"] = copy
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = original
        _on_server(f"DROP DATABASE {copy} WITH (FORCE)")


def _on_server(*statements: str) -> None:
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path="/postgres").geturl()
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(sql.SQL(statement))
