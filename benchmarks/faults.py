"""What is lost, doubled and seen while something fails: workers, Redis, PostgreSQL, S3, mails, room, web processes.

On two web machines and three workers, all on loopback, under four people who write. docs/faults.md.
"""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

from benchmarks.failing.mail_sink import MailSink
from benchmarks.failing.writers import Writer, writing
from launch import ephemeral
from launch.paths import is_root
from launch.processes import ProcessGroup
from tests.plugin.machines import Machines, database_server, started, wait_until

WRITERS, EACH = 4, 15
BULK_ITEMS = 100
AWAY_SECONDS = 10
SETTLE_SECONDS = 240
STORE_BYTES = 96 * 1024 * 1024

Row = dict[str, Any]


@dataclass
class Bench:
    """What a fault has to know."""

    machines: Machines
    database: ProcessGroup
    mails: MailSink
    writers: list[Writer]
    coordinator: Any  # Actor: Django is not set up yet where this module is read
    drafts: Any  # QuerySet of profiles to archive


def main(json_path: str | None = None) -> int:
    """0 when nothing that was acknowledged was lost, and nothing is there twice.

    JSON: faults, each with fault, sent, acknowledged, stored, lost, doubled, mails (received, doubled, left), seen,
    longest_s, settled_s; at (UTC), cpus, load.
    """
    home = ephemeral.new_home()
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, home, ignore_errors=True)
        bench = _start(stack, home)
        rows: list[Row] = []
        for fault in FAULTS:
            rows.append(fault(bench))
            print(_line(rows[-1]), flush=True)
            if json_path:  # after each: a fault may end the benchmark
                _write(json_path, rows)
    return int(any(row["lost"] or row["doubled"] or row["mails"]["doubled"] for row in rows))


def _write(json_path: str, rows: list[Row]) -> None:
    result = {
        "faults": rows,
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        "cpus": os.cpu_count(),
        "load": [round(load, 1) for load in os.getloadavg()],
    }
    Path(json_path).write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")


def _start(stack: ExitStack, home: Path) -> Bench:
    server, database = stack.enter_context(database_server(home))
    mails = stack.enter_context(MailSink())
    store = home / "store"
    store.mkdir()
    if is_root():  # a small disk for the store, so that it can be filled
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={STORE_BYTES}", "tmpfs", store], check=True)
        stack.callback(lambda: subprocess.run(["umount", store], check=False))
    variables = {
        "CXC_MOVABLE_CLOCK": "1",
        "CXC_EMAIL_HOST": "127.0.0.1",
        "CXC_EMAIL_PORT": str(mails.port),
        "CXC_EMAIL_TLS": "0",
    }
    machines = stack.enter_context(started(home, server.url, variables, web_processes=2))
    os.environ.update(machines.portal.env | {"DJANGO_SETTINGS_MODULE": "cxc.settings"})
    django.setup()
    # Only now: it comes with the portal's models.
    from benchmarks.failing.people import coordinator_with_drafts, visitors

    coordinator, drafts = coordinator_with_drafts(BULK_ITEMS)
    return Bench(machines, database, mails, visitors(WRITERS), coordinator, drafts)


# --- the faults --------------------------------------------------------------------------------


def nothing_fails(bench: Bench) -> Row:
    return _under_writes(bench, "none", lambda: None)


def worker_killed(bench: Bench) -> Row:
    from benchmarks.failing.people import Bulk

    bulk = Bulk(bench.coordinator, bench.drafts)
    began = time.monotonic()
    wait_until(lambda: bulk.done() >= 20, SETTLE_SECONDS, "the run")
    at_kill = bulk.done()
    # Beat hands an unfinished run out each minute, so one or both may be at it.
    bench.machines.kill("worker-1")
    bench.machines.kill("worker-2")
    bench.machines.restart("worker-2")
    wait_until(bulk.is_finished, SETTLE_SECONDS, "the end of the run")
    settled = time.monotonic() - began
    bench.machines.restart("worker-1")
    row = _row("worker killed in a bulk run", bulk.count, bulk.count, bulk.done(), bulk.doubled(), settled)
    row["seen"] = f"the page of the run went on from {at_kill} to {bulk.count} of {bulk.count}"
    return row


def redis_killed(bench: Bench) -> Row:
    def fail() -> None:
        bench.machines.kill("valkey")
        time.sleep(AWAY_SECONDS)
        bench.machines.restart("valkey")

    return _under_writes(bench, f"Redis killed, back after {AWAY_SECONDS} s", fail, ("evidence", "question"))


def postgresql_restarted(bench: Bench) -> Row:
    def fail() -> None:
        server = bench.database.running["postgresql"]
        os.kill(server.pid, signal.SIGINT)  # ends all sessions, as a restart by a package does
        server.wait()
        bench.database.restart("postgresql")

    return _under_writes(bench, "PostgreSQL restarted", fail)


