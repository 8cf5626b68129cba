"""What the benchmark of many people at once counts."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

import pytest

from benchmarks.load import _together
from benchmarks.loading.requests import AT_A_TIME, Choice, Measured, ask


class Pages(BaseHTTPRequestHandler):
    """Answers those who have a session; /broken/ for nobody."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        is_right = self.headers["Cookie"] == "session=abc" and self.path != "/broken/"
        self.send_response(200 if is_right else 500)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"page")

    def log_message(self, *_arguments: object) -> None:
        """Nothing: the test looks at what was measured."""


@pytest.fixture
def server() -> Iterator[str]:
    made = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


def test_each_request_is_timed_and_each_wrong_answer_told(server: str) -> None:
    def choose(chance: Random) -> Choice:
        page = chance.choice(["fine", "broken"])
        return {"session": "abc"}, page, f"/{page}/"

    measured = ask(server, "session", choose, seconds=0.3, seed=1)
    figures, pages = measured.figures(), measured.by_page()
    assert pages["fine"]["requests"] > AT_A_TIME
    assert set(measured.errors) == {"/broken/: status 500"}
    assert figures["errors"] == pages["broken"]["requests"]
    number = pages["fine"]["requests"] + pages["broken"]["requests"]
    assert figures["requests_per_s"] == round(number / measured.lasted, 1)
    assert 0 < figures["p50_ms"] <= figures["p95_ms"]


def test_a_server_that_is_away_is_an_error() -> None:
    choose = ({"session": "abc"}, "gone", "/")
    measured = ask("http://127.0.0.1:9", "session", lambda _chance: choose, seconds=0.05, seed=1)
    assert measured.figures()["errors"] == measured.by_page()["gone"]["requests"] > 0


def test_two_measurements_of_the_light_page_are_one() -> None:
    first, second = Measured({"light": [0.1, 0.2]}, ["one"], 1.0), Measured({"light": [0.3, 0.4]}, [], 1.0)
    assert _together(first, second).figures()["requests_per_s"] == 2.0
    assert _together(first, second).figures()["errors"] == 1
