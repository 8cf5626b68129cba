"""Which pages the running portal has, and who gets each: asked inside its own surroundings.

`survey(folder)` is called by `./portal manage shell`. It follows every link as each demo sign-in and as nobody, tries
what no link leads to with the numbers it met on the way, and writes `survey.json` and the pages' HTML into the folder.
"""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.a11y.exceptions import is_not_opened
from tests.a11y.survey_result import NOBODY, NOWHERE, ROLES, Survey, SurveyedPage
from tests.a11y.unlinked_pages import unlinked_pages

# So many addresses of one view are opened: the first are not all in the same state. As each person for the whole
# matrix; else as all of them together, and those whose own pages they are open one at least.
PER_VIEW = 3
AT_LEAST_ONE = (NOBODY, "visitor", "host", "coordinator")
# So many numbers are tried, as each person, for a view to which no link led.
TRIES = 8
ROLES_TO_TRY = ("support", "coordinator", "host", "visitor")
LINK = re.compile(r'<(?:a|form|button|tr|div)\b[^>]*?\b(?:href|action|formaction|hx-get)="(/[^"#]*)')
NUMBER = re.compile(r"<(?:int|path):\w+>")
OTHER = re.compile(r"<[^>]+>")
# PDFs, which take a second each, and what ends the walk.
NOT_FOLLOWED = ("/static/", "/documents/", "/account/logout/", "/support-office/logout/", "/support-office/jsi18n/")


def survey(folder: Path | str, *, whole: bool = True, language: str = settings.LANGUAGE_CODE) -> None:
    """Walk the portal in this language as everybody and write what there is.

    Unless `whole`, not everything as everybody. The people keep the language.
    """
    setup_test_environment(debug=settings.DEBUG)
    walker = Walker(Path(folder), whole=whole, language=language)
    for role in ROLES:
        walker.sign_in(role)
    for role in ROLES:
        walker.follow(role)
    walker.open("visitor", "/account/logout/")
    for role, address in unlinked_pages(walker.clients):
        walker.open_with_what_is_new(role, address)
    walker.try_what_is_left()
    walker.keep_cookies()
    walker.result.answers = {name: sorted(answers) for name, answers in walker.answers.items()}
    walker.result.write(walker.folder)


def names() -> dict[str, str]:
    """Every view's name in the resolver with one of its routes."""
    return dict(_names(get_resolver()))


