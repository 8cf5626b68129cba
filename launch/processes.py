"""Child processes with a record on disk, so that a later command finds what a crash left.

A `ProcessGroup` is the set of processes one command started. Each runs in a session of its own:
Ctrl-C reaches only the command, which then stops them in order. The record names each by
pid and start time (two processes with one pid never share it), and all of
them carry a token in their environment, which finds grandchildren whose parent is gone.
"""

import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from launch.paths import write_atomically

TOKEN_VARIABLE = "CXC_PROCESS_GROUP"
# What a portal wrote that was started before these were renamed.
FORMER_KEYS = {'"birth":': '"start_time":', '"patience":': '"stop_timeout":'}
SERVERS = {"postgres", "valkey-server", "redis-server"}


@dataclass(frozen=True)
class Child:
    """One recorded process: how to recognise it and how it likes to be stopped."""

    name: str
    pid: int
    start_time: str
    stop_signal: int
    stop_timeout: float  # seconds before it is killed


@dataclass(frozen=True)
class Command:
    """Everything that is needed to start a process, and to start it again. `before`: done first, each time."""

    command: list[str]
    env: Mapping[str, str]
    log: Path
    cwd: Path
    user: int | None
    group: int | None
    before: Callable[[], object] | None


@dataclass
class ProcessGroup:
    """The processes of one command. `remove`: folders to delete once they have ended."""

    record: Path
    remove: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    children: list[Child] = field(default_factory=list)
    token: str = field(default_factory=lambda: secrets.token_hex(8))
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    commands: dict[str, Command] = field(default_factory=dict)

    def start(
        self,
        name: str,
        command: list[str],
        *,
        env: Mapping[str, str],
        log: Path,
        cwd: Path,
        user: int | None = None,
        group: int | None = None,
        stop_signal: int = signal.SIGTERM,
        stop_timeout: float = 10,
        before: Callable[[], object] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start one process and write it into the record before anything else happens."""
        self.commands[name] = Command(command, env, log, cwd, user, group, before)
        process = self._start(name)
        self.children.append(Child(name, process.pid, start_time(process.pid), stop_signal, stop_timeout))
        self.write()
        return process

    def restart(self, name: str) -> None:
        """Start one anew that has ended; it keeps its place in the order in which all are stopped."""
        place = next(number for number, child in enumerate(self.children) if child.name == name)
        before = self.children[place]
        _signal_group(before.pid, signal.SIGKILL)  # what its own children have left
        process = self._start(name)
        self.children[place] = replace(before, pid=process.pid, start_time=start_time(process.pid))
        self.write()

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        spec = self.commands[name]
        if spec.before is not None:
            spec.before()
        spec.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with spec.log.open("ab") as output:
            process = subprocess.Popen(
                spec.command,
                env={**spec.env, TOKEN_VARIABLE: self.token},
                cwd=spec.cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=spec.user,
                group=spec.group,
                extra_groups=[] if spec.user is not None else None,
            )
        self.running[name] = process
        return process

    def write(self) -> None:
        """Put the record on disk, whole or not at all."""
        self.record.parent.mkdir(parents=True, exist_ok=True)
        data = {
            "supervisor": {"pid": os.getpid(), "start_time": start_time(os.getpid())},
            "token": self.token,
            "remove": self.remove,
            "facts": self.facts,
            "children": [asdict(child) for child in self.children],
        }
        write_atomically(self.record, json.dumps(data, indent=1))

    def ended(self) -> dict[str, int]:
        """The names of those that ended although nobody stopped them, and their exit codes (a signal's: negative)."""
        codes = {name: process.poll() for name, process in self.running.items()}
        return {name: code for name, code in codes.items() if code is not None}

    def stop(self, *, delete_record: bool = True) -> None:
        """Stop all, the last started first, each with its own signal; then delete record and folders."""
        for child in reversed(self.children):
            process = self.running.pop(child.name, None)
            if process is not None and process.poll() is None:
                _stop_own(process, child)
            # Its own children (pool workers) live in its session and should be gone with it.
            _signal_group(child.pid, signal.SIGKILL)
        self.children.clear()
        if delete_record:
            _delete_record(self.record, self.remove)


def read_record(record: Path) -> dict[str, Any] | None:
    """The record on disk, None when there is none (or a crash cut it short)."""
    try:
        text = record.read_text()
        for former, name in FORMER_KEYS.items():
            text = text.replace(former, name)
        data: dict[str, Any] = json.loads(text)
    except (OSError, ValueError):
        return None
    return data


def is_alive(process: Mapping[str, Any]) -> bool:
    """True when the very process that was recorded still runs."""
    return bool(process["start_time"]) and start_time(int(process["pid"])) == process["start_time"]


def end_servers_in(folder: Path) -> int:
    """End every server that still works in this folder, whose start no record knows any more; how many those were."""
    found = [Child("", pid, start_time(pid), signal.SIGINT, 20) for pid in _servers_in(folder)]
    for server in found:
        _signal(server.pid, server.stop_signal)
    for server in found:
        _stop_other(server)
    return len(found)


def _servers_in(folder: Path) -> list[int]:
    """The PIDs of servers that work in this folder; a shell in it is not one of them."""
    wanted, pids = str(folder.resolve()), []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if os.readlink(process / "cwd") == wanted and (process / "comm").read_text().strip() in SERVERS:
                pids.append(int(process.name))
    return pids


def reap(record: Path) -> int:
    """End what a dead supervisor left behind; how many processes that were. Living ones are left alone."""
    data = read_record(record)
    if data is None or is_alive(data["supervisor"]):
        return 0
    left = [Child(**child) for child in reversed(data["children"])]
    living = [child for child in left if is_alive(asdict(child))]
    for child in living:
        _stop_other(child)
    orphans = _pids_with_token(str(data["token"]))
    for pid in orphans:
        _signal(pid, signal.SIGKILL)
    _delete_record(record, data["remove"])
    return len(living) + len(orphans)


def start_time(pid: int) -> str:
    """When the process began, in the system's own words; empty when it is gone or a zombie.

    Since the machine was started, so the word for that start comes first: a number can come again after a crash.
    """
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return "" if Path("/proc/self").exists() else _start_time_by_ps(pid)
    return "" if after_name[0] in {"Z", "X"} else f"{_boot()} {after_name[19]}"


@cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _start_time_by_ps(pid: int) -> str:
    """The same on systems without /proc."""
    found = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.strip()


def _stop_own(process: subprocess.Popen[bytes], child: Child) -> None:
    _signal(child.pid, child.stop_signal)
    try:
        process.wait(child.stop_timeout)
    except subprocess.TimeoutExpired:
        _signal_group(child.pid, signal.SIGKILL)
        process.wait()


def _stop_other(child: Child) -> None:
    _signal(child.pid, child.stop_signal)
    deadline = time.monotonic() + child.stop_timeout
    while is_alive(asdict(child)) and time.monotonic() < deadline:
        time.sleep(0.05)
    _signal_group(child.pid, signal.SIGKILL)


def _pids_with_token(token: str) -> list[int]:
    """The pids of the processes that belong to the group with this token."""
    mark = f"{TOKEN_VARIABLE}={token}".encode()
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if mark in environment.read_bytes().split(b"\0"):
                found.append(int(environment.parent.name))
    return found


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


def _signal_group(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def _delete_record(record: Path, folders: list[str]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    record.unlink(missing_ok=True)
