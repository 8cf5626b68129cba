"""One address in front of two machines, as the tests of several machines use it."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

from tests.plugin.balancer import Balancer


class Echo(BaseHTTPRequestHandler):
    """Says what it was sent, and sets two cookies."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        said = b" ".join([self.headers["Host"].encode(), self.path.encode(), body])
        self.send_response(302)
        for cookie in ("a=1", "b=2"):
            self.send_header("Set-Cookie", cookie)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_arguments: object) -> None:
        """Nothing: the test looks at the answers."""


@contextmanager
def machine() -> Iterator[str]:
    made = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


def test_requests_go_in_turn_and_past_a_machine_that_is_gone() -> None:
    session = requests.Session()
    session.trust_env = False
    with ExitStack() as second, machine() as one:
        other = second.enter_context(machine())
        with Balancer([one, other]) as balancer:
            for _number in range(4):
                answer = session.post(f"{balancer.address}/x/?y=1", "text", allow_redirects=False)
                assert answer.status_code == 302
                assert answer.text == f"{balancer.address.removeprefix('http://')} /x/?y=1 text"
                assert dict(answer.cookies) == {"a": "1", "b": "2"}
            assert set(balancer.answered_by.values()) == {2}
            second.close()
            assert [session.post(balancer.address, "text", allow_redirects=False).status_code] * 2 == [302, 302]
            assert balancer.answered_by[one] == 3
