"""A mail server that keeps what it is sent, and can hang."""

import socketserver
import threading
from collections import Counter
from email import message_from_bytes


class MailSink:
    """SMTP on a free port of 127.0.0.1; `received` counts Message-IDs. While `hangs` is set it answers nobody."""

    def __init__(self) -> None:
        self.received: Counter[str] = Counter()
        self.hangs = threading.Event()
        self._counting = threading.Lock()
        sink = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self._answer("220 sink")
                while line := self.rfile.readline():
                    self._take(line.strip().upper())

            def _take(self, line: bytes) -> None:
                if line == b"DATA":
                    self._answer("354 go on")
                    text = b"".join(iter(self.rfile.readline, b".\r\n"))
                    if not sink.hangs.is_set():
                        with sink._counting:  # each connection has a thread
                            sink.received[str(message_from_bytes(text)["Message-ID"])] += 1
                self._answer("221 bye" if line == b"QUIT" else "250 ok")

            def _answer(self, text: str) -> None:
                while sink.hangs.wait(0):
                    threading.Event().wait(0.1)
                self.wfile.write(f"{text}\r\n".encode())

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_who: None  # type: ignore[method-assign]
        self.port: int = self._server.server_address[1]

    def doubled(self) -> int:
        """How many mails it took more than once, each time counted."""
        with self._counting:
            return sum(number - 1 for number in self.received.values())

    def __enter__(self) -> "MailSink":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
