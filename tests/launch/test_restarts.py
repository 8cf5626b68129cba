"""A part that dies is started again, for a while; what is said to be up is asked."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from launch import postgres, prepare, restarts, services, supervisor
from launch.paths import UserError
from launch.processes import ProcessGroup, end_servers_in, start_time
from launch.restarts import Restarts

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def start(process_group: ProcessGroup, name: str, command: list[str], folder: Path) -> int:
    return process_group.start(name, command, env=dict(os.environ), log=folder / f"{name}.log", cwd=folder).pid


def died(process_group: ProcessGroup, name: str) -> None:
    process_group.running[name].kill()
    process_group.running[name].wait()


def test_a_part_that_dies_is_started_again_with_a_line_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(restarts, "DELAYS", (0.0,) * restarts.MAX_RESTARTS)
    process_group = ProcessGroup(tmp_path / "record.json")
    first, other = (start(process_group, name, SLEEP, tmp_path) for name in ("worker", "beat"))
    watched = Restarts(process_group, lambda name: tmp_path / f"{name}.log")
    died(process_group, "worker")
    watched.check()
    watched.check()
    named = [(child.name, child.pid == process_group.running[child.name].pid) for child in process_group.children]
    recorded = [child["pid"] for child in json.loads((tmp_path / "record.json").read_text())["children"]]
    alive = [start_time(pid) != "" for pid in recorded]
    process_group.stop()
    assert (named, alive, recorded[0] == first, recorded[1]) == (
        [("worker", True), ("beat", True)],
        [True] * 2,
        False,
        other,
    )
    log = tmp_path / "worker.log"
    assert capsys.readouterr().out == f"worker ended by itself, by signal 9; it is started again. Its log: {log}\n"


def test_a_part_that_dies_again_and_again_ends_the_portal_with_the_end_of_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restarts, "DELAYS", (0.0,) * restarts.MAX_RESTARTS)
    process_group = ProcessGroup(tmp_path / "record.json")
    start(process_group, "web", [sys.executable, "-c", "print('the cause'); raise SystemExit(3)"], tmp_path)
    watched = Restarts(process_group, lambda name: tmp_path / f"{name}.log")
    with pytest.raises(UserError, match="web has ended 6 times within ten minutes") as error:
        _until_trouble(process_group, watched)
    process_group.stop()
    assert str(error.value).count("the cause") == restarts.MAX_RESTARTS + 1


def _until_trouble(process_group: ProcessGroup, watched: Restarts) -> None:
    while True:
        process_group.running["web"].wait()
        watched.check()


def test_waits_grow_and_others_go_on_meanwhile(tmp_path: Path) -> None:
    process_group = ProcessGroup(tmp_path / "record.json")
    start(process_group, "web", SLEEP, tmp_path)
    died(process_group, "web")
    watched = Restarts(process_group, lambda name: tmp_path / f"{name}.log")
    watched.check()
    watched.check()
    still_away = process_group.running["web"].poll()
    process_group.stop()
    assert (still_away, sorted(restarts.DELAYS) == list(restarts.DELAYS)) == (-9, True)


def answering(status: int, body: str) -> tuple[HTTPServer, str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/"


@pytest.fixture
def running(own_var_dir: Path) -> "Iterator[subprocess.Popen[bytes]]":
    """What a record takes for the supervisor."""
    process = subprocess.Popen(SLEEP)
    yield process
    process.kill()
    process.wait()


def recorded(process: "subprocess.Popen[bytes]", folder: Path, **facts: str) -> None:
    owner = {"pid": process.pid, "start_time": start_time(process.pid)}
    (folder / "up.json").write_text(
        json.dumps({"supervisor": owner, "token": "t", "remove": [], "facts": facts, "children": []})
    )


@pytest.mark.parametrize(
    ("status", "body", "is_up"),
    [
        (200, '{"database": "ok", "redis": "ok"}', True),
        (503, '{"database": "ok", "redis": "full"}', True),
        (200, "some other server", False),
        (404, "some other server", False),
    ],
)
def test_up_already_is_believed_of_an_answer_of_health_alone(
    status: int,
    body: str,
    is_up: bool,
    running: "subprocess.Popen[bytes]",
    own_var_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(supervisor, "ANSWER_TRIES", 1)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    server, address = answering(status, body)
    recorded(running, own_var_dir, address=address, ready="yes")
    assert supervisor._is_up_already() is is_up
    server.shutdown()
    server.server_close()
    said = capsys.readouterr().out
    assert ("up already" in said, "redis: full" in said) == (is_up, status == 503)
    assert (running.poll() is None) is is_up, "one that is silent is ended"


def test_one_that_is_being_stopped_is_waited_for(
    running: "subprocess.Popen[bytes]", own_var_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recorded(running, own_var_dir, address="http://127.0.0.1:1/", ready="yes", stopping="yes")
    assert supervisor._is_up_already() is False
    assert (running.wait(), "is being stopped" in capsys.readouterr().out) == (-signal.SIGTERM, True)


def test_postgresql_takes_no_stranger_with_its_former_number_for_itself(tmp_path: Path) -> None:
    server = postgres.Server(tmp_path, "secret", 1)
    pid_file = tmp_path / "postmaster.pid"
    for pid, stays in ((os.getpid(), False), (2**22 - 1, True)):
        pid_file.write_text(f"{pid}\n{tmp_path}\n")
        postgres._end_former(server)
        assert pid_file.exists() is stays


def test_a_server_that_no_record_knows_is_ended_and_a_shell_in_its_folder_is_not(tmp_path: Path) -> None:
    (tmp_path / "valkey-server").symlink_to(sys.executable)
    server = subprocess.Popen([str(tmp_path / "valkey-server"), "-c", "import time; time.sleep(60)"], cwd=tmp_path)
    shell = subprocess.Popen(SLEEP, cwd=tmp_path)
    deadline = time.monotonic() + 5
    while Path(f"/proc/{server.pid}/comm").read_text() != "valkey-server\n" and time.monotonic() < deadline:
        time.sleep(0.01)
    assert (end_servers_in(tmp_path), shell.poll()) == (1, None)
    server.wait()
    shell.kill()
    shell.wait()


def test_half_a_cluster_and_half_a_note_that_a_crash_left_do_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "service_dir", lambda path: path)
    wanted = services.cluster(tmp_path, "secret")
    wanted.mkdir()
    made = wanted.with_name(f"{wanted.name}.making")
    made.touch()
    (tmp_path / "postgresql-data-00000000.password").touch()
    (tmp_path / "postgresql-data-00000000").mkdir()
    assert services.cluster(tmp_path, "secret") == wanted
    assert sorted(path.name for path in tmp_path.iterdir()) == [wanted.name, made.name]
    (tmp_path / "prepared.json").write_text('{"migra')
    done = prepare.PreparedSteps(tmp_path / "prepared.json")
    assert not done.is_for("migrated", "x")
    done.note("migrated", "x")
    assert prepare.PreparedSteps(tmp_path / "prepared.json").is_for("migrated", "x")
