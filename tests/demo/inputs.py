"""The forms of every page that a person reaches, and each with one field that holds what nobody should type."""

import json
import random
import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

LINK = re.compile(r'<(?:a|tr|button)\b[^>]*?\b(?:href|hx-get)="(/[^"#]*)')
# PDFs take a second each; the others end the session or are the clock's.
NOT_OPENED = ("/static/", "/documents/", "/account/logout/", "/support-office/logout/", "/support-office/jsi18n/")
LONG = "x" * 1_000_000
BAD: tuple[Any, ...] = (
    "a\x00b",
    "\ud800".encode("utf-8", "surrogatepass"),
    "1e400",
    "-1e400",
    "NaN",
    "9" * 5000,
    str(2**63),
    "-1",
    "0",
    "\u0663",
    LONG,
    "[" * 3000,
    '{"a": ' * 3000,
    "\u202eevil\u2066",
    "Z\u0336a\u0337l\u0338g\u0335o 🌊 漢字",
    "line\r\nline\rline\u2028line",
    "1/1/0001",
    "31/12/9999",
    "0000-00-00",
    "2026-02-30T25:61",
    "99:99",
    "<script>alert(1)</script>{{ 7*7 }}{% x %}%s%(a)s",
    "../../../../etc/passwd",
    "http://[::1",
    "javascript:alert(1)",
    "a@" + "b" * 300 + ".c",
    "DE" + "0" * 40,
    "None",
    "null",
    "true",
    "",
    ["1", "1", "x"],
    ["", ""],
    None,
    SimpleUploadedFile("nothing.pdf", b"", "application/pdf"),
    SimpleUploadedFile("torn.pdf", b"%PDF-1.7\n1 0 obj", "application/pdf"),
    SimpleUploadedFile("torn.png", b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"),
    SimpleUploadedFile("x" * 300 + "\u202e.csv", b'name,country\r"a,\x00', "text/csv"),
)


@dataclass(frozen=True)
class Form:
    """A form as it stands on a page: who found it, where it is sent, and the fields with what they hold."""

    role: str
    view: str
    address: str
    fields: tuple[tuple[str, str], ...]

    @property
    def names(self) -> list[str]:
        return sorted({name for name, _value in self.fields} - {"csrfmiddlewaretoken"})


@dataclass(frozen=True)
class Input:
    """A form with one field replaced, sent by one person."""

    form: Form
    role: str
    name: str
    bad: int

    def __str__(self) -> str:
        return f"{self.role} to {self.form.address}: {self.name} = {BAD[self.bad]!r:.60}"


@dataclass
class _Reader(HTMLParser):
    """The forms of a page that are posted."""

    page: str
    found: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.inside = False
        self.text: list[str] | None = None
        self.choice = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = named.get("method", "").lower() == "post"
            if self.inside:
                self.found.append((urljoin(self.page, named.get("action") or self.page), []))
        elif self.inside and tag == "option" and ("selected" in named or not self.chosen()):
            self._set(self.choice, named.get("value", ""))
        elif self.inside and tag == "select":
            self.choice = named.get("name", "")
        elif self.inside and tag in {"input", "textarea", "button"} and named.get("name"):
            is_off = named.get("type") in {"checkbox", "radio"} and "checked" not in named
            self._add(named["name"], "" if is_off else named.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False

    def chosen(self) -> bool:
        return any(name == self.choice for name, _value in self.found[-1][1])

    def _set(self, name: str, value: str) -> None:
        fields = self.found[-1][1]
        fields[:] = [each for each in fields if each[0] != name]
        self._add(name, value)

    def _add(self, name: str, value: str) -> None:
        if name:
            self.found[-1][1].append((name, value))


class FormFinder:
    """Finds the forms of the pages that a person reaches; of one view so many pages are read."""

    def __init__(self, role: str, per_view: int) -> None:
        self.role, self.per_view = role, per_view
        self.found: list[Form] = []
        self._told: set[tuple[str, tuple[str, ...]]] = set()
        self._opened: Counter[str] = Counter()
        self._seen: set[str] = set()
        self._links: deque[str] = deque()

    def read(self, address: str, html: str) -> None:
        """The forms of an opened page, and its links for `follow`."""
        view = view_of(address)
        self._seen.add(address)
        self._opened[view] += 1
        if self._opened[view] > self.per_view:
            return
        for sent_to, fields in _forms_in(html, address):
            form = Form(self.role, view_of(sent_to), sent_to, tuple(fields))
            if (form.view, tuple(form.names)) not in self._told:
                self._told.add((form.view, tuple(form.names)))
                self.found.append(form)
        self._links += (found.replace("&amp;", "&") for found in LINK.findall(html))

    def follow(self, client: Client) -> None:
        """Open what the pages that were read lead to, of views that were not opened so often yet."""
        while self._links:
            link = self._links.popleft()
            view = view_of(link)
            is_new = link not in self._seen and self._opened[view] < self.per_view
            if not view or not is_new or link.startswith(NOT_OPENED):
                continue
            answer: Any = client.get(link)
            if answer.status_code == 200 and "text/html" in answer.headers.get("Content-Type", ""):
                self.read(link, answer.content.decode())
            else:
                self._seen.add(link)
                self._opened[view] += 1


def _forms_in(html: str, page: str) -> list[tuple[str, list[tuple[str, str]]]]:
    reader = _Reader(page)
    reader.feed(html)
    return reader.found


def view_of(address: str) -> str:
    """The name of the view at an address; empty where there is none."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return match.view_name or match.route


def inputs(forms: list[Form], roles: list[str], number: int, seed: int) -> list[Input]:
    """So many of all that could be sent: every form by who found it first, then by anybody; the same for a seed."""
    chance = random.Random(seed)
    every = [Input(form, form.role, name, bad) for form in forms for name in form.names for bad in range(len(BAD))]
    chosen = chance.sample(every, min(len(every), number))
    # One in five is sent by somebody who may not see the form at all.
    return [
        Input(each.form, chance.choice(roles), each.name, each.bad) if at % 5 == 0 else each
        for at, each in enumerate(chosen)
    ]


def answer_of(client: Client, one: Input) -> int:
    """The status; whatever was done is undone."""
    cookies = client.cookies.output()
    bad, data = BAD[one.bad], _data_of(one.form)
    if isinstance(bad, SimpleUploadedFile):
        bad.seek(0)
    data[one.name] = bad
    if bad is None:
        del data[one.name]
    with transaction.atomic():
        status = _sent(client, one.form.address, data)
        transaction.set_rollback(True)
    if client.cookies.output() != cookies:
        client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    return status


def _data_of(form: Form) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, value in form.fields:
        data[name] = [*data[name], value] if name in data and isinstance(data[name], list) else value
    return data


def _sent(client: Client, address: str, data: dict[str, Any]) -> int:
    answer: Any = client.post(address, data)
    return int(answer.status_code)


def draft_bodies() -> list[str]:
    """What the address that saves forms while one types may be sent."""
    pairs = [["a", "b"]]
    plain = {"address": "/me/", "principal": "", "base": "", "fields": pairs}
    odd: list[Any] = [
        None,
        1,
        "x",
        [],
        {},
        [[1, 2, 3]],
        [["a", {"b": 1}]],
        [["\ud800", "\ud800"]],
        [["a\x00", "b\x00"]],
    ]
    bodies = [json.dumps(plain | {name: value}) for name in plain for value in odd]
    return [*bodies, "[" * 100_000, '{"fields": ' * 50_000, "1e999", "NaN", "", "\x00"]
