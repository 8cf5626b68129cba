"""A running portal, with web, worker and beat: what its logs hold, and whether a number leads through all of them."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
import requests

from launch.paths import ROOT
from launch.portal_parts import DEMO_SIGN_INS
from tests.monitoring.log_files import found_in_logs, log_text
from tests.plugin.portal import RunningPortal

pytestmark = pytest.mark.long(60)

PAGES = (
    "/todo/",
    "/me/",
    "/exchanges/",
    "/profiles/",
    "/catalogue/?q=Maria+Rossi",
    "/search/?q=Maria+Rossi",
    "/visits/",
)
# Names and addresses of everybody; the portal's own addresses are not theirs.
PEOPLE = """
import json
from profiles.models import User
rows = User.objects.values_list("full_name", "email")
print(json.dumps([word for row in rows for word in row if " " in word or "@" in word]))
"""


def form_token(session: requests.Session, address: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', session.get(address, timeout=60).text)
    assert found is not None
    return found[1]


def sign_in(at: str, email: str, password: str = "demo") -> tuple[requests.Session, int]:
    session = requests.Session()
    session.trust_env = False
    fields = {"login": email, "password": password, "csrfmiddlewaretoken": form_token(session, f"{at}/account/login/")}
    answer = session.post(f"{at}/account/login/", fields, timeout=60, allow_redirects=False)
    return session, answer.status_code


def until(condition: Callable[[], bool], seconds: float = 90) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.5)
    return condition()


def test_logs_name_nobody(running_portal: RunningPortal) -> None:
    at = running_portal.address
    for email in DEMO_SIGN_INS:
        session, status = sign_in(at, email)
        assert status == 302
        for page in PAGES:
            assert session.get(f"{at}{page}", timeout=60).status_code in (200, 403)
        session.get(f"{at}/no-such-page/?of=Maria+Rossi", timeout=60)
    assert sign_in(at, "visitor@demo.example", "wrong")[1] == 200
    people = json.loads(running_portal.manage("shell", "--no-imports", "-c", PEOPLE).splitlines()[-1])
    assert len(people) > 100
    assert "/catalogue/" in log_text(running_portal, "web")
    assert (
        found_in_logs(running_portal, [*people, "Maria Rossi", "Maria+Rossi", "csrfmiddlewaretoken", "sessionid"]) == []
    )


def test_a_number_leads_from_the_answer_to_the_worker(running_portal: RunningPortal) -> None:
    session = requests.Session()
    session.trust_env = False
    token = form_token(session, f"{running_portal.address}/help/")
    number = f"{time.time_ns():016x}"
    fields = {"subject": "A", "text": "B", "name": "Ana", "email": "number@ask.example", "csrfmiddlewaretoken": token}
    answer = session.post(
        f"{running_portal.address}/help/", fields, headers={"X-Request-ID": number}, timeout=60, allow_redirects=False
    )
    assert (answer.status_code, answer.headers["X-Request-ID"]) == (200, number)
    assert f" cxc.requests {number}: POST /help/ 200 " in log_text(running_portal, "web")
    assert until(lambda: f" {number}: Task cxc.comms.tasks." in log_text(running_portal, "worker"))


def test_metrics_of_all_processes_and_a_beat_that_ticks(running_portal: RunningPortal) -> None:
    session = requests.Session()
    session.trust_env = False
    at = running_portal.address

    def number(pattern: str) -> float:
        found = re.search(rf"^{pattern} (\S+)$", session.get(f"{at}/metrics", timeout=60).text, re.MULTILINE)
        return float(found[1]) if found else -1

    answers = r'cxc_request_seconds_count\{status="2xx",view="faq"\}'
    before = max(number(answers), 0)
    for _ in range(20):  # two processes share them
        assert session.get(f"{at}/faq/", timeout=60).status_code == 200
    assert number(answers) == before + 20
    assert until(lambda: 0 <= number("cxc_beat_age_seconds") < 60)
    assert number(r'cxc_queue_tasks\{queue="celery"\}') >= 0
    assert session.get(f"{at}/metrics", headers={"X-Forwarded-For": "127.0.0.1"}, timeout=60).status_code == 404


# Other tests fill the disk and the queues of this machine.
OF_THE_MACHINE = ("disk", "documents", "outbox")


def doctor_report(portal: RunningPortal) -> tuple[list[list[str]], int]:
    """State and rest of each line, without the last; and what the command ended with."""
    command = [sys.executable, str(ROOT / "portal"), "doctor"]
    done = subprocess.run(command, env=portal.env, capture_output=True, text=True, check=False)
    return [line.split(maxsplit=1) for line in done.stdout.splitlines()[:-1]], done.returncode


def test_the_doctor_finds_it_well(running_portal: RunningPortal) -> None:
    lines: list[list[str]] = []
    ended = -1

    def wrong() -> list[str]:
        return [rest for state, rest in lines if state == "WRONG" and not rest.startswith(OF_THE_MACHINE)]

    def is_well() -> bool:
        nonlocal lines, ended
        lines, ended = doctor_report(running_portal)
        return not wrong()

    assert until(is_well), wrong()  # worker and beat start after the web
    assert {state for state, _rest in lines} <= {"ok", "WRONG"}
    assert len(lines) > 15
    assert ended == int(any(state == "WRONG" for state, _rest in lines))