def store_away(bench: Bench) -> Row:
    def fail() -> None:
        bench.machines.store.stop()
        time.sleep(AWAY_SECONDS)
        bench.machines.store.start()

    return _under_writes(bench, f"store of files away for {AWAY_SECONDS} s", fail)


def store_hangs(bench: Bench) -> Row:
    def fail() -> None:
        assert bench.machines.store.process is not None
        bench.machines.store.process.send_signal(signal.SIGSTOP)
        time.sleep(AWAY_SECONDS)
        bench.machines.store.process.send_signal(signal.SIGCONT)

    return _under_writes(bench, f"store of files hangs for {AWAY_SECONDS} s", fail)


def store_full(bench: Bench) -> Row:
    ballast = bench.machines.store.folder / "ballast"

    def fail() -> None:
        with suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))
        time.sleep(AWAY_SECONDS)
        ballast.unlink()

    if not is_root():
        return _row("store of files full", 0, 0, 0, 0, 0.0) | {"seen": "not measured: wants root"}
    return _under_writes(bench, f"store of files full for {AWAY_SECONDS} s", fail)


def mail_server_hangs(bench: Bench) -> Row:
    def fail() -> None:
        bench.mails.hangs.set()
        time.sleep(AWAY_SECONDS)
        bench.mails.hangs.clear()

    return _under_writes(bench, f"mail server hangs for {AWAY_SECONDS} s", fail, ("question", "evidence"))


def web_process_killed(bench: Bench) -> Row:
    def fail() -> None:
        for name in bench.machines.ports:
            master = bench.machines.pid(name)
            first = Path(f"/proc/{master}/task/{master}/children").read_text().split()[0]
            os.kill(int(first), signal.SIGKILL)
            time.sleep(2)

    return _under_writes(bench, "one of two web processes killed, on each machine", fail)


def web_machine_gone(bench: Bench) -> Row:
    def fail() -> None:
        bench.machines.kill("web-1")
        time.sleep(AWAY_SECONDS)
        bench.machines.restart("web-1")

    return _under_writes(bench, f"one of two web machines gone for {AWAY_SECONDS} s", fail)


FAULTS: tuple[Callable[[Bench], Row], ...] = (
    nothing_fails,
    worker_killed,
    redis_killed,
    postgresql_restarted,
    store_away,
    store_hangs,
    store_full,
    mail_server_hangs,
    web_process_killed,
    web_machine_gone,
)


# --- counting ----------------------------------------------------------------------------------


def _under_writes(bench: Bench, name: str, fail: Callable[[], None], kinds: tuple[str, ...] = ("evidence",)) -> Row:
    from benchmarks.failing.people import left_mails, settled, stored

    received, doubled, left = sum(bench.mails.received.values()), bench.mails.doubled(), left_mails()
    with writing(bench.machines.portal.address, bench.writers, EACH, kinds) as seen:
        wait_until(lambda: sum(seen.answers.values()) >= WRITERS * 2, SETTLE_SECONDS, "the first writes")
        fail()
    began = time.monotonic()
    wait_until(settled, SETTLE_SECONDS, "all mails sent")
    lasted = time.monotonic() - began
    found = stored(seen.acknowledged)
    row = _row(name, seen.sent, len(seen.acknowledged), found.whole, found.doubled, lasted)
    row["unanswered_but_stored"] = stored(seen.unanswered).whole
    row["seen"], row["longest_s"] = seen.in_words(), round(seen.longest, 1)
    row["mails"] = {
        "received": sum(bench.mails.received.values()) - received,
        "doubled": bench.mails.doubled() - doubled,
        "left": left_mails() - left,
    }
    return row


def _row(name: str, sent: int, acknowledged: int, stored: int, doubled: int, settled: float) -> Row:
    return {
        "fault": name,
        "sent": sent,
        "acknowledged": acknowledged,
        "stored": stored,
        "lost": acknowledged - stored,
        "doubled": doubled,
        "mails": {"received": 0, "doubled": 0, "left": 0},
        "seen": "",
        "longest_s": 0.0,
        "settled_s": round(settled, 1),
    }


def _line(row: Row) -> str:
    figures = " ".join(f"{name} {row[name]:>3}" for name in ("sent", "acknowledged", "stored", "lost", "doubled"))
    mails = "mails " + " ".join(f"{name} {number}" for name, number in row["mails"].items())
    waits = f"longest wait {row['longest_s']} s, settled after {row['settled_s']} s"
    return f"{row['fault']:50} {figures}  {mails}  {waits}\n    {row['seen']}"
