"""For tests: a whole running portal, and a copy of the test database. Needs the dev packages."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from psycopg2 import sql

from launch.paths import ROOT
from launch.services import free_port


@dataclass(frozen=True)
class RunningPortal:
    """A portal started by `./portal up --detach`."""

    address: str  # without the slash at the end
    home: Path  # its CXC_VAR_DIR: logs, mails, files
    env: dict[str, str]

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


@contextlib.contextmanager
def running(
    home: Path, *options: str, name: str = "cxc_running", broker: int = 15, **surroundings: str
) -> Iterator[RunningPortal]:
    """Start a portal on a new database of the tests' PostgreSQL; stop it and drop that at the end.

    Two at once need different database names and numbers of the broker's database.
    """
    port = free_port()
    with new_database(name, template="cxc") as database_url:
        env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DJANGO_"))}
        broker_url = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{broker}").geturl()
        env |= {"CXC_VAR_DIR": str(home), "DATABASE_URL": database_url, "REDIS_URL": broker_url} | surroundings
        portal = RunningPortal(f"http://127.0.0.1:{port}", home, env)
        try:
            portal.command("up", "--detach", "--port", str(port), *options)
            yield portal
        finally:
            portal.command("down")


@contextlib.contextmanager
def new_database(name: str, *, template: str) -> Iterator[str]:
    """The URL of a copy of `template`, dropped at the end whoever still looks at it."""
    _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextlib.contextmanager
def copied_database() -> Iterator[None]:
    """Django's default connection on a copy of the test database, in every thread."""
    from django.db import connection, connections

    original = str(connection.settings_dict["NAME"])
    copy = f"{original}_copy"
    connections.close_all()
    _on_server(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)", f"CREATE DATABASE {copy} TEMPLATE {original}")
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
