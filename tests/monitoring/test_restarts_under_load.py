"""The web server is told to restart, and to start a newer source, while people write: nothing is refused, nothing lost.

Rule: docs/production.md, Without a gap.
"""

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from django.db import connection

from cxc.access.personal import principal_key
from cxc.web.models import FormDraft
from launch.paths import PYTHON, ROOT
from launch.services import free_port
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties

pytestmark = pytest.mark.long(60)

WRITERS = 4
FORMS = 20  # of each writer; a person has 100 drafts at most
START_SECONDS = 180
TOKEN = "a" * 32  # against forgery: cookie and header agree


@dataclass
class Web:
    """Gunicorn with two processes, as in production, on the database of the test."""

    address: str
    pid_file: Path

    @property
    def pid(self) -> int:
        return int(self.pid_file.read_text())

    def processes(self, master: int) -> set[str]:
        """Those that answer for this master; none once it has ended."""
        children = Path(f"/proc/{master}/task/{master}/children")
        return set(children.read_text().split()) if children.exists() else set()

    def answers(self) -> bool:
        try:
            return requests.get(f"{self.address}/health/ready", timeout=10).status_code == 200
        except requests.ConnectionError:
            return False


@dataclass
class Writers:
    """Four windows of one person that save drafts of forms in turn; each connection is a new one, as a proxy's are."""

    web: Web
    session_key: str
    principal: str
    count: int = 0
    acknowledged: dict[str, str] = field(default_factory=dict)  # the last text of each form
    failures: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> "Writers":
        self._threads = [threading.Thread(target=self._write, args=(number,)) for number in range(WRITERS)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, more: int) -> None:
        """So many writes more are acknowledged."""
        wanted = self.count + more
        wait_until(lambda: self.count >= wanted)

    def _write(self, number: int) -> None:
        count = 0
        while not self._stop.is_set():
            count += 1
            address, text = f"/me/?form={number}-{count % FORMS}", str(count)
            try:
                answer = self._save(address, text)
            except requests.RequestException as error:
                self.failures.append(f"{address}: {error!r}")
                continue
            if answer.status_code == 200:
                self.acknowledged[address] = text
                self.count += 1
            else:
                self.failures.append(f"{address}: {answer.status_code}")

    def _save(self, address: str, text: str) -> requests.Response:
        draft = {"fields": [["full_name", text]], "address": address, "base": "", "principal": self.principal}
        return requests.post(
            f"{self.web.address}/form-drafts/",
            json.dumps(draft),
            headers={"Content-Type": "application/json", "X-CSRFToken": TOKEN, "Connection": "close"},
            cookies={"sessionid": self.session_key, "csrftoken": TOKEN},
            timeout=60,
        )


@pytest.fixture
def web(committed_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.setenv("NO_PROXY", "*")
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DJANGO_"))}
    env |= {"CXC_VAR_DIR": str(tmp_path), "DATABASE_URL": database, "WEB_CONCURRENCY": "2"}
    started = Web(f"http://127.0.0.1:{free_port()}", tmp_path / "web.pid")
    # As a command: a master that was started by `python -m gunicorn` can't start a newer one.
    command = [str(PYTHON.with_name("gunicorn")), "cxc.wsgi:application", "--config", "python:cxc.gunicorn_settings"]
    command += ["--bind", urlsplit(started.address).netloc, "--pid", str(started.pid_file)]
    with (tmp_path / "web.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True)
    try:
        wait_until(started.answers)
        yield started
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this did not come about"
        time.sleep(0.1)


def test_no_write_is_refused_or_lost(web: Web) -> None:
    actor = usual_parties().vo
    session_key = client_for(actor).cookies["sessionid"].value
    with Writers(web, session_key, principal_key(actor)) as writers:
        writers.wait_for(20)

        # A restart: other processes of the same source.
        master = web.pid
        former = web.processes(master)
        os.kill(master, signal.SIGHUP)
        wait_until(lambda: not web.processes(master) & former)
        writers.wait_for(20)

        # An upgrade: another master reads the source anew, then the former one is told to end.
        os.kill(master, signal.SIGUSR2)
        wait_until(lambda: web.pid_file.with_name("web.pid.2").exists())
        newer = int(web.pid_file.with_name("web.pid.2").read_text())
        wait_until(lambda: len(web.processes(newer)) == 2)
        writers.wait_for(20)
        os.kill(master, signal.SIGTERM)
        wait_until(lambda: not web.processes(master))
        writers.wait_for(20)
    assert writers.failures == []
    drafts = FormDraft.objects.filter(address__startswith="/me/?form=")
    assert {draft.address: draft.fields[0][1] for draft in drafts} == writers.acknowledged
    wait_until(lambda: web.pid_file.exists() and web.pid == newer)
