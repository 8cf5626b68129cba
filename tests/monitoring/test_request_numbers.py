"""Each request has a number, which its answer, its log lines, its error page and its tasks carry."""

import json
import logging
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from cxc import celery, redis_server, urls
from cxc.access.guards import public
from cxc.core import request_number
from cxc.core.after_commit import hand_over
from cxc.core.log_lines import JsonLines, PlainLines
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

OF_A_PROXY = "5e0f3c9a7d1b42c8a6f0e1d2c3b4a596"
NEW = re.compile(r"[0-9a-f]{16}")


def test_the_number_of_a_proxy_is_taken_and_given_back(client: Client) -> None:
    for number in (OF_A_PROXY, "0f8fad5b-d9cb-469f-a165-70867728950e", "12345678"):
        assert client.get("/health/live", headers={"x-request-id": number})["X-Request-ID"] == number


@pytest.mark.parametrize(
    "proposed", ["", "short", "1234567", "maria-rossi-00", "ana@test.example", f"{OF_A_PROXY} x", "-" * 20, "a" * 65]
)
def test_anything_else_is_replaced(client: Client, proposed: str) -> None:
    given = client.get("/health/live", headers={"x-request-id": proposed})["X-Request-ID"]
    assert NEW.fullmatch(given)


def test_two_requests_have_two_numbers(client: Client) -> None:
    assert len({client.get("/health/live")["X-Request-ID"] for _ in range(50)}) == 50
    assert request_number.current() == ""


def test_the_line_of_an_answer_says_what_was_asked_and_nothing_of_who_asked(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.setFormatter(JsonLines())
    with caplog.at_level(logging.INFO, logger="cxc.requests"):
        client.get("/catalogue/?q=Maria+Rossi", headers={"x-request-id": OF_A_PROXY})
    line = next(json.loads(line) for line in caplog.text.splitlines() if '"cxc.requests"' in line)
    assert line["milliseconds"] >= 0
    expected = {"method": "GET", "path": "/catalogue/", "view": "catalogue", "status": 302, "request": OF_A_PROXY}
    assert {name: line[name] for name in expected} == expected
    assert "Rossi" not in caplog.text


@pytest.mark.parametrize(
    ("address", "level"),
    [("/health/live", "DEBUG"), ("/metrics", "DEBUG"), ("/static/absent.css", "INFO"), ("/faq/", "INFO")],
)
def test_probes_that_are_well_are_not_told(
    client: Client, caplog: pytest.LogCaptureFixture, address: str, level: str
) -> None:
    with caplog.at_level(logging.DEBUG, logger="cxc.requests"):
        client.get(address)
    assert [each.levelname for each in caplog.records if each.name == "cxc.requests"] == [level]


# --- pages about errors


@public
def failing(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken")


class WithFailingPage:
    urlpatterns = [*urls.urlpatterns, path("failing/", failing)]
    handler429 = urls.handler429


@pytest.fixture
def calm_client(settings: LazySettings) -> Client:
    """A client to which a fault of the portal is a page."""
    settings.ROOT_URLCONF = WithFailingPage
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def shown_number(answer: Any) -> str:
    found = re.search(r"<code>([0-9a-f]+)</code>", answer.content.decode())
    return found[1] if found else ""


def test_every_page_about_an_error_shows_the_number(calm_client: Client) -> None:
    answers = [
        calm_client.get("/", headers={"host": "bad host"}),
        calm_client.post("/help/", {"text": "A"}),
        calm_client.get("/no-such-page/"),
        calm_client.get("/failing/"),
        client_for(usual_parties().vo).get("/components/"),
    ]
    assert [each.status_code for each in answers] == [400, 403, 404, 500, 403]
    assert [shown_number(each) for each in answers] == [each["X-Request-ID"] for each in answers]


def test_the_page_of_too_many_requests_shows_it(client: Client) -> None:
    from cxc.web.views.errors import too_many

    request = client.get("/faq/").wsgi_request
    with request_number.of(OF_A_PROXY):
        assert OF_A_PROXY in too_many(request).content.decode()


def test_a_page_in_order_shows_none(client: Client) -> None:
    assert "Number of this request" not in client.get("/faq/").content.decode()


# --- tasks


@pytest.fixture
def queue() -> Iterator[Any]:
    from django.conf import settings

    server = redis_server.client(settings.REDIS_URL)
    server.delete("celery")
    yield lambda: [json.loads(message)["headers"] for message in server.lrange("celery", 0, -1)]
    server.delete("celery")


def test_a_task_carries_the_number_of_the_request_that_queued_it(queue: Any) -> None:
    with request_number.of(OF_A_PROXY):
        assert hand_over("matching.tasks.expire_proposals")
    assert hand_over("matching.tasks.expire_proposals")
    assert [each[celery.REQUEST_NUMBER] for each in queue()] == ["", OF_A_PROXY]


def test_a_worker_takes_it_over_for_the_time_of_the_task() -> None:
    def numbers(sent: str) -> tuple[str, str]:
        task = SimpleNamespace(request=SimpleNamespace(is_eager=False, request_number=sent))
        celery.take_request_number(task_id="a", task=task)
        within = request_number.current()
        celery.drop_request_number(task_id="a")
        return within, request_number.current()

    assert numbers(OF_A_PROXY) == (OF_A_PROXY, "")
    within, after = numbers("")
    assert (bool(NEW.fullmatch(within)), after) == (True, "")


def test_lines_of_workers_have_the_portal_s_form(settings: LazySettings) -> None:
    from celery.signals import setup_logging

    from cxc import settings as portal_settings

    settings.LOGGING = {name: part for name, part in portal_settings.LOGGING.items() if name != "loggers"}
    assert celery.log_like_the_web in [receiver() for _key, receiver in setup_logging.receivers]
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        celery.log_like_the_web()
        assert PlainLines in {type(each.formatter) for each in root.handlers if each not in before}
    finally:
        root.handlers[:] = before
        root.setLevel(level)
