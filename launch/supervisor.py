"""`./portal up` and `down`: one process that starts the portal's parts and stops them in order."""

import contextlib
import fcntl
import http.client
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from launch import portal_parts, prepare, services, system, virtualenv
from launch.environment import RECORD
from launch.paths import ROOT, UserError, make_private, var_dir
from launch.processes import ProcessGroup, is_alive, read_record, reap
from launch.restarts import Restarts
from launch.signals import Interrupt, Stopped

START_TIMEOUT = 180  # seconds until the first page must have come
STOP_TIMEOUT = 60
ANSWER_TRIES = 5


def up(*, port: int | None, detach: bool, demo: bool) -> int:
    """Start everything and stay until told to end; with `detach` only until it is up."""
    if _is_up_already():
        return 0
    interrupt = Interrupt()
    virtualenv.ensure("local")
    system.ensure_pango()
    interrupt.check()
    return _detach(interrupt, port, demo) if detach else _supervise(interrupt, port, demo)


def down() -> int:
    """Stop the portal of this clone and whatever a crash left of it."""
    record = var_dir() / RECORD
    data = read_record(record)
    if data is None:
        print("The portal is not up.")
        return 0
    if is_alive(data["supervisor"]):
        _end(data["supervisor"])
    reap(record)
    print("The portal is down.")
    return 0


def _supervise(interrupt: Interrupt, port: int | None, demo: bool) -> int:
    home = make_private(var_dir())
    with supervisor_lock(home):
        left = reap(home / RECORD)
        if left:
            print(f"Cleaned up after a crash: {left} processes were still there.", flush=True)
        process_group = ProcessGroup(record=home / RECORD)
        try:
            _start(process_group, interrupt, port, demo)
            return _watch(process_group, interrupt)
        except Stopped:
            print("Stopping ...", flush=True)
            return 0
        finally:
            process_group.facts["stopping"] = "yes"
            with contextlib.suppress(OSError):
                process_group.write()
            process_group.stop()


def _start(process_group: ProcessGroup, interrupt: Interrupt, port: int | None, demo: bool) -> None:
    chosen = _port(port)
    settings = portal_parts.settings(chosen, demo=demo)
    process_group.facts = {"address": settings["CXC_SITE_ADDRESS"] + "/"}
    process_group.write()
    portal_parts.rotate_logs(var_dir() / "logs")
    settings |= services.start_persistent(process_group)
    interrupt.check()
    env = virtualenv.python_env() | settings
    prepare.prepare(interrupt, env, demo=demo)
    process_group.facts |= settings
    # The web alone first: three at once would make the first page wait for all.
    portal_parts.start(process_group, env, chosen, "web")
    _wait_for_first_page(process_group, interrupt)
    portal_parts.start(process_group, env, chosen, *portal_parts.other_parts(env))
    process_group.facts["ready"] = "yes"
    process_group.write()
    print(portal_parts.announcement(process_group.facts["address"], demo=demo), flush=True)


def _watch(process_group: ProcessGroup, interrupt: Interrupt) -> int:
    """Until a signal comes; a part that ends by itself is started again."""
    restarts = Restarts(process_group, _log_of)
    while True:
        interrupt.wait(0.5)
        interrupt.check()
        restarts.check()


def _wait_for_first_page(process_group: ProcessGroup, interrupt: Interrupt) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    address = process_group.facts["address"]
    while set((_health(address) or {"": ""}).values()) != {"ok"}:
        interrupt.wait(0.1)
        interrupt.check()
        _fail_if_one_ended(process_group)
        if time.monotonic() > deadline:
            raise UserError(f"{address}health/ does not answer; see {_log_of('web')}")


def _fail_if_one_ended(process_group: ProcessGroup) -> None:
    for name in process_group.ended():
        log = _log_of(name)
        raise UserError(f"{name} ended by itself. The end of {log}:\n{log.read_text(errors='replace')[-3000:]}")


