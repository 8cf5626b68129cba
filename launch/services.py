"""PostgreSQL and Valkey for the portal: own ones, or those the environment names."""

import json
import os
import secrets
import socket
import tempfile
from pathlib import Path

from launch import postgres, valkey
from launch.paths import is_root, make_private, service_dir, var_dir
from launch.processes import Family, reap


def start_lasting(family: Family) -> dict[str, str]:
    """The services of `up`: data kept in the clone. DATABASE_URL and REDIS_URL take their place."""
    home = make_private(var_dir())
    keys = keep_secrets(home / "secrets.json")
    found = {"CXC_SECRET_KEY": keys["secret_key"]}
    if "DATABASE_URL" not in os.environ:
        database = postgres.Server(service_dir(home) / "postgresql", keys["postgresql"], free_port())
        postgres.start(family, database, log=home / "logs" / "postgresql.log")
        found["DATABASE_URL"] = database.url
    if "REDIS_URL" not in os.environ:
        broker = valkey.Server(home / "valkey", keys["valkey"], free_port())
        valkey.start(family, broker, log=home / "logs" / "valkey.log")
        found["REDIS_URL"] = broker.url
    return found


def start_passing(family: Family, home: Path) -> dict[str, str]:
    """Fast servers that forget everything, for one run of the tests."""
    database = postgres.Server(home / "postgresql", secrets.token_hex(16), free_port(), careless=True)
    broker = valkey.Server(home / "valkey", secrets.token_hex(16), free_port(), keep=False)
    postgres.start(family, database, log=home / "postgresql.log")
    valkey.start(family, broker, log=home / "valkey.log")
    return {"DATABASE_URL": database.url, "REDIS_URL": broker.url}


def passing_home() -> Path:
    """A new folder for services that do not last, where PostgreSQL's user can reach it."""
    base = "/var/tmp" if is_root() else None
    home = Path(tempfile.mkdtemp(prefix="cxc-run-", dir=base))
    home.chmod(0o711)
    return home


def reap_passing(runs: Path) -> None:
    """End the services of test runs that were killed."""
    for record in runs.glob("run-*.json"):
        reap(record)


def keep_secrets(path: Path) -> dict[str, str]:
    """The clone's own passwords, made once, readable by their owner only."""
    if not path.exists():
        draft = path.with_suffix(".draft")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps({name: secrets.token_hex(24) for name in ("secret_key", "postgresql", "valkey")}))
        draft.replace(path)
    found: dict[str, str] = json.loads(path.read_text())
    return found


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on right now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port
