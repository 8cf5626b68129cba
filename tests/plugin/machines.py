"""For tests and benchmarks: a portal on several machines, all of them on loopback.

Two web servers and three workers, each with a CXC_VAR_DIR of its own, and beat; PostgreSQL, Valkey and a store that
speaks S3 stand apart, as servers of others do. Nothing that must last may lie in one machine's folder.
"""

import os
import secrets
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import requests

from launch import postgres, valkey
from launch.paths import PYTHON, ROOT
from launch.processes import ProcessGroup
from launch.services import free_port
from tests.plugin.balancer import Balancer
from tests.plugin.portal import RunningPortal
from tests.plugin.s3_store import S3Store

WEBS, WORKERS = 2, 3
START_SECONDS = 180


@dataclass(frozen=True)
class MachinesPortal(RunningPortal):
    """Reached at the balancer's address; its commands run on a machine of their own."""

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [PYTHON, "manage.py", *arguments], cwd=ROOT, env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@dataclass
class Machines:
    """The parts by name: web-1, web-2, worker-1, worker-2, worker-3, beat, valkey; `postgresql` where it is its own."""

    home: Path
    portal: MachinesPortal
    webs: list[str]
    store: S3Store
    balancer: Balancer
    process_group: ProcessGroup
    ports: dict[str, int] = field(default_factory=dict)

    def pid(self, name: str) -> int:
        return self.process_group.running[name].pid

    def kill(self, name: str, number: int = signal.SIGKILL) -> None:
        """The part with all its processes, as when a machine loses its power; SIGSTOP: as when it hangs."""
        os.killpg(self.pid(name), number)
        if number == signal.SIGKILL:
            self.process_group.running[name].wait()

    def restart(self, name: str) -> None:
        self.process_group.restart(name)

    def log(self, name: str) -> str:
        path = self.home / "logs" / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""


def wait_until(condition: Callable[[], bool], seconds: float = START_SECONDS, what: str = "this") -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not come about"
        time.sleep(0.1)


def is_ready(address: str) -> bool:
    session = requests.Session()
    session.trust_env = False
    try:
        return session.get(f"{address}/health/ready", timeout=10).status_code == 200
    except requests.RequestException:
        return False


@contextmanager
def database_server(home: Path, binaries: Path | None = None) -> Iterator[tuple[postgres.Server, ProcessGroup]]:
    """A PostgreSQL of its own, with the database `cxc`: empty, or without `binaries` migrated as the tests' one is."""
    process_group = ProcessGroup(record=home / "postgresql.json")
    password, data = secrets.token_hex(8), home / "postgresql"
    if binaries is None:
        template = os.environ["CXC_TEST_CLUSTER"]
        password = str(urlsplit(os.environ["DATABASE_URL"]).password)
        subprocess.run(["cp", "-a", template, str(data)], check=True)
    server = postgres.Server(data, password, free_port(), binaries=binaries)
    try:
        postgres.start(process_group, server, log=home / "logs" / "postgresql.log")
        yield server, process_group
    finally:
        process_group.stop()


@contextmanager
def started(
    home: Path, database_url: str, variables: Mapping[str, str], *, balanced: bool = True, web_processes: int = 1
) -> Iterator[Machines]:
    """Everything but the database, which is migrated; `variables` go to all parts."""
    logs, shared = home / "logs", home / "shared"
    for folder in (logs, shared, home / "mails", home / "store" / "portal"):
        folder.mkdir(parents=True, exist_ok=True)
    process_group = ProcessGroup(record=home / "machines.json")
    broker = valkey.Server(home / "valkey", secrets.token_hex(8), free_port())
    store = S3Store(home / "store")
    ports = {f"web-{number + 1}": free_port() for number in range(WEBS)}
    webs = [f"http://127.0.0.1:{port}" for port in ports.values()]
    balancer = Balancer(webs)
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DJANGO_"))}
    env |= store.env
    env |= {
        "DATABASE_URL": database_url,
        "REDIS_URL": broker.url,
        "CXC_FILES_S3": "s3://portal/files",
        "CXC_STATIC_DIR": str(shared / "static"),
        "CXC_EMAIL_DIR": str(home / "mails"),
        "CXC_SITE_ADDRESS": balancer.address if balanced else webs[0],
        "CXC_SEAL_KEY_FILE": str(_seal(shared)),
        "CXC_SEAL_CERTIFICATE_FILE": str(_seal(shared)),
        "CXC_IDENTITY_CONFIRMED_MINUTES": "600",
        "CXC_VAR_DIR": str(home),
        "WEB_CONCURRENCY": str(web_processes),
        "NO_PROXY": "*",
    }
    env |= variables
    portal = MachinesPortal(env["CXC_SITE_ADDRESS"], env)
    machines = Machines(home, portal, webs, store, balancer, process_group, ports)
    try:
        store.start()
        valkey.start(process_group, broker, log=logs / "valkey.log")
        portal.manage("collectstatic", "--noinput", "--verbosity", "0")
        for name, command in _commands(ports).items():
            own = env | {"CXC_VAR_DIR": str(home / name)}
            (home / name).mkdir(exist_ok=True)
            process_group.start(name, command, env=own, log=logs / f"{name}.log", cwd=ROOT, stop_timeout=15)
        with balancer:
            for address in webs:
                wait_until(lambda address=address: is_ready(address), what=f"{address}, see {logs},")  # type: ignore[misc]
            yield machines
    finally:
        process_group.stop()
        store.stop()


def _commands(ports: Mapping[str, int]) -> dict[str, list[str]]:
    """As in docs/production.md, Without containers."""
    gunicorn = [str(PYTHON.with_name("gunicorn")), "cxc.wsgi:application", "--config", "python:cxc.gunicorn_settings"]
    celery = [str(PYTHON), "-m", "celery", "-A", "cxc.celery"]
    webs = {name: [*gunicorn, "--bind", f"127.0.0.1:{port}"] for name, port in ports.items()}
    worker = [*celery, "worker", "--loglevel", "INFO", "--concurrency", "1", "--without-mingle", "--without-gossip"]
    names = [f"worker-{number}" for number in range(1, WORKERS + 1)]
    workers = {name: [*worker, "--hostname", f"{name}@%h"] for name in names}
    return webs | workers | {"beat": [*celery, "beat", "--pidfile", ""]}


def _seal(folder: Path) -> Path:
    """One key and certificate for all machines, as production has them."""
    from cxc.seals.trial import make_pem

    path = folder / "seal.pem"
    if not path.exists():
        path.write_bytes(make_pem("Machines of the tests", datetime.now(UTC), timedelta(days=30)))
    return path
