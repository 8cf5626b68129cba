"""The process in which PDFs are made: not the web's nor the worker's own, limited in time, replaced after some.

WeasyPrint keeps memory, and a text that is hard to lay out keeps it busy; neither may hold what serves people.
The process has a configuration of fonts of its own, so that no font of the machine gets into a document.
"""

import atexit
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings

from cxc.documents.pdf import child

SECONDS = 30
"""Seconds for a document that somebody waits for; the longest that people write takes a tenth of them."""
PATIENT_SECONDS = 300
"""Seconds for a document that a task makes."""
WAITING_SECONDS = 20
"""Seconds for which a caller waits for the documents of others in the same process."""
MOST_OF_ONE = 25
"""The number of documents after which the process is replaced, which frees the memory it has taken."""
START_SECONDS = 30
MODULE = "cxc.documents.pdf.child"


_somebody_waits = ContextVar("somebody_waits", default=False)


@contextmanager
def interactive_time_limit() -> Iterator[None]:
    """Documents that are made within have `SECONDS`, not those of a task."""
    token = _somebody_waits.set(True)
    try:
        yield
    finally:
        _somebody_waits.reset(token)


class DocumentError(RuntimeError):
    """A document could not be made."""


class TooSlowError(DocumentError):
    """It took too long, or too many wait: nothing is wrong with the portal, and another try may help."""


class Maker:
    """One child process, started when first needed; one document at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._made = 0

    def is_able(self) -> bool:
        """Whether PDFs can be made here: starts the process and asks."""
        with self._lock:
            return self._started() is not None

    def make(self, *, html: str, css: str, identifier: str, attachments: Sequence[dict[str, str]] = ()) -> bytes:
        """The PDF. TooSlowError when it takes too long, DocumentError when it may not load something or fails."""
        if not self._lock.acquire(timeout=WAITING_SECONDS):
            raise TooSlowError
        try:
            order = {"html": html, "css": css, "identifier": identifier, "attachments": list(attachments)}
            kind, content = self._asked(json.dumps(order).encode())
        finally:
            self._lock.release()
        if kind != child.DONE:
            raise DocumentError(content.decode(errors="replace"))
        return content

    def end(self) -> None:
        """End the process; the next document starts another."""
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    def _asked(self, order: bytes) -> tuple[bytes, bytes]:
        for last_try in (False, True):
            running = self._started()
            if running is None:
                raise DocumentError("The process that makes PDFs does not start.")
            try:
                answer = self._exchange(running, order)
            except TimeoutError:
                self.end()
                raise TooSlowError from None
            except (OSError, EOFError):
                self.end()  # it ended by itself meanwhile, which is no fault of this document
                if last_try:
                    raise DocumentError("The process that makes PDFs ended.") from None
                continue
            self._made += 1
            if self._made >= MOST_OF_ONE:
                self.end()
            return answer
        raise AssertionError

    def _exchange(self, running: subprocess.Popen[bytes], order: bytes) -> tuple[bytes, bytes]:
        assert running.stdin is not None
        running.stdin.write(len(order).to_bytes(8) + order)
        running.stdin.flush()
        return _answer_of(running, SECONDS if _somebody_waits.get() else PATIENT_SECONDS)

    def _started(self) -> subprocess.Popen[bytes] | None:
        """The process, running and able; None where it is not."""
        if self._child is not None and self._child.poll() is None:
            return self._child
        self.end()
        self._child, self._made = _start(), 0
        try:
            kind, _content = _answer_of(self._child, START_SECONDS)
        except TimeoutError:
            self.end()
            raise TooSlowError from None
        except (OSError, EOFError):
            kind = child.MISSING
        if kind != child.READY:
            self.end()
        return self._child


def _start() -> subprocess.Popen[bytes]:
    folder = Path(settings.BASE_DIR) / "static"
    own = {"LC_ALL": "C.UTF-8", "FONTCONFIG_FILE": str(Path(__file__).with_name("fonts.conf"))}
    passed = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ}
    root = str(Path(__file__).parents[3])
    return subprocess.Popen(
        [sys.executable, "-m", MODULE, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=passed | own | {"PYTHONPATH": root, "PYTHONHASHSEED": "0", "TZ": "UTC"},
        cwd=root,
    )


def _answer_of(running: subprocess.Popen[bytes], seconds: float) -> tuple[bytes, bytes]:
    deadline = time.monotonic() + seconds
    head = _read(running, 9, deadline)
    return head[:1], _read(running, int.from_bytes(head[1:]), deadline)


def _read(running: subprocess.Popen[bytes], wanted: int, deadline: float) -> bytes:
    assert running.stdout is not None
    pipe, found = running.stdout.fileno(), bytearray()
    while len(found) < wanted:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            raise TimeoutError
        part = os.read(pipe, min(wanted - len(found), 1 << 20))
        if not part:
            raise EOFError
        found += part
    return bytes(found)


def _of_each_process() -> Callable[[], Maker]:
    """A maker for each process: one that forks leaves its own to its parent."""
    made: dict[int, Maker] = {}

    def maker() -> Maker:
        if os.getpid() not in made:
            made.clear()
            made[os.getpid()] = Maker()
            atexit.register(made[os.getpid()].end)
        return made[os.getpid()]

    return maker


maker = _of_each_process()
