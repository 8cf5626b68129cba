"""Redis away, full or halted: everything that people do goes on, and what was not queued is caught up."""

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import redis
from allauth.account.models import EmailAddress
from django.core import mail as django_mail
from django.core.cache import cache
from django.test import Client

from cxc import clock, redis_server
from cxc.circuit_breaker import CircuitBreaker
from cxc.comms import tasks
from cxc.comms.models import Mail
from cxc.core.after_commit import after_commit, hand_over
from cxc.documents import pdf
from cxc.redis_server import breaker
from exchanges.enums import ExchangeState
from launch import valkey
from launch.processes import ProcessGroup
from launch.services import free_port
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = pytest.mark.django_db
TROUBLES = ["away", "full", "halted"]


@dataclass
class Server:
    """A Valkey of this module's own, in whatever state a test wants it."""

    address: str
    pid: int

    def be(self, state: str) -> str:
        """Bring it into that state; the address at which it is found so."""
        if state == "halted":
            os.kill(self.pid, signal.SIGSTOP)
        elif state == "full":
            self.client.config_set("maxmemory", "1")
        return f"redis://127.0.0.1:{free_port()}/0" if state == "away" else self.address

    def be_well(self) -> None:
        os.kill(self.pid, signal.SIGCONT)
        self.client.config_set("maxmemory", "256mb")
        self.client.flushdb()

    @property
    def client(self) -> "redis.Redis":
        return redis.Redis.from_url(self.address)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("valkey of its own")
    process_group, made = (
        ProcessGroup(home / "family.json"),
        valkey.Server(home / "data", "secret", free_port(), persistent=False),
    )
    valkey.start(process_group, made, log=home / "valkey.log")
    yield Server(made.url, process_group.running["valkey"].pid)
    process_group.stop()


@pytest.fixture
def use(server: Server, settings: Any) -> Iterator[Callable[[str], None]]:
    """The portal asks this Redis, which is in that state."""

    def use(state: str) -> None:
        settings.REDIS_ANSWER_SECONDS = 0.2
        settings.REDIS_URL = server.be(state)
        settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": settings.REDIS_URL}}
        settings.ACCOUNT_RATE_LIMITS = {}  # the usual ones
        redis_server.client.cache_clear()

    yield use
    server.be_well()
    cache.clear()
    redis_server.client.cache_clear()
    breaker.worked()


def _account(email: str) -> None:
    person = people.person("Ada")
    person.email = email
    person.save()
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_pages_sign_in_and_transitions_go_on_without_redis(
    trouble: str, use: Callable[[str], None], client: Client, django_capture_on_commit_callbacks: Any, now: None
) -> None:
    _account("ada@test.example")
    use(trouble)
    assert client.get("/").status_code == 200
    answer = client.post("/account/login/", {"login": "ada@test.example", "password": "demo"})
    assert (answer.status_code, client.get("/me/", follow=True).status_code) == (302, 200)
    with django_capture_on_commit_callbacks(execute=True):
        exchange = lifecycle.ready(usual_parties())
    assert exchange.state == ExchangeState.READY
    waiting = Mail.objects.filter(status=Mail.Status.DRAFT).count()
    assert waiting > 0
    # What no broker took is found by the next round.
    assert (tasks.send_outbox(), len(django_mail.outbox)) == (waiting, waiting)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_limits_hold_on_and_a_report_says_that_it_can_wait_without_redis(
    trouble: str, use: Callable[[str], None], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(trouble)
    question = {"subject": "A", "text": "B", "name": "Ana", "email": "ana@test.example"}
    assert [client.post("/help/", question).status_code for _ in range(4)] == [200, 200, 200, 429]
    monkeypatch.setattr(pdf, "available", lambda: True)
    answer = client.get("/statistics.pdf")
    assert (answer.status_code, "Try again in a few minutes" in answer.content.decode()) == (503, True)


@pytest.mark.parametrize(
    ("state", "said"), [("away", "no answer"), ("full", "full"), ("halted", "no answer"), ("well", "ok")]
)
def test_health_names_what_is_wrong_and_pages_are_still_worth_visiting(
    state: str, said: str, use: Callable[[str], None], client: Client
) -> None:
    use(state)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["redis"]) == (200 if said == "ok" else 503, said)
    pages = client.get("/health/ready")
    assert (pages.status_code, pages.json()) == (200, {"database": "ok", "migrations": "ok"})


def test_who_signs_out_while_redis_is_halted_stays_out(
    use: Callable[[str], None], server: Server, client: Client
) -> None:
    _account("eva@test.example")
    use("well")
    client.post("/account/login/", {"login": "eva@test.example", "password": "demo"})
    token = client.cookies["sessionid"].value
    use("halted")
    client.post("/account/logout/")
    server.be_well()
    breaker.worked()
    client.cookies["sessionid"] = token
    assert client.get("/todo/").status_code == 302


def test_redis_is_used_again_once_it_answers(
    use: Callable[[str], None], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breaker, "_rest", 0)
    use("halted")
    cache.set("a", 1)
    assert cache.get("a") == 1
    assert not hand_over("cxc.comms.tasks.send_outbox")
    server.be_well()
    cache.set("b", 2)
    assert hand_over("cxc.comms.tasks.send_outbox")
    assert [server.client.get(":1:b"), server.client.llen("mail")] == [b"2", 1]


def test_after_a_failure_one_caller_at_a_time_asks_again() -> None:
    resting, eager = CircuitBreaker("A", rest=1000), CircuitBreaker("B", rest=0)
    resting.failed(OSError())
    eager.failed(OSError())
    assert (resting.allows_call(), eager.allows_call(), CircuitBreaker("C", rest=1000).allows_call()) == (
        False,
        True,
        True,
    )
    resting.worked()
    assert resting.allows_call()


def test_the_moved_clock_keeps_its_time_without_redis(use: Callable[[str], None], settings: Any) -> None:
    settings.MOVABLE_CLOCK = True
    use("well")
    clock.reset()
    clock.advance(timedelta(days=3))
    moved = clock.offset()
    use("away")
    clock._last_read = (float("-inf"), moved)
    assert clock.offset() == moved
    with pytest.raises(RuntimeError, match="Redis does not answer"):
        clock.advance(timedelta(days=1))
    clock._last_read = (float("-inf"), timedelta(0))


def test_what_fails_after_the_commit_fails_nobody(
    django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []
    with django_capture_on_commit_callbacks(execute=True):
        after_commit(os.unlink, "/nowhere/at all")
        after_commit(done.append, "the next")
    assert (done, "After the commit" in caplog.text) == (["the next"], True)
