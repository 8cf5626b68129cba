"""Sends one request as one role, rolls it back, and returns its outcome, what it changed and what it showed."""

import io
import json
import logging
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.utils import translation

from cxc.access.scoped import Actor
from tests.access.form_reader import changed, form_for
from tests.access.sample import Sample
from tests.access.stages import SurveyData
from tests.access.targets.target import FILE, Filled, Target
from tests.access.writes import Writes
from tests.files import PDF

# The outcomes for somebody who may not do what the request asks.
REFUSALS = frozenset({"refused", "not found", "sign-in", "method"})
_OUTCOMES = {
    400: "form",
    401: "sign-in",
    403: "refused",
    404: "not found",
    405: "method",
    409: "not now",
    429: "too many",
}
_BEING_MADE = {202, 503}
SIGN_IN = "/account/login/"


@dataclass(frozen=True)
class Attempt:
    """The outcome of one request, the tables that it changed, the text of its answer, and details of a failure."""

    outcome: str
    changed: tuple[str, ...] = ()
    text: str = ""
    detail: str = ""


class RequestRunner:
    """Sends requests and rolls each back."""

    def __init__(self, data: SurveyData) -> None:
        self.data = data
        self._bodies: dict[tuple[int, str], dict[str, Any]] = {}

    def attempt(self, target: Target, method: str, sample: Sample, actor: Actor) -> Attempt:
        """Send the request as this actor; the database and the cookies stay as they were."""
        try:
            body = self._body(target, sample, actor) if method == "POST" else None
        except LookupError as error:
            return Attempt("no form", detail=str(error))
        client = self.data.client(actor)
        try:
            with _unchanged(client), transaction.atomic():
                writes = Writes()
                answer = _sent(client, method, target, sample, body)
                text = _text_of(answer)
                writes.record()
                transaction.set_rollback(True)
        except Exception as error:
            return Attempt("error", detail=f"{type(error).__name__}: {error}")
        changed_tables = writes.changed()
        return Attempt(_outcome(answer, method, changed_tables), changed_tables, text, _detail(answer, text))

    def _body(self, target: Target, sample: Sample, actor: Actor) -> Any:
        if not isinstance(target.body, Filled):
            made = target.body(sample, actor) if target.body is not None else {}
            return made if isinstance(made, str) else _with_files(dict(made), sample)
        key = (id(target), sample.mark)
        if key not in self._bodies:
            self._bodies[key] = self._filled(target, target.body, sample)
        return _with_files(self._bodies[key], sample)

    def _filled(self, target: Target, filled: Filled, sample: Sample) -> dict[str, Any]:
        action = target.path(sample)
        page = filled.page(sample) if filled.page else action
        client = self.data.client(sample.actor(filled.by))
        with _unchanged(client), transaction.atomic():
            query = "" if filled.page else target.query_for(sample)
            html = client.get(f"{page}?{query}").content.decode()
            transaction.set_rollback(True)
        try:
            fields = form_for(html, page, action)
        except LookupError:
            fields = form_for(html, page, page)  # a script sends the form of the page itself
        return changed(fields, filled.changes)


def _with_files(fields: dict[str, Any], sample: Sample) -> dict[str, Any]:
    def value(given: Any) -> Any:
        if given is FILE:
            return SimpleUploadedFile("paper.pdf", PDF, "application/pdf")
        return given(sample) if callable(given) else given

    return {name: value(given) for name, given in fields.items()}


def _sent(client: Client, method: str, target: Target, sample: Sample, body: Any) -> HttpResponseBase:
    path, query = target.path(sample), target.query_for(sample)
    address = f"{path}?{query}" if query else path
    if method == "GET":
        return client.get(address)
    cache.clear()  # it holds the counters of the rate limits
    if isinstance(body, str):
        return client.post(address, body, content_type="application/json")
    return client.post(address, body)


@contextmanager
def _unchanged(client: Client) -> Iterator[None]:
    """Restore the cookies of the client and the language of this process after the block."""
    cookies = deepcopy(client.cookies)
    logging.disable(logging.ERROR)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
        client.cookies = cookies
        translation.deactivate()


def _text_of(answer: HttpResponseBase) -> str:
    """The text of the answer; for a spreadsheet or a ZIP archive the text of the files in it."""
    shown: Any = answer
    content = b"".join(shown.streaming_content) if answer.streaming else shown.content
    return _unpacked(content).decode(errors="replace")


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"\n".join([*(name.encode() for name in book.namelist()), *map(book.read, book.namelist())])


def _outcome(answer: HttpResponseBase, method: str, changed_tables: tuple[str, ...]) -> str:
    status = answer.status_code
    if status in {301, 302}:
        if answer.headers["Location"].startswith(SIGN_IN):
            return "sign-in"
        return ("done" if changed_tables else "nothing") if method == "POST" else "leads on"
    if status in _BEING_MADE:
        return "being made"
    if status != 200:
        return _OUTCOMES.get(status, str(status))
    if method == "POST" and changed_tables:
        return "done"
    return "page" if "text/html" in answer.headers.get("Content-Type", "") else "file"


def _detail(answer: HttpResponseBase, text: str) -> str:
    """For a failure: the address that it redirected to, and the error messages."""
    texts = re.findall(r'class="[^"]*(?:invalid-feedback|alert)[^"]*"[^>]*>(.*?)</', text, re.DOTALL)
    plain = [re.sub(r"<[^>]+>|\s+", " ", each).strip() for each in texts]
    return json.dumps([answer.headers.get("Location", ""), *[each for each in plain if each][:4]])
