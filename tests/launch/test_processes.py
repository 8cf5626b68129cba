import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from launch.processes import Child, Family, birth, is_alive, read_record, reap

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
# A parent with a child of its own, as Celery's pool has; prints the child's pid.
PARENT = [
    sys.executable,
    "-uc",
    f"import subprocess; print(subprocess.Popen({SLEEP}).pid); import time; time.sleep(60)",
]
DEAF = [sys.executable, "-uc", "import signal, time; signal.signal(15, signal.SIG_IGN); print(1); time.sleep(60)"]


def start(family: Family, name: str, command: list[str], folder: Path, *, patience: float = 5) -> int:
    log = folder / f"{name}.log"
    return family.start(name, command, env=dict(os.environ), log=log, cwd=folder, patience=patience).pid


def first_line(log: Path) -> str:
    deadline = time.monotonic() + 5
    while not (log.exists() and "\n" in log.read_text()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return log.read_text().splitlines()[0]


def gone(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while birth(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return birth(pid) == ""


def forsaken(record: Path) -> None:
    """Make the record say that its supervisor is dead."""
    data = json.loads(record.read_text())
    data["supervisor"] = {"pid": 1, "birth": "never"}
    record.write_text(json.dumps(data))


def test_stops_the_last_started_first_and_forgets_its_record(tmp_path: Path) -> None:
    script = (
        "import signal, sys, time\nsignal.signal(15, lambda *_: (open('order', 'a').write(sys.argv[1]), sys.exit()))"
    )
    family = Family(tmp_path / "record.json")
    for name in ("a", "b", "c"):
        start(family, name, [sys.executable, "-uc", f"{script}\nprint(1)\ntime.sleep(60)", name], tmp_path)
        first_line(tmp_path / f"{name}.log")
    family.stop()
    assert ((tmp_path / "order").read_text(), (tmp_path / "record.json").exists()) == ("cba", False)


def test_grandchildren_end_with_their_parent(tmp_path: Path) -> None:
    family = Family(tmp_path / "record.json")
    start(family, "parent", PARENT, tmp_path)
    grandchild = int(first_line(tmp_path / "parent.log"))
    family.stop()
    assert gone(grandchild)


def test_who_does_not_listen_is_killed(tmp_path: Path) -> None:
    family = Family(tmp_path / "record.json")
    pid = start(family, "deaf", DEAF, tmp_path, patience=0.2)
    first_line(tmp_path / "deaf.log")
    family.stop()
    assert gone(pid)


def test_names_the_one_that_ended_by_itself(tmp_path: Path) -> None:
    family = Family(tmp_path / "record.json")
    start(family, "lasting", SLEEP, tmp_path)
    start(family, "brief", [sys.executable, "-c", ""], tmp_path)
    family.running["brief"].wait()
    ended = family.ended()
    family.stop()
    assert ended == {"brief": 0}


def test_a_crash_is_cleaned_up_grandchildren_and_folders_included(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    family = Family(tmp_path / "record.json", remove=[str(tmp_path / "data")])
    start(family, "parent", PARENT, tmp_path)
    grandchild = int(first_line(tmp_path / "parent.log"))
    family.running["parent"].kill()  # the pool's master is gone, its worker is not
    family.running["parent"].wait()
    other = start(family, "other", SLEEP, tmp_path)
    forsaken(tmp_path / "record.json")
    killed = reap(tmp_path / "record.json")
    family.running["other"].wait()
    assert (killed, gone(grandchild), gone(other)) == (2, True, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.log", "parent.log"]


def test_a_living_supervisor_keeps_its_children(tmp_path: Path) -> None:
    family = Family(tmp_path / "record.json")
    pid = start(family, "sleep", SLEEP, tmp_path)
    killed = reap(tmp_path / "record.json")
    alive = birth(pid) != ""
    family.stop()
    assert (killed, alive) == (0, True)


def test_a_pid_that_was_given_to_somebody_else_is_left_alone(tmp_path: Path) -> None:
    stranger = subprocess.Popen(SLEEP)
    try:
        record = tmp_path / "record.json"
        family = Family(record)
        family.children.append(Child("web", stranger.pid, "an earlier birth", signal.SIGKILL, 1))
        family.write()
        forsaken(record)
        assert (reap(record), stranger.poll()) == (0, None)
    finally:
        stranger.kill()
        stranger.wait()


def test_the_record_is_its_owners_alone(tmp_path: Path) -> None:
    family = Family(tmp_path / "record.json", facts={"DATABASE_URL": "secret"})
    family.write()
    assert (tmp_path / "record.json").stat().st_mode & 0o777 == 0o600


def test_a_record_cut_short_is_none(tmp_path: Path) -> None:
    (tmp_path / "record.json").write_text('{"supervisor": ')
    assert (read_record(tmp_path / "record.json"), reap(tmp_path / "record.json")) == (None, 0)


def test_birth_tells_processes_apart() -> None:
    process = subprocess.Popen(SLEEP)
    first = {"pid": process.pid, "birth": birth(process.pid)}
    alive = is_alive(first)
    process.kill()
    process.wait()
    assert (alive, is_alive(first)) == (True, False)
