"""Mails to those who run the portal about what failed, few of them.

Rule: docs/monitoring.md, Mails about errors.
"""

import logging
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage

from cxc.core import request_number
from cxc.core.log_lines import without_personal_data

HOUR = 3600.0
MOST_AN_HOUR = 10  # by one process, whatever fails
# Whoever asks for a host that is not the portal's, or sends what no browser does, makes no fault of it.
NOT_OURS = "django.security."

Place = tuple[str, str, int]


class ErrorMailHandler(logging.Handler):
    """Mails lines of level ERROR to `ERROR_MAIL_ADDRESSES`: each place in the source once an hour, ten an hour in all.

    Nobody waits for the mail server, and a mail that it does not take is lost: the log has the line.
    """

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._limit = _Limit()

    def emit(self, record: logging.LogRecord) -> None:
        """Whatever fails here is told on standard error; whoever logs goes on."""
        if not settings.ERROR_MAIL_ADDRESSES or record.name.startswith(NOT_OURS):
            return
        try:
            self._mail(record)
        except Exception:
            self.handleError(record)

    def _mail(self, record: logging.LogRecord) -> None:
        left_out = self._limit.take(_place(record), time.monotonic())
        if left_out is None:
            return
        subject, text = _subject(record), _text(record, left_out)
        in_background(lambda: _send(subject, text))


class _Limit:
    """How often each place has been told of lately."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sent: deque[float] = deque(maxlen=MOST_AN_HOUR)
        self._places: dict[Place, float] = {}
        self._left_out = 0

    def take(self, place: Place, now: float) -> int | None:
        """How many lines were left out since the last mail; None where this one is to be left out too."""
        with self._lock:
            self._places = {each: moment for each, moment in self._places.items() if now - moment < HOUR}
            is_full = len(self._sent) == MOST_AN_HOUR and now - self._sent[0] < HOUR
            if is_full or place in self._places:
                self._left_out += 1
                return None
            self._sent.append(now)
            self._places[place] = now
            left_out, self._left_out = self._left_out, 0
            return left_out


def _place(record: logging.LogRecord) -> Place:
    """Where it failed: the last frame of the exception, else what is said and the line that says it."""
    error = record.exc_info[1] if record.exc_info else None
    frames = traceback.extract_tb(error.__traceback__) if error else None
    if error is None or not frames:
        return record.getMessage(), record.pathname, record.lineno
    return type(error).__name__, frames[-1].filename, frames[-1].lineno or 0


def _subject(record: logging.LogRecord) -> str:
    error = record.exc_info[0] if record.exc_info else None
    first_line = without_personal_data(record.getMessage()).partition("\n")[0]
    return f"[ClusterXchange] {error.__name__ + ': ' if error else ''}{first_line}"[:200]


def _text(record: logging.LogRecord, left_out: int) -> str:
    lines = [
        f"Portal: {settings.SITE_ADDRESS}",
        f"Request: {request_number.current() or 'none'}",
        f"Logger: {record.name}, process {record.process}",
        f"Errors since the last mail of this process that no mail tells of: {left_out}",
        "",
        record.getMessage(),
    ]
    if record.exc_info:
        lines += ["", logging.Formatter().formatException(record.exc_info)]
    return without_personal_data("\n".join(lines))


def _send(subject: str, text: str) -> None:
    EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, settings.ERROR_MAIL_ADDRESSES).send(fail_silently=True)


def in_background(act: Callable[[], None]) -> None:
    """Do it in a thread that the process waits for when it ends."""
    threading.Thread(target=act, name="error-mail").start()
