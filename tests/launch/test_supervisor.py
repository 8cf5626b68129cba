"""The portal's life with servers of its own: first start, second, crash, Ctrl-C."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from launch import services
from launch.paths import ROOT, service_dir
from launch.processes import TOKEN_VARIABLE, start_time

pytestmark = pytest.mark.long(60)

PORTAL = [sys.executable, str(ROOT / "portal")]


@pytest.fixture
def bare_env(tmp_path: Path) -> dict[str, str]:
    """For a portal of the test's own: the tests' servers stay out of it."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    return kept | {"CXC_VAR_DIR": str(tmp_path)}


@pytest.fixture
def env(tmp_path: Path, bare_env: dict[str, str]) -> Iterator[dict[str, str]]:
    """The same with a cluster, and stopped at the end."""
    home = tmp_path / "a portal's höme"
    copy_test_cluster(home)
    found = bare_env | {"CXC_VAR_DIR": str(home)}
    yield found
    subprocess.run([*PORTAL, "down"], env=found, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(service_dir(home))


def copy_test_cluster(home: Path) -> None:
    """The tests' migrated cluster in place of an empty one: migrating anew takes twelve seconds."""
    password = str(urlsplit(os.environ["DATABASE_URL"]).password)
    home.mkdir(mode=0o700)
    (home / "secrets.json").write_text(json.dumps({"secret_key": "k", "valkey": "v", "postgresql": password}))
    subprocess.run(["cp", "-a", os.environ["CXC_TEST_CLUSTER"], str(services.cluster(home, password))], check=True)


def up(env: dict[str, str], port: int) -> str:
    done = subprocess.run(
        [*PORTAL, "up", "--detach", "--no-demo", "--port", str(port)],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def record(env: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(env["CXC_VAR_DIR"], "up.json").read_text())
    return found


def processes_of(token: str) -> list[int]:
    """Pids of everything that was started for this portal, however deep."""
    mark = f"{TOKEN_VARIABLE}={token}".encode()
    return [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/environ") if mark in read(path)]


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def is_well(env: dict[str, str], port: int, before: dict[str, int]) -> bool:
    """Whether what was killed runs anew, and all goes on with it."""
    now = {child["name"]: child["pid"] for child in record(env)["children"]}
    if any(now[name] == before[name] for name in ("postgresql", "valkey", "beat")):
        return False
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/") as answer:
            return set(json.load(answer).values()) == {"ok"}
    except OSError:
        return False


def wait_until_gone(pids: list[int]) -> list[int]:
    wait_until(lambda: not any(map(start_time, pids)))
    return [pid for pid in pids if start_time(pid)]


def wait_until(done: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 60
    while not done() and time.monotonic() < deadline:
        time.sleep(0.05)
    return done()


def test_starts_once_survives_a_crash_and_leaves_nothing_behind(env: dict[str, str]) -> None:
    port = services.free_port()
    first = up(env, port)
    assert "Migrating the database" in first
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/") as answer:
        assert json.load(answer) == {"database": "ok", "redis": "ok", "migrations": "ok"}
    assert up(env, port) == f"The portal is up already: http://127.0.0.1:{port}/\n"

    ended = {child["name"]: child["pid"] for child in record(env)["children"]}
    for name in ("postgresql", "valkey", "beat"):
        os.kill(ended[name], signal.SIGKILL)
    assert wait_until(lambda: is_well(env, port, ended))
    said = Path(env["CXC_VAR_DIR"], "logs", "up.log").read_text()
    assert re.findall(r"^(\w+) ended by itself, by signal 9; it is started again", said, re.MULTILINE) != []
    assert said.count("ended by itself") == 3

    crashed = record(env)
    os.kill(crashed["supervisor"]["pid"], signal.SIGKILL)
    left = [child["pid"] for child in crashed["children"]]
    again = up(env, port)
    # Neither migrated nor collected again: the first line is followed by the last.
    assert re.match(r"Cleaned up after a crash: \d+ processes were still there\.\n\nThe portal is up: ", again), again
    assert (wait_until_gone(left), processes_of(crashed["token"])) == ([], [])

    now = record(env)
    started = processes_of(now["token"])
    os.kill(now["supervisor"]["pid"], signal.SIGINT)
    children = [child["pid"] for child in now["children"]]
    assert len(started) >= 5
    assert (wait_until_gone([*started, *children]), processes_of(now["token"])) == ([], [])
    # The supervisor forgets the record last, after all that it started is gone.
    assert wait_until(lambda: not Path(env["CXC_VAR_DIR"], "up.json").exists())


def test_a_taken_port_is_said_and_nothing_is_started(bare_env: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*PORTAL, "up", "--port", str(port)], env=bare_env, capture_output=True, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (1, f"Port {port} is taken: choose another with --port.\n")
    assert not Path(bare_env["CXC_VAR_DIR"], "up.json").exists()


def test_down_without_up_says_so(bare_env: dict[str, str]) -> None:
    done = subprocess.run([*PORTAL, "down"], env=bare_env, capture_output=True, text=True, check=True)
    assert done.stdout == "The portal is not up.\n"
