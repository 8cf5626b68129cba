"""For tests: one address in front of several web machines. Each request goes to the next machine in turn."""

import contextlib
import http.client
import itertools
import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

TIMEOUT = 60.0  # seconds
_OWN = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Balancer:
    """Listens on a free port while it is open. A machine that refuses a connection is passed over."""

    def __init__(self, machines: Sequence[str]) -> None:
        turn, lock = itertools.count(), threading.Lock()
        self.answered_by = dict.fromkeys(machines, 0)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one_request(self) -> None:
                try:
                    super().handle_one_request()
                except (ConnectionError, TimeoutError):  # a browser that goes elsewhere, a machine that is killed
                    self.close_connection = True  # else the browser would wait for the rest of its answer

            def _pass_on(handler) -> None:
                body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
                with lock:
                    first = next(turn) % len(machines)
                for address in [*machines[first:], *machines[:first]]:
                    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=TIMEOUT)
                    try:
                        connection.connect()
                    except ConnectionRefusedError:
                        continue
                    handler._answer(connection, body)
                    with lock:
                        self.answered_by[address] += 1
                    return
                handler.send_error(502)

            def _answer(self, connection: http.client.HTTPConnection, body: bytes) -> None:
                with contextlib.closing(connection):
                    connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
                    for name, value in self.headers.items():
                        if name.lower() not in _OWN:
                            connection.putheader(name, value)
                    connection.putheader("Content-Length", str(len(body)))
                    connection.endheaders(body)
                    found = connection.getresponse()
                    content = found.read()
                self.send_response_only(found.status, found.reason)
                for name, value in found.getheaders():
                    if name.lower() not in _OWN:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                if self.close_connection:
                    self.send_header("Connection", "close")
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            do_GET = do_POST = do_HEAD = _pass_on

            def log_message(self, *_arguments: object) -> None:
                """The machines write logs of their own."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> "Balancer":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
