"""Ephemeral servers: PostgreSQL and Valkey for one run of the tests."""

import hashlib
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

from launch import postgres, prepare, valkey
from launch.paths import PYTHON, REQUIREMENTS, UserError, is_root, make_private, service_dir, var_dir
from launch.processes import ProcessGroup, reap
from launch.services import free_port, load_or_create_secrets
from launch.signals import Interrupt
from launch.virtualenv import python_env


def start(interrupt: Interrupt, process_group: ProcessGroup, home: Path) -> dict[str, str]:
    """Start both in this folder; the settings that lead the portal to them.

    The database `cxc` is migrated and otherwise empty; a test process copies it
    (`cxc.settings.testing`), which takes a fiftieth of the time of migrating.
    """
    template = _template_cluster(interrupt)
    cluster = home / "postgresql"
    subprocess.run(["cp", "-a", str(template.data), str(cluster)], check=True)
    database = postgres.Server(cluster, template.password, free_port(), unsafe_but_fast=True)
    broker = valkey.Server(home / "valkey", secrets.token_hex(16), free_port(), persistent=False)
    postgres.start(process_group, database, log=home / "postgresql.log")
    valkey.start(process_group, broker, log=home / "valkey.log")
    return {"DATABASE_URL": database.url, "REDIS_URL": broker.url, "CXC_TEST_CLUSTER": str(template.data)}


def new_home() -> Path:
    """A new folder where PostgreSQL's user can reach it."""
    base = "/var/tmp" if is_root() else None
    home = Path(tempfile.mkdtemp(prefix="cxc-run-", dir=base))
    home.chmod(0o711)
    return home


def reap_killed(runs: Path) -> None:
    """End the servers of test runs that were killed."""
    for record in runs.glob("run-*.json"):
        reap(record)


def _template_cluster(interrupt: Interrupt) -> postgres.Server:
    """A cluster with the migrated database, made anew when a migration or a library changed."""
    keys = make_private(var_dir()) / "secrets.json"
    password = load_or_create_secrets(keys)["postgresql"]
    source = prepare.fingerprint([*prepare.migrations(), REQUIREMENTS / "local.txt"])
    mark = hashlib.sha256(f"{source} {password}".encode()).hexdigest()[:8]
    template = postgres.Server(
        service_dir(var_dir()) / f"test-cluster-{mark}", password, free_port(), unsafe_but_fast=True
    )
    if not template.data.exists():
        print("Migrating a database for the tests, once ...", flush=True)
        _create_template_cluster(interrupt, template)
    return template


def _create_template_cluster(interrupt: Interrupt, template: postgres.Server) -> None:
    home = new_home()
    process_group = ProcessGroup(record=var_dir() / "runs" / f"run-{home.name}.json", remove=[str(home)])
    server = postgres.Server(home / "postgresql", template.password, template.port, unsafe_but_fast=True)
    process_group.write()
    made = template.data.with_name(f"draft-{home.name}")
    try:
        postgres.start(process_group, server, log=home / "postgresql.log")
        _migrate(interrupt, server, home)
        process_group.stop(delete_record=False)
        subprocess.run(["cp", "-a", str(server.data), str(made)], check=True)
    finally:
        process_group.stop()
    for old in template.data.parent.glob("test-cluster-*"):
        if old != template.data:
            shutil.rmtree(old, ignore_errors=True)
    if template.data.exists():  # another run was quicker
        shutil.rmtree(made)
    else:
        made.rename(template.data)


def _migrate(interrupt: Interrupt, server: postgres.Server, home: Path) -> None:
    env = python_env() | {"DATABASE_URL": server.url, "CXC_VAR_DIR": str(home / "var")}
    env |= {"DJANGO_SETTINGS_MODULE": "cxc.settings.testing"}
    command = [str(PYTHON), "manage.py", "migrate", "--verbosity", "0"]
    code = interrupt.run(command, env)
    interrupt.check()
    if code:
        raise UserError("The migrations do not run (see above).")
