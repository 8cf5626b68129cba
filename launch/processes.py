"""Child processes with a record on disk, so that a later command finds what a crash left.

A `Family` is the set of processes one command started. Each runs in a session of its own:
Ctrl-C reaches only the command, which then stops them in order. The record names each by
pid and birth (two processes with one pid never share the moment they began), and all of
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
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

TOKEN = "CXC_FAMILY"


@dataclass(frozen=True)
class Child:
    """One recorded process: how to recognise it and how it likes to be stopped."""

    name: str
    pid: int
    birth: str
    stop_signal: int
    patience: float  # seconds before it is killed


@dataclass
class Family:
    """The processes of one command. `remove`: folders to delete once they have ended."""

    record: Path
    remove: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    children: list[Child] = field(default_factory=list)
    token: str = field(default_factory=lambda: secrets.token_hex(8))
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

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
        patience: float = 10,
    ) -> subprocess.Popen[bytes]:
        """Start one process and write it into the record before anything else happens."""
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with log.open("ab") as output:
            process = subprocess.Popen(
                command,
                env={**env, TOKEN: self.token},
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=user,
                group=group,
                extra_groups=[] if user is not None else None,
            )
        self.running[name] = process
        self.children.append(Child(name, process.pid, birth(process.pid), stop_signal, patience))
        self.write()
        return process

    def write(self) -> None:
        """Put the record on disk, whole or not at all."""
        self.record.parent.mkdir(parents=True, exist_ok=True)
        data = {
            "supervisor": {"pid": os.getpid(), "birth": birth(os.getpid())},
            "token": self.token,
            "remove": self.remove,
            "facts": self.facts,
            "children": [asdict(child) for child in self.children],
        }
        draft = self.record.with_suffix(f".{os.getpid()}.draft")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(data, indent=1))
        draft.replace(self.record)

    def ended(self) -> str | None:
        """The name of a process that ended although nobody stopped it."""
        return next((name for name, process in self.running.items() if process.poll() is not None), None)

    def stop(self, *, forget: bool = True) -> None:
        """Stop all, the last started first, each with its own signal; then forget record and folders."""
        for child in reversed(self.children):
            process = self.running.pop(child.name, None)
            if process is not None and process.poll() is None:
                _stop_own(process, child)
            # Its own children (pool workers) live in its session and should be gone with it.
            _signal_group(child.pid, signal.SIGKILL)
        self.children.clear()
        if forget:
            _forget(self.record, self.remove)


def read_record(record: Path) -> dict[str, Any] | None:
    """The record on disk, None when there is none (or a crash cut it short)."""
    try:
        data: dict[str, Any] = json.loads(record.read_text())
    except (OSError, ValueError):
        return None
    return data


def is_alive(process: Mapping[str, Any]) -> bool:
    """True when the very process that was recorded still runs."""
    return bool(process["birth"]) and birth(int(process["pid"])) == process["birth"]


def reap(record: Path) -> int:
    """End what a dead supervisor left behind; how many processes that were. Living ones are left alone."""
    data = read_record(record)
    if data is None or is_alive(data["supervisor"]):
        return 0
    left = [Child(**child) for child in reversed(data["children"])]
    living = [child for child in left if is_alive(asdict(child))]
    for child in living:
        _stop_other(child)
    orphans = _carrying(str(data["token"]))
    for pid in orphans:
        _signal(pid, signal.SIGKILL)
    _forget(record, data["remove"])
    return len(living) + len(orphans)


def birth(pid: int) -> str:
    """When the process began, in the system's own words; empty when it is gone or a zombie."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return "" if Path("/proc/self").exists() else _birth_by_ps(pid)
    return "" if after_name[0] in {"Z", "X"} else after_name[19]


def _birth_by_ps(pid: int) -> str:
    """The same on systems without /proc."""
    found = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.strip()


def _stop_own(process: subprocess.Popen[bytes], child: Child) -> None:
    _signal(child.pid, child.stop_signal)
    try:
        process.wait(child.patience)
    except subprocess.TimeoutExpired:
        _signal_group(child.pid, signal.SIGKILL)
        process.wait()


def _stop_other(child: Child) -> None:
    _signal(child.pid, child.stop_signal)
    deadline = time.monotonic() + child.patience
    while is_alive(asdict(child)) and time.monotonic() < deadline:
        time.sleep(0.05)
    _signal_group(child.pid, signal.SIGKILL)


def _carrying(token: str) -> list[int]:
    """The pids of processes that were born into the family with this token."""
    mark = f"{TOKEN}={token}".encode()
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


def _forget(record: Path, folders: list[str]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    record.unlink(missing_ok=True)
