import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from launch.processes import Child, ProcessGroup, is_alive, read_record, reap, start_time

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
# A parent with a child of its own, as Celery's pool has; prints the child's pid.
PARENT = [
    sys.executable,
    "-uc",
    f"import subprocess; print(subprocess.Popen({SLEEP}).pid); import time; time.sleep(60)",
]
DEAF = [sys.executable, "-uc", "import signal, time; signal.signal(15, signal.SIG_IGN); print(1); time.sleep(60)"]


def start(process_group: ProcessGroup, name: str, command: list[str], folder: Path, *, stop_timeout: float = 5) -> int:
    log = folder / f"{name}.log"
    return process_group.start(name, command, env=dict(os.environ), log=log, cwd=folder, stop_timeout=stop_timeout).pid


def first_line(log: Path) -> str:
    deadline = time.monotonic() + 5
    while not (log.exists() and "\n" in log.read_text()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return log.read_text().splitlines()[0]


def gone(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while start_time(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return start_time(pid) == ""


def mark_supervisor_dead(record: Path) -> None:
    """Make the record say that its supervisor is dead."""
    data = json.loads(record.read_text())
    data["supervisor"] = {"pid": 1, "start_time": "never"}
    record.write_text(json.dumps(data))


def test_stops_the_last_started_first_and_forgets_its_record(tmp_path: Path) -> None:
    script = (
        "import signal, sys, time\nsignal.signal(15, lambda *_: (open('order', 'a').write(sys.argv[1]), sys.exit()))"
    )
    process_group = ProcessGroup(tmp_path / "record.json")
    for name in ("a", "b", "c"):
        start(process_group, name, [sys.executable, "-uc", f"{script}\nprint(1)\ntime.sleep(60)", name], tmp_path)
        first_line(tmp_path / f"{name}.log")
    process_group.stop()
    assert ((tmp_path / "order").read_text(), (tmp_path / "record.json").exists()) == ("cba", False)


def test_grandchildren_end_with_their_parent(tmp_path: Path) -> None:
    process_group = ProcessGroup(tmp_path / "record.json")
    start(process_group, "parent", PARENT, tmp_path)
    grandchild = int(first_line(tmp_path / "parent.log"))
    process_group.stop()
    assert gone(grandchild)


def test_who_does_not_listen_is_killed(tmp_path: Path) -> None:
    process_group = ProcessGroup(tmp_path / "record.json")
    pid = start(process_group, "deaf", DEAF, tmp_path, stop_timeout=0.2)
    first_line(tmp_path / "deaf.log")
    process_group.stop()
    assert gone(pid)


def test_names_the_one_that_ended_by_itself(tmp_path: Path) -> None:
    process_group = ProcessGroup(tmp_path / "record.json")
    start(process_group, "lasting", SLEEP, tmp_path)
    start(process_group, "brief", [sys.executable, "-c", ""], tmp_path)
    process_group.running["brief"].wait()
    ended = process_group.ended()
    process_group.stop()
    assert ended == {"brief": 0}


def test_a_crash_is_cleaned_up_grandchildren_and_folders_included(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    process_group = ProcessGroup(tmp_path / "record.json", remove=[str(tmp_path / "data")])
    start(process_group, "parent", PARENT, tmp_path)
    grandchild = int(first_line(tmp_path / "parent.log"))
    process_group.running["parent"].kill()  # the pool's master is gone, its worker is not
    process_group.running["parent"].wait()
    other = start(process_group, "other", SLEEP, tmp_path)
    mark_supervisor_dead(tmp_path / "record.json")
    killed = reap(tmp_path / "record.json")
    process_group.running["other"].wait()
    assert (killed, gone(grandchild), gone(other)) == (2, True, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.log", "parent.log"]


def test_a_living_supervisor_keeps_its_children(tmp_path: Path) -> None:
    process_group = ProcessGroup(tmp_path / "record.json")
    pid = start(process_group, "sleep", SLEEP, tmp_path)
    killed = reap(tmp_path / "record.json")
    alive = start_time(pid) != ""
    process_group.stop()
    assert (killed, alive) == (0, True)


def test_a_pid_that_was_given_to_somebody_else_is_left_alone(tmp_path: Path) -> None:
    stranger = subprocess.Popen(SLEEP)
    try:
        record = tmp_path / "record.json"
        process_group = ProcessGroup(record)
        process_group.children.append(Child("web", stranger.pid, "an earlier birth", signal.SIGKILL, 1))
        process_group.write()
        mark_supervisor_dead(record)
        assert (reap(record), stranger.poll()) == (0, None)
    finally:
        stranger.kill()
        stranger.wait()


def test_the_record_is_its_owners_alone(tmp_path: Path) -> None:
    process_group = ProcessGroup(tmp_path / "record.json", facts={"DATABASE_URL": "secret"})
    process_group.write()
    assert (tmp_path / "record.json").stat().st_mode & 0o777 == 0o600


def test_a_record_cut_short_is_none(tmp_path: Path) -> None:
    (tmp_path / "record.json").write_text('{"supervisor": ')
    assert (read_record(tmp_path / "record.json"), reap(tmp_path / "record.json")) == (None, 0)


def test_birth_tells_processes_apart() -> None:
    process = subprocess.Popen(SLEEP)
    first = {"pid": process.pid, "start_time": start_time(process.pid)}
    alive = is_alive(first)
    process.kill()
    process.wait()
    assert (alive, is_alive(first)) == (True, False)