def _names(resolver: URLResolver, space: str = "", prefix: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _names(entry, inner, route)
        elif isinstance(entry, URLPattern):
            yield space + (entry.name or route), route


class Walker:
    """Opens addresses as one person after another and keeps what answered."""

    def __init__(self, folder: Path, *, whole: bool, language: str) -> None:
        self.folder = folder
        self.whole = whole
        self.language = language
        self.result = Survey()
        self.clients: dict[str, Client] = {}
        self.answers: dict[str, set[str]] = {}
        self.numbers: Counter[tuple[str, str]] = Counter()  # (first word of the address, number)
        self.followed: Counter[str] = Counter()  # names, by anybody

    def sign_in(self, role: str) -> None:
        self.clients[role] = client = Client(SERVER_NAME="127.0.0.1")
        if role != NOBODY:
            answer = client.post("/account/login/", {"login": f"{role}@demo.example", "password": "demo"})
            assert answer.status_code == 302, f"{role} could not sign in: {answer.status_code}"
        client.post("/language/", {"language": self.language})

    def keep_cookies(self) -> None:
        """Nobody has one too, after opening a secret link."""
        for role, client in self.clients.items():
            if settings.SESSION_COOKIE_NAME in client.cookies:
                self.result.cookies[role] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def follow(self, role: str) -> None:
        """Every link from the front page on."""
        seen, waiting, opened = {"/"}, deque(["/", NOWHERE]), Counter[str]()
        while waiting:
            for link in self.open(role, waiting.popleft()):
                name = _name_of(link)
                if link in seen or name is None:
                    continue
                seen.add(link)
                self.count_numbers(link)
                if self.is_wanted(name, role, opened[name]):
                    opened[name] += 1
                    self.followed[name] += 1
                    waiting.append(link)

    def is_wanted(self, name: str, role: str, opened: int) -> bool:
        """One more address of this view, of which so many were opened as this person."""
        if name.startswith("admin:"):
            return opened == 0
        if self.whole or self.followed[name] < PER_VIEW:
            return opened < PER_VIEW
        return opened == 0 and role in AT_LEAST_ONE

    def open_with_what_is_new(self, role: str, address: str) -> None:
        """The page, and those views that nobody has reached before."""
        for link in self.open(role, address):
            name = _name_of(link)
            if name and name not in {page.name for page in self.result.pages}:
                self.open(role, link)

    def open(self, role: str, address: str) -> list[str]:
        """The links of the page that answered; none where it is no page."""
        name = _name_of(address) or NOWHERE
        answer: Any = self.clients[role].get(address)
        if "text/html" not in answer.headers.get("Content-Type", ""):
            self.note(name, answer)
            return []
        self.check_policy(address, answer)
        if answer.status_code in {301, 302}:
            self.note(name, answer)
            return [answer["Location"]] if answer["Location"].startswith("/") else []
        text = answer.content.decode()
        if answer.status_code == 200 or name == NOWHERE:
            self.keep(name, role, address, answer, text)
        else:
            self.note(name, answer)
        return [unescape(link) for link in LINK.findall(text) if not link.startswith(NOT_FOLLOWED)]

    def keep(self, name: str, role: str, address: str, answer: Any, text: str) -> None:
        templates = [one.name for one in answer.templates if one.name and not one.name.startswith("django/forms/")]
        file = f"{len(self.result.pages):04}.html"
        (self.folder / file).write_text(text)
        self.result.pages.append(
            SurveyedPage(name, templates[0] if templates else "none", role, address, file, len(text))
        )

    def note(self, name: str, answer: Any) -> None:
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        said = str(answer.status_code) if answer.status_code != 200 else kind
        self.answers.setdefault(name, set()).add(said)

    def check_policy(self, address: str, answer: Any) -> None:
        policy = answer.headers.get("Content-Security-Policy", "")
        if "script-src 'self'" not in policy or "unsafe" in policy or "*" in policy:
            self.result.loose_policy.append(f"{address}: {policy or 'no policy'}")

    def count_numbers(self, address: str) -> None:
        path = address.partition("?")[0]
        for number in re.findall(r"/(\d+)(?=/)", path):
            self.numbers[path.split("/")[1], number] += 1

    def try_what_is_left(self) -> None:
        """Addresses that no link led to, made of their route and the numbers that others had."""
        reached = {page.name for page in self.result.pages}
        for name, route in names().items():
            if name not in reached and not is_not_opened(name):
                self.try_route(name, route)

    def try_route(self, name: str, route: str) -> None:
        """Until somebody gets a page, or it shows to be no page. The admin is the Support Office's."""
        people = ("support",) if name.startswith("admin:") else ROLES_TO_TRY
        for address in self.guesses(route):
            for role in people:
                before = len(self.result.pages)
                self.open(role, address)
                if len(self.result.pages) > before or is_no_page(self.answers.get(name, ())):
                    return

    def guesses(self, route: str) -> list[str]:
        if "(?P" in route:
            return []
        if "<" not in route:
            return [f"/{route}"]
        word = route.split("/")[0]
        numbers = [number for (first, number), _times in self.numbers.most_common() if first == word][:TRIES]
        return [f"/{OTHER.sub('x', NUMBER.sub(number, route))}" for number in numbers or ["1"]]


def is_no_page(answers: Iterable[str]) -> bool:
    """405: a button's address; or a file."""
    return any(one == "405" or "/" in one for one in answers)


def _name_of(address: str) -> str | None:
    try:
        match = resolve(address.partition("?")[0])
    except Resolver404:
        return None
    return match.view_name or match.route
