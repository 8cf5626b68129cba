"""ClamAV is asked about every upload where it is set; the test's own `clamd` finds what it is told to."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cxc.settings.environment import clamav_socket
from cxc.web import uploads, virus_scanner
from tests.files import PDF, PNG

HARMFUL = PDF + b"\n%harmful\n"


class Scanner(socketserver.StreamRequestHandler):
    """Speaks as clamd does: PING, and INSTREAM with chunks that have their length before them."""

    def handle(self) -> None:
        command = self._until_null()
        if command == b"zPING":
            self.wfile.write(b"PONG\0")
        elif command == b"zINSTREAM":
            self.wfile.write(self._answer(b"".join(iter(self._chunk, b""))))

    def _answer(self, content: bytes) -> bytes:
        if b"too much" in content:
            return b"INSTREAM size limit exceeded. ERROR\0"
        return b"stream: Test.Virus FOUND\0" if b"harmful" in content else b"stream: OK\0"

    def _until_null(self) -> bytes:
        return b"".join(iter(lambda: self.rfile.read(1), b"\0"))

    def _chunk(self) -> bytes:
        (length,) = struct.unpack("!I", self.rfile.read(4))
        return self.rfile.read(length)


@pytest.fixture(params=["path", "port"])
def scanner(request: pytest.FixtureRequest, tmp_path: Path, settings: LazySettings) -> Iterator[None]:
    """A scanner that listens, by the path of a socket and by a port."""
    server: socketserver.BaseServer
    if request.param == "path":
        server = socketserver.ThreadingUnixStreamServer(str(tmp_path / "clamd"), Scanner)
        settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    else:
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Scanner)
        settings.CLAMAV_SOCKET = f"127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield
    server.shutdown()
    server.server_close()


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        uploads.check(SimpleUploadedFile("file.pdf", content))
    (sentence,) = refused.value.messages
    return sentence


@pytest.mark.usefixtures("scanner")
def test_a_virus_is_refused_and_other_files_are_taken() -> None:
    assert refusal(HARMFUL) == (
        "The virus scanner reported “file.pdf”, so it was not stored. Choose another file, or ask the Support Office."
    )
    assert uploads.check(SimpleUploadedFile("file.pdf", PDF)) == "application/pdf"
    assert uploads.check(SimpleUploadedFile("large.pdf", PDF + b" " * 200_000)) == "application/pdf"


@pytest.mark.usefixtures("scanner")
def test_the_file_is_scanned_as_it_came_before_it_is_drawn_anew() -> None:
    assert "The virus scanner reported" in refusal(PNG + b"harmful")


@pytest.mark.usefixtures("scanner")
def test_a_file_that_the_scanner_could_not_check_is_refused() -> None:
    assert "could not be checked for viruses just now" in refusal(PDF + b"\n%too much\n")


def test_files_are_refused_while_the_scanner_is_away(settings: LazySettings, tmp_path: Path) -> None:
    settings.CLAMAV_SOCKET = str(tmp_path / "nobody")
    assert refusal(PDF) == (
        "“file.pdf” could not be checked for viruses just now, and was not stored. Try again in some minutes."
    )


def test_without_a_scanner_files_are_taken(settings: LazySettings) -> None:
    settings.CLAMAV_SOCKET = ""
    assert uploads.check(SimpleUploadedFile("file.pdf", HARMFUL)) == "application/pdf"


@pytest.mark.django_db
@pytest.mark.usefixtures("scanner")
def test_health_asks_the_scanner(client: Client) -> None:
    assert client.get("/health/").json()["virus_scanner"] == "ok"
    with mock.patch.object(virus_scanner, "_connected", side_effect=OSError):
        answer = client.get("/health/")
        assert client.get("/health/pages/").status_code == 200
    assert (answer.status_code, answer.json()["virus_scanner"]) == (503, "no answer")


@pytest.mark.parametrize(
    ("value", "is_right"), [("", True), ("/run/clamd", True), ("clamd:3310", True), ("clamd", False)]
)
def test_the_setting_is_a_path_or_a_host_with_its_port(
    monkeypatch: pytest.MonkeyPatch, value: str, is_right: bool
) -> None:
    monkeypatch.setenv("CXC_CLAMAV_SOCKET", value)
    if is_right:
        assert clamav_socket() == value
    else:
        with pytest.raises(RuntimeError, match="CXC_CLAMAV_SOCKET"):
            clamav_socket()
