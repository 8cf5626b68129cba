"""Four people who write at the same time, and what each of them saw."""

import html
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count

import requests
from pypdf import PdfWriter

TOKEN = "a" * 32  # against forgery: cookie and header agree
TIMEOUT = 60.0  # seconds
# The sentence of a page that says why something was not done.
_SENTENCE = re.compile(r"The (?:portal's|fault|database)[^.]*\.")


@dataclass(frozen=True)
class Writer:
    """A signed-in visitor: the session's key, and the address where evidence of its exchange is handed in."""

    session: str
    evidence: str


@dataclass
class Seen:
    """What was sent, by its mark, and the answers."""

    acknowledged: dict[str, bytes] = field(default_factory=dict)  # mark → what was uploaded, b"" without a file
    unanswered: dict[str, bytes] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0  # seconds that somebody waited for an answer
    sent: int = 0

    def in_words(self) -> str:
        return "; ".join(f"{number} × {text}" for text, number in self.answers.most_common())


_numbers = count(1)


@contextmanager
def writing(address: str, writers: Sequence[Writer], each: int, kinds: Sequence[str] = ("evidence",)) -> Iterator[Seen]:
    """Each writes so often, one after the other; the block ends when all have. What fails is not tried again."""
    seen, lock = Seen(), threading.Lock()

    def go(writer: Writer) -> None:
        session = requests.Session()
        session.trust_env = False
        session.cookies.update({"sessionid": writer.session, "csrftoken": TOKEN})
        session.headers.update({"X-CSRFToken": TOKEN, "Connection": "close"})
        for turn in range(each):
            with lock:
                mark = f"mark-{next(_numbers)}-"
                seen.sent += 1
            ask, content = _write(session, address, writer, kinds[turn % len(kinds)], mark)
            began = time.monotonic()
            try:
                answer = ask()
                said = _said(answer)
            except requests.RequestException as error:
                answer, said = None, f"no answer ({type(error).__name__})"
            with lock:
                seen.longest = max(seen.longest, time.monotonic() - began)
                seen.answers[said] += 1
                if answer is None or answer.status_code >= 500:
                    seen.unanswered[mark] = content
                elif answer.status_code == 302:
                    seen.acknowledged[mark] = content

    threads = [threading.Thread(target=go, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        for thread in threads:
            thread.join()


def _write(
    session: requests.Session, address: str, writer: Writer, kind: str, mark: str
) -> tuple[Callable[[], requests.Response], bytes]:
    if kind == "question":
        fields = {"subject": mark, "text": "Where is it?"}
        return lambda: session.post(f"{address}/help/", fields, timeout=TIMEOUT, allow_redirects=False), b""
    content = _pdf(mark)
    upload = {"file": (f"{mark}.pdf", content, "application/pdf")}
    fields = {"kind": "hotel", "note": mark}
    return (
        lambda: session.post(
            f"{address}{writer.evidence}", fields, files=upload, timeout=TIMEOUT, allow_redirects=False
        ),
        content,
    )


def _pdf(mark: str) -> bytes:
    """Of one empty page; no other has the same bytes."""
    writer, written = PdfWriter(), BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.add_metadata({"/Title": mark})
    writer.write(written)
    return written.getvalue()


def _said(answer: requests.Response) -> str:
    if answer.status_code == 302:
        return "done"
    text = html.unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.text).split())).replace("’", "'")
    found = _SENTENCE.search(text)
    return f"page {answer.status_code}: {found[0].strip() if found else 'without a sentence'}"