def _log_of(name: str) -> Path:
    return var_dir() / "logs" / f"{name}.log"


def _health(address: str) -> dict[str, str] | None:
    """What the portal there says of itself; None where none answers."""
    # Own machine: a proxy set in the shell has no business here.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address}health/", timeout=10) as response:
            found = json.load(response)
    except urllib.error.HTTPError as refusal:  # 503: something is not in order
        with contextlib.suppress(OSError, ValueError):
            found = json.load(refusal)
            return found if "database" in found else None
        return None
    except (OSError, ValueError, http.client.HTTPException):
        return None
    return found if isinstance(found, dict) and "database" in found else None


def _detach(interrupt: Interrupt, port: int | None, demo: bool) -> int:
    """Start the supervisor in a session of its own, show what it says and leave once it is up."""
    log = make_private(var_dir()) / "logs" / "up.log"
    log.parent.mkdir(mode=0o700, exist_ok=True)
    command = [sys.executable, str(ROOT / "portal"), "up", *(["--port", str(port)] if port else [])]
    command += [] if demo else ["--no-demo"]
    with log.open("wb") as output:
        supervisor = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    with log.open() as output:
        while True:
            ended, ready = supervisor.poll() is not None, _is_ready(supervisor.pid)
            print(output.read(), end="", flush=True)
            if ended:
                return supervisor.returncode
            if ready:
                return 0
            if interrupt.received_signal:
                supervisor.terminate()
            interrupt.wait(0.1 if not interrupt.received_signal else 0)
            time.sleep(0.05)


def _is_ready(pid: int) -> bool:
    data = read_record(var_dir() / RECORD)
    return data is not None and data["supervisor"]["pid"] == pid and "ready" in data["facts"]


def _is_up_already() -> bool:
    """Whether the portal of this clone answers; one that is ending, or is silent, is waited for and ended."""
    data = read_record(var_dir() / RECORD)
    if data is None or not is_alive(data["supervisor"]) or not {"ready", "stopping"} & set(data["facts"]):
        return False
    address = str(data["facts"]["address"])
    if "stopping" in data["facts"]:
        print("The portal is being stopped; it starts again after that ...", flush=True)
    elif health := _health_with_retries(address):
        print(f"The portal is up already: {address}")
        wrong = [f"{name}: {output}" for name, output in health.items() if output != "ok"]
        if wrong:
            print(f"Its health page reports {', '.join(wrong)}. The logs are in {var_dir() / 'logs'}.")
        return True
    else:
        print(f"The portal does not answer at {address}; it is stopped and started again ...", flush=True)
    _end(data["supervisor"])
    return False


def _health_with_retries(address: str) -> dict[str, str] | None:
    """A part that has just ended may be on its way back."""
    for _ in range(ANSWER_TRIES):
        if health := _health(address):
            return health
        time.sleep(1)
    return None


def _end(supervisor: Mapping[str, Any]) -> None:
    """Ask it to end, once is enough; one that does not is killed, and `reap` ends what it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(supervisor["pid"], signal.SIGTERM)
    if not _wait_until_gone(supervisor, STOP_TIMEOUT):
        with contextlib.suppress(ProcessLookupError):
            os.kill(supervisor["pid"], signal.SIGKILL)
        _wait_until_gone(supervisor, 5)


def _port(wanted: int | None) -> int:
    if wanted is not None:
        if not services.is_free(wanted):
            raise UserError(f"Port {wanted} is taken: choose another with --port.")
        return wanted
    return 8000 if services.is_free(8000) else services.free_port()


def _wait_until_gone(process: Mapping[str, object], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while is_alive(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@contextlib.contextmanager
def supervisor_lock(home: Path) -> Iterator[None]:
    """Held while the clone's servers are this command's; the system lets go of it even after a crash."""
    with (home / "lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UserError("Another ./portal up, backup or restore is at work in this clone.") from None
        yield
