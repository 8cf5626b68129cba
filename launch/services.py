"""PostgreSQL and Valkey for the portal: own ones, or those the environment names."""

import hashlib
import json
import os
import secrets
import shutil
import socket
from pathlib import Path

from launch import postgres, valkey
from launch.paths import make_private, service_dir, var_dir, write_atomically
from launch.processes import ProcessGroup


def start_persistent(process_group: ProcessGroup) -> dict[str, str]:
    """The services of `up`: data kept in the clone. DATABASE_URL and REDIS_URL take their place."""
    found = start_database(process_group)
    home = make_private(var_dir())
    keys = load_or_create_secrets(home / "secrets.json")
    if "REDIS_URL" not in os.environ:
        broker = valkey.Server(home / "valkey", keys["valkey"], free_port())
        valkey.start(process_group, broker, log=home / "logs" / "valkey.log")
        found["REDIS_URL"] = broker.url
    return found


def start_database(process_group: ProcessGroup) -> dict[str, str]:
    """PostgreSQL alone, unless DATABASE_URL names one; where it is, and the clone's secret key."""
    home = make_private(var_dir())
    keys = load_or_create_secrets(home / "secrets.json")
    found = {"CXC_SECRET_KEY": keys["secret_key"]}
    if "DATABASE_URL" not in os.environ:
        database = postgres.Server(cluster(home, keys["postgresql"]), keys["postgresql"], free_port())
        postgres.start(process_group, database, log=home / "logs" / "postgresql.log")
        found["DATABASE_URL"] = database.url
    return found


def cluster(home: Path, password: str) -> Path:
    """The cluster that goes with these secrets; one whose secrets were deleted with `.portal` goes too."""
    base = service_dir(home)
    wanted = base / f"postgresql-data-{hashlib.sha256(password.encode()).hexdigest()[:8]}"
    for other in base.glob("postgresql-data-*"):
        if other.name.partition(".")[0] == wanted.name:
            continue  # the cluster, and what stands beside it while it is being made
        if other.is_dir():
            shutil.rmtree(other)
        else:
            other.unlink()
    return wanted


def load_or_create_secrets(path: Path) -> dict[str, str]:
    """The clone's own passwords, made once, readable by their owner only."""
    if not path.exists():
        names = ("secret_key", "postgresql", "valkey")
        write_atomically(path, json.dumps({name: secrets.token_hex(24) for name in names}))
    found: dict[str, str] = json.loads(path.read_text())
    return found


def is_free(port: int) -> bool:
    """True when nobody listens on this port of 127.0.0.1."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on right now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port
