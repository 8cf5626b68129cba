"""Asks ClamAV whether a file holds a virus, where `settings.CLAMAV_SOCKET` names one (docs/production.md).

`clamd` listens on a socket of the machine or on a port. Its command INSTREAM takes a file in chunks, each with its
length before it, and answers with a line; see clamd(8).
"""

import logging
import socket
import struct

from django.conf import settings

from cxc.documents.pages import HarmfulError

logger = logging.getLogger(__name__)

SECONDS = 30
_CHUNK = 64 * 1024
_LONGEST_ANSWER = 4_096


def is_set() -> bool:
    """Whether files are checked for viruses."""
    return bool(settings.CLAMAV_SOCKET)


def refuse_viruses(content: bytes) -> None:
    """HarmfulError where ClamAV finds a virus, or is set but gives no answer; without ClamAV nothing is checked."""
    if not is_set():
        return
    try:
        answer = _asked(content)
    except OSError as error:
        logger.error("ClamAV does not answer, so uploads are refused: %s", error)
        raise HarmfulError("no scanner") from error
    if answer.endswith("FOUND"):
        logger.warning("ClamAV found a virus in an upload: %s", answer)
        raise HarmfulError("virus")
    if answer != "stream: OK":
        logger.error("ClamAV could not check an upload: %s", answer)
        raise HarmfulError("no scanner")


def answers() -> bool:
    """Whether ClamAV is there; OSError where it can't be reached."""
    with _connected() as connection:
        connection.sendall(b"zPING\0")
        return _line(connection) == "PONG"


def _asked(content: bytes) -> str:
    with _connected() as connection:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _CHUNK):
            chunk = content[start : start + _CHUNK]
            connection.sendall(struct.pack("!I", len(chunk)) + chunk)
        connection.sendall(struct.pack("!I", 0))
        return _line(connection)


def _connected() -> socket.socket:
    """A connection to /run/clamav/clamd.ctl, or to host:port."""
    name = settings.CLAMAV_SOCKET
    if name.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(SECONDS)
        try:
            connection.connect(name)
        except OSError:
            connection.close()
            raise
        return connection
    host, _colon, port = name.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)


def _line(connection: socket.socket) -> str:
    received = b""
    while b"\0" not in received and len(received) < _LONGEST_ANSWER:
        more = connection.recv(_LONGEST_ANSWER)
        if not more:
            break
        received += more
    return received.partition(b"\0")[0].decode("utf-8", "replace").strip()
