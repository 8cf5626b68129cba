"""Stops before a database is migrated that another version of the source made.

Migrations are written anew now and then while nothing is in production: a database with the former ones can't be
brought up to date. It is recognised by migrations, or apps, that the source does not have.
"""

import os
import shlex
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from launch.paths import UserError, var_dir
from launch.services import cluster, load_or_create_secrets

MESSAGE = """\
This database was made by another version of the source: it holds migrations that are not here
({unknown}). Nothing was changed. {advice}"""
NOT_EMPTY = "A back-up is restored into an empty database, and this one is not. Nothing was changed. {advice}"
OWN = """Set it aside, which deletes nothing, and try again; a new one is made:

    {command}
"""
OTHER = """DATABASE_URL has to name another, empty database. In psql, connected
to a different database of that server, this sets the old one aside, which deletes nothing:

    ALTER DATABASE "{name}" RENAME TO "{aside}"; CREATE DATABASE "{name}";
"""


def refuse(unknown: Sequence[str], url: str) -> None:
    """UserError with the command that sets the database aside, where it holds unknown migrations."""
    if not unknown:
        return
    named = unknown[0] if len(unknown) == 1 else f"{unknown[0]} and {len(unknown) - 1} more"
    raise UserError(MESSAGE.format(unknown=named, advice=_advice(url)))


def refuse_unless_empty(state: str, url: str) -> None:
    """The same where what `launch.database state` says of the database is not that it is empty."""
    if not state.endswith(" empty"):
        raise UserError(NOT_EMPTY.format(advice=_advice(url)))


def _advice(url: str) -> str:
    if "DATABASE_URL" in os.environ:
        name = urlsplit(url).path.strip("/")
        return OTHER.format(name=name, aside=f"{name}_{_suffix()}")
    data = cluster(var_dir(), load_or_create_secrets(var_dir() / "secrets.json")["postgresql"])
    return OWN.format(command=shlex.join(["mv", str(data), str(_free_name(data))]))


def _free_name(data: Path) -> Path:
    """A name beside the cluster that nothing has, and that `launch.services.cluster` leaves alone."""
    wanted = data.with_name(f"set-aside-{_suffix()}-{data.name}")
    names = [wanted, *(wanted.with_name(f"{wanted.name}-{number}") for number in range(2, 100))]
    return next(name for name in names if not name.exists())


def _suffix() -> str:
    return date.today().strftime("%Y%m%d")
