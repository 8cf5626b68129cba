"""A person's browser window: open, fill in, press, choose a transition, read what stands there."""

import os
import re
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, Request, Response

from tests.plugin.portal import RunningPortal
from tests.walk import layout
from tests.walk.pdf_document import PdfDocument

Found = TypeVar("Found")
PICTURES = "WALK_PICTURES"  # a folder: each page that the walk passes is pictured there


class Window:
    """One browser window with its own memory. What goes wrong in it is kept in `errors`.

    Each kind of page that it comes to is measured at both widths (`looks`), its own and the other.
    """

    def __init__(
        self, browser: Browser, portal: RunningPortal, who: str, *, width: int = layout.DESKTOP, scripts: bool = True
    ) -> None:
        self.portal, self.who, self.width, self.scripts = portal, who, width, scripts
        self.errors: list[str] = []
        self._passed = 0
        self._measured: set[str] = set()
        context = browser.new_context(
            base_url=portal.address,
            locale="en-GB",
            viewport={"width": width, "height": layout.HEIGHT},
            java_script_enabled=scripts,
            reduced_motion="reduce",  # what scrolls softly is not yet where it is looked for
        )
        context.set_default_timeout(int(os.environ.get("WALK_MS", "20000")))
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("console", lambda said: self._note(said.text) if said.type in {"error", "warning"} else None)
        self.page.on("requestfailed", lambda asked: self._note_failed(asked))
        self.page.on(
            "response", lambda answer: self._note(f"{answer.url}: {answer.status}") if answer.status >= 400 else None
        )

    def _note(self, text: str) -> None:
        self.errors.append(f"{self.page.url}: {text}")

    def _note_refused(self, answer: Response) -> None:
        if answer.status >= 400:
            self._note(f"{answer.url}: {answer.status}")

    def _note_failed(self, asked: Request) -> None:
        """What a new page breaks off was not refused: a form that was just saving itself."""
        if asked.failure != "net::ERR_ABORTED":
            self._note(f"{asked.url}: {asked.failure}")

    # --- going about ----------------------------------------------------------------------------

    def open(self, address: str) -> None:
        """Open an address; anything but the page itself fails."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.ok, f"{address}: {answer.status}"
        self._page_shown()

    def follow(self, label: str | re.Pattern[str], *, within: str = "main") -> None:
        """Follow a link by its words."""
        link = self._link(within, label)
        with self.page.expect_navigation():
            self._activate(link)
        self._page_shown()

    def _link(self, within: str, label: str | re.Pattern[str]) -> Locator:
        """A link to be seen; where it is folded away, the menu is opened, then the group that it stands in."""
        links = self.page.locator(within)
        exact = isinstance(label, str)
        link = links.get_by_role("link", name=label, exact=exact).first
        if link.is_visible():
            return link
        menu = self.page.locator("header").get_by_role("button", name="Menu", exact=True)
        if within == "header" and menu.is_visible():
            self._activate(menu)
        folded = links.get_by_role("link", name=label, exact=exact, include_hidden=True).first
        for group in folded.locator("xpath=ancestor::details[not(@open)]").all():
            self._activate(group.locator("> summary"))
        link.wait_for()
        return link

    def press(self, button: str) -> None:
        """Press a button in the page's middle; whatever is refused fails here, with what the page says."""
        where = self.page.url
        self._page_shown()
        with self.page.expect_navigation():
            self._activate(self.page.locator("main").get_by_role("button", name=button, exact=True))
        refused = self.page.locator(
            ".alert-danger, .form-errors, .message.tone-danger, .invalid-feedback"
        ).all_inner_texts()
        assert refused == [], f"{button} on {where}: {refused}"
        self._page_shown()

    def choose(self, label: str, *, within: str = "main") -> None:
        """Choose a transition on a thing's page and confirm it on its own."""
        self.follow(label, within=within)
        self.press(label)

    def _activate(self, target: Locator) -> None:
        target.click()

    # --- filling in -----------------------------------------------------------------------------

    def fill(self, **fields: object) -> None:
        """Fill in fields by name: a text, an option's value or words, True for a tick, a file."""
        for name, value in fields.items():
            self._put(self.page.locator(f"#id_{name}"), value)

    def write(self, label: str, value: object) -> None:
        """Fill in the field with this label; True for a tick."""
        self._put(self.page.get_by_label(label).first, value)

    def first(self, name: str) -> str:
        """The first of a select's options that says something."""
        values = self.page.locator(f"#id_{name} option").evaluate_all("all => all.map(one => one.value)")
        return next(str(value) for value in values if value)

    def _put(self, field: Locator, value: Any) -> None:
        if value is True:
            field.check()
        elif isinstance(value, dict | Path):
            field.set_input_files(value)
        elif field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value=option(field, str(value)))
        else:
            field.fill(str(value))

    def tick(self, name: str, words: str) -> None:
        """Tick one box of several by its words."""
        self._put(self.page.locator(f"#div_id_{name}").get_by_label(words, exact=True), True)

    # --- looking --------------------------------------------------------------------------------

    def state(self, within: str = "main") -> str:
        """The state that the page, or a section of it, shows."""
        return self.page.locator(f"{within} .badge").first.inner_text()

    def text(self, within: str = "main") -> str:
        return self.page.locator(within).inner_text()

    def document(self, link: str | re.Pattern[str], *, within: str, folder: Path) -> PdfDocument:
        """The PDF behind a link of this page, once the worker has made it."""
        address = self._link(within, link).get_attribute("href") or ""

        def made() -> bytes | None:
            answer = self.page.request.get(address)
            assert answer.ok, f"{address}: {answer.status}"
            return answer.body() if answer.headers["content-type"] == "application/pdf" else None

        return PdfDocument(until(made, what=f"{address} as a PDF"), folder)

    def mailed(self, address: str, subject: str, pattern: str) -> str:
        """What the pattern finds in the mail to that address whose subject begins so; mails are files here."""

        def look() -> str | None:
            mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in self._mails()]
            found = [
                re.search(pattern, mail.get_body(("plain",)).get_content())
                for mail in mails
                if mail["To"] == address and mail["Subject"].strip().startswith(subject)
            ]
            return next((match.group() for match in found if match), None)

        return until(look, what=f"mail “{subject}” to {address}")

    def _mails(self) -> list[Path]:
        return sorted(self.portal.mails.glob("*"))

    def _page_shown(self) -> None:
        self._measure_layout()
        folder = os.environ.get(PICTURES)
        if folder:
            self._passed += 1
            self.picture(Path(folder) / f"{self.who} {self._passed:03}.png")

    def _measure_layout(self) -> None:
        """Measure this kind of page, once at each width."""
        kind = re.sub(r"\d+", "#", urlsplit(self.page.url).path)
        if not self.scripts or kind in self._measured:
            return
        self._measured.add(kind)
        for width in (layout.DESKTOP, layout.PHONE):
            faults = layout.faults(self.page) if width == self.width else layout.faults_at(self.page, width)
            self.errors += [f"{self.page.url}, {width} wide: {fault}" for fault in faults]

    def picture(self, path: Path) -> None:
        self.page.screenshot(path=path, full_page=True, caret="initial")

    def close(self) -> None:
        self.page.context.close()


def option(field: Locator, wanted: str) -> str:
    """The value of the option that is this value, or whose words hold it."""
    options = field.locator("option").evaluate_all("all => all.map(one => [one.value, one.textContent])")
    found = [value for value, words in options if value == wanted] or [
        value for value, words in options if wanted in words
    ]
    assert found, f"{wanted!r} is not among {[words for _, words in options]}"
    return str(found[0])


def until(look: Callable[[], Found | None], *, what: str, seconds: float = 60) -> Found:
    """What `look` finds, once it finds something: the work of worker and beat takes seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError(f"{what}: not within {seconds} seconds")
