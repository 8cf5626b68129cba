"""Opens pages in Chromium and says what is wrong with each, in sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tests.a11y.exceptions import is_let_through
from tests.a11y.survey_result import NOWHERE, SurveyedPage

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
DESK, PHONE = (1280, 900), (375, 740)
BETWEEN = (700, 900)  # a small tablet, or a window beside another
MOST_REQUESTS = 12
MOST_BYTES = 150_000
# axe's rules of colours: all that the other scheme can change, the elements being the same.
OF_COLOURS = ("color-contrast", "link-in-text-block")
LEAST_SHIFT = 0.0005  # rounding of a pixel's part
# On a busy machine a browser paints a long table before all its rows are there, and its columns grow: seen once in a
# while. What a script or a late style sheet moves, it moves each time.
LOADS = 3
MEASURE = (Path(__file__).parent / "measure.js").read_text()
# No sound or film is waited for, there is none; nor a colour that fades, for people who want no motion.
RUN_AXE = """async (only) => {
  const found = await axe.run(document, { runOnly: only, resultTypes: ["violations"], preload: false });
  return found.violations.flatMap((one) => one.nodes.map((node) =>
    `${one.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\\s+/g, " ").slice(0, 200)}`));
}"""
ALL_RULES = {"type": "tag", "values": TAGS}
RULES_OF_COLOURS = {"type": "rule", "values": OF_COLOURS}


@cache
def axe() -> str:
    """axe-core's source, from the locked package."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


@dataclass
class Window:
    """One browser tab of one person; it hears of errors and requests while a page loads."""

    page: Page
    address: str  # of the portal
    messages: list[str] = field(default_factory=list)

    def choose_language(self, code: str) -> None:
        """As one does without scripts: on the page of languages. A person keeps it."""
        self.page.goto(f"{self.address}/language/")
        self.page.locator(f'main button[name="language"][value="{code}"]').click()
        self.page.wait_for_load_state()

    def open(self, found: SurveyedPage, *, size: tuple[int, int] = DESK) -> list[str]:
        """Load it as for the first time and say what went wrong on the way."""
        self.messages.clear()
        self.resize(size)
        answer = self.page.goto(self.address + found.address, wait_until="load")
        wanted = 404 if found.name == NOWHERE else 200
        if answer is None or answer.status != wanted:
            return [f"answer: {answer and answer.status} in place of {wanted}"]
        measured = self.page.evaluate(MEASURE)
        for _again in range(LOADS - 1):
            if measured["shift"] > LEAST_SHIFT:
                self.page.goto(self.address + found.address, wait_until="load")
                measured = self.page.evaluate(MEASURE)
        return [*self.messages, *first_load(measured), *always(measured)]

    def judge(self, found: SurveyedPage, *, every_way: bool) -> list[str]:
        """All that is wrong with it, loaded once; `every_way`: axe on the phone and in the dark too."""
        said = self.open(found)
        if any(one.startswith("answer:") for one in said):
            return said
        self.page.evaluate(axe())
        said += self._axe("")
        for size, where in ((BETWEEN, "700 wide"), (PHONE, "phone")):
            self.resize(size)
            said += [f"{one} ({where})" for one in always(self.page.evaluate(MEASURE))]
        return said + self._other_ways() if every_way else said

    def _other_ways(self) -> list[str]:
        """It stands 375 wide in light; what the dark changes is colours alone."""
        said = self._axe(" (phone)")
        self.page.emulate_media(color_scheme="dark")
        said += self._axe(" (phone, dark)", RULES_OF_COLOURS)
        self.resize(DESK)
        said += self._axe(" (dark)", RULES_OF_COLOURS)
        self.page.emulate_media(color_scheme="light")
        return said

    def _axe(self, where: str, rules: dict[str, Any] = ALL_RULES) -> list[str]:
        return [one + where for one in self.page.evaluate(RUN_AXE, rules)]

    def resize(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})


def first_load(measured: dict[str, Any]) -> list[str]:
    """What holds for the load of a page by somebody who was never here."""
    said = []
    if measured["requests"] > MOST_REQUESTS:
        said.append(f"requests: {measured['requests']}, at most {MOST_REQUESTS}")
    if measured["bytes"] > MOST_BYTES:
        said.append(f"bytes: {measured['bytes']:,}, at most {MOST_BYTES:,}")
    if measured["shift"] > LEAST_SHIFT:
        said.append(f"shift: {', '.join(measured['moved'])} moved while loading ({measured['shift']:.4f})")
    return said


def always(measured: dict[str, Any]) -> list[str]:
    said = [f"cut: {one}" for one in measured["cut"]]
    said += [f"overlapping: {one}" for one in measured["overlapping"]]
    said += [f"twice: the id {one}" for one in measured["twice"]]
    if measured["sideways"] > 0:
        said.append(f"sideways: the page is {measured['sideways']} px too wide")
    return said


def without_exceptions(found: SurveyedPage, said: list[str]) -> list[str]:
    """Each sentence once."""
    return [one for one in dict.fromkeys(said) if not is_let_through(found.template, one)]


@contextmanager
def window(browser: Browser, address: str, role: str, cookies: dict[str, str]) -> Iterator[Window]:
    """A tab in which this person is signed in, with a cache that keeps nothing."""
    context = browser.new_context(locale="en-GB", color_scheme="light", reduced_motion="reduce")
    context.set_default_timeout(60_000)
    if role in cookies:
        context.add_cookies([{"name": "sessionid", "value": cookies[role], "url": address}])
    try:
        yield _listening(context, address)
    finally:
        context.close()


def _listening(context: BrowserContext, address: str) -> Window:
    opened = Window(context.new_page(), address)
    devtools = context.new_cdp_session(opened.page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def console(message: ConsoleMessage) -> None:
        # The answer of a page that says 404 or 403 is no fault of the page's.
        if message.type == "error" and "Failed to load resource" not in message.text:
            opened.messages.append(f"console: {message.text}")

    def answered(response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            opened.messages.append(f"request: {response.url} answered {response.status}")

    def failed(request: Request) -> None:
        # What the last page still asked for when this one was opened is given up.
        if request.failure != "net::ERR_ABORTED":
            opened.messages.append(f"request: {request.url} failed ({request.failure})")

    def asked(request: Request) -> None:
        if urlsplit(request.url).netloc not in {urlsplit(address).netloc, ""}:
            opened.messages.append(f"elsewhere: {request.url}")

    opened.page.on("console", console)
    opened.page.on("pageerror", lambda error: opened.messages.append(f"console: {error}"))
    opened.page.on("requestfailed", failed)
    opened.page.on("request", asked)
    opened.page.on("response", answered)
    return opened
