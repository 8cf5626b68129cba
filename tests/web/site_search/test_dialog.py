"""The dialog in a browser, by keyboard: dialog, combobox and listbox as the ARIA Authoring Practices describe them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from cxc.access.scoped import Actor, Principal, Rank
from cxc.web import menu
from cxc.web.site_search.sources import ResultGroup, SearchResult, SearchResults
from cxc.web.site_search.text import parse
from profiles.models import User

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

PORTAL = "http://portal.test"
FOUND = {
    "kettle": ("Kettle Works", "Kettle Works of the North"),
    "otter": ("Glass Otter",),
}
SHELL = """<!DOCTYPE html><html lang="en"><head><title>Test</title>
<link rel="stylesheet" href="/bootstrap.css"><link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/layout.css"><script src="/layout.js" defer></script></head>
<body data-hx-headers='{{"X-CSRFToken": "token"}}'>{header}<main><input id="elsewhere"></main>{dialog}</body></html>"""
FILES = {
    "/bootstrap.css": "js-lib-bootstrap5/css/bootstrap.min.css",
    "/theme.css": "css/theme.css",
    "/layout.css": "css/layout.css",
    "/layout.js": "js/layout.js",
    "/static/js/search.js": "js/search.js",
}


class Portal:
    """Answers the page, its files and the searches; keeps what was asked."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        self.asked: list[str] = []
        self.status = 200
        page.route(f"{PORTAL}/**", self._answer)
        page.goto(f"{PORTAL}/")

    def _answer(self, route: "Route") -> None:
        path = route.request.url.removeprefix(PORTAL).partition("?")[0]
        if path == "/search/options/":
            self._search(route)
        elif path in FILES:
            route.fulfill(path=Path(str(finders.find(FILES[path]))))
        else:
            actor = Actor(User(full_name="Person"), Principal.ORGANISATION, 1, Rank.OWNER, label="Works")
            header = render_to_string("components/header.html", {"menu": menu.menu_for(actor, "/"), "actor": actor})
            body = SHELL.format(header=header, dialog=render_to_string("search/dialog.html"))
            route.fulfill(body=body, content_type="text/html; charset=utf-8")

    def _search(self, route: "Route") -> None:
        assert route.request.headers["x-csrftoken"] == "token"
        typed = str((route.request.post_data_json or {})["q"])
        self.asked.append(typed)
        results = tuple(SearchResult(name, f"/found/{number}/") for number, name in enumerate(FOUND.get(typed, ())))
        groups = (ResultGroup("Organisations", results, False),) if results else ()
        found = SearchResults(parse(typed), groups)
        route.fulfill(
            status=self.status, body=render_to_string("search/options.html", {"found": found}), content_type="text/html"
        )

    # --- what the page says -----------------------------------------------------------------------

    @property
    def field(self) -> Any:
        return self.page.locator("#search-field")

    def open(self) -> None:
        self.page.keyboard.press("Control+k")
        self.page.get_by_role("combobox", name="Search the portal").wait_for()

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def active(self) -> str:
        """The text of the option that aria-activedescendant names; '' without one."""
        name = self.field.get_attribute("aria-activedescendant")
        if name is None:
            assert self.page.locator("[role=option][aria-selected=true]").count() == 0
            return ""
        option = self.page.locator(f"[id='{name}']")
        assert (option.get_attribute("role"), option.get_attribute("aria-selected")) == ("option", "true")
        assert self.page.locator("[role=option][aria-selected=true]").count() == 1
        return option.inner_text().strip()

    def is_expanded(self) -> bool:
        expanded = self.field.get_attribute("aria-expanded") == "true"
        assert self.page.get_by_role("listbox", name="Results").is_visible() == expanded
        return expanded

    def wait_for_options(self) -> None:
        self.page.get_by_role("listbox", name="Results").wait_for()

    def press(self, *keys: str) -> str:
        """Press these keys; the active option then."""
        for key in keys:
            self.page.keyboard.press(key)
        return self.active()

    def has_focus(self, selector: str) -> bool:
        return bool(self.page.evaluate("selector => document.activeElement.matches(selector)", selector))


@pytest.fixture
def portal(page: "Page") -> Portal:
    return Portal(page)


def test_the_button_says_that_it_opens_a_dialog_and_gets_the_focus_back(portal: Portal) -> None:
    button = portal.page.get_by_role("button", name="Search", exact=True)
    assert button.get_attribute("aria-haspopup") == "dialog"
    button.press("Enter")
    dialog = portal.page.get_by_role("dialog", name="Search the portal")
    assert dialog.is_visible()
    assert portal.has_focus("#search-field")
    assert not portal.is_expanded()
    portal.press("Escape")
    assert not dialog.is_visible()
    assert portal.has_focus("[data-search-open]")


def test_control_k_opens_it_from_a_field_and_gives_the_focus_back(portal: Portal) -> None:
    portal.page.focus("#elsewhere")
    portal.open()
    portal.open()  # a second time selects what is there
    assert portal.has_focus("#search-field")
    portal.press("Escape")
    assert portal.has_focus("#elsewhere")


def test_arrows_move_through_the_options_and_round(portal: Portal) -> None:
    portal.open()
    portal.type("kettle")
    portal.wait_for_options()
    assert portal.is_expanded()
    assert portal.active() == ""  # nothing is chosen by itself
    assert portal.press("ArrowDown") == "Kettle Works"
    assert portal.has_focus("#search-field")
    assert portal.press("ArrowDown") == "Kettle Works of the North"
    assert portal.press("ArrowDown") == "Show all results"
    assert portal.press("ArrowDown") == "Kettle Works"
    assert portal.press("ArrowUp") == "Show all results"
    for key in ("Home", "End", "ArrowLeft", "ArrowRight"):
        portal.press("ArrowDown")
        assert portal.press(key) == ""
    assert portal.press("ArrowUp") == "Show all results"


def test_home_and_end_move_the_cursor_in_the_text(portal: Portal) -> None:
    portal.open()
    portal.type("kettle")
    portal.wait_for_options()
    portal.press("ArrowDown", "Home")
    assert portal.field.evaluate("field => field.selectionStart") == 0
    portal.press("ArrowDown", "End")
    assert portal.field.evaluate("field => field.selectionStart") == len("kettle")


def test_escape_closes_the_list_then_the_dialog(portal: Portal) -> None:
    portal.open()
    portal.type("kettle")
    portal.wait_for_options()
    portal.press("ArrowDown", "Escape")
    assert not portal.is_expanded()
    assert portal.field.input_value() == "kettle"
    assert portal.press("ArrowDown") == "Kettle Works"  # opened again
    portal.press("Escape", "Escape")
    assert not portal.page.get_by_role("dialog").is_visible()


def test_enter_opens_the_active_option(portal: Portal) -> None:
    portal.open()
    portal.type("kettle")
    portal.wait_for_options()
    portal.press("ArrowDown", "ArrowDown")
    portal.page.keyboard.press("Enter")
    portal.page.wait_for_url(f"{PORTAL}/found/1/")


def test_enter_without_an_option_leads_to_the_page(portal: Portal) -> None:
    portal.open()
    portal.page.keyboard.press("Enter")  # nothing is typed: nothing happens
    portal.type("kettle")
    portal.page.keyboard.press("Enter")
    portal.page.wait_for_url(f"{PORTAL}/search/?q=kettle")


def test_typing_asks_once_and_forgets_the_option_chosen_before(portal: Portal) -> None:
    portal.open()
    portal.type("kettle")
    portal.wait_for_options()
    portal.press("ArrowDown")
    portal.page.keyboard.press("Control+a")
    portal.type("otter")
    assert portal.active() == ""
    portal.page.get_by_role("option", name="Glass Otter").wait_for()
    assert portal.asked == ["kettle", "otter"]
    assert portal.page.locator("[data-search-status]").inner_text() == "1 result"


def test_nothing_found_is_said_and_closes_the_list(portal: Portal) -> None:
    portal.open()
    portal.type("xqzvkw")
    portal.page.get_by_text("Nothing found.").wait_for()
    assert not portal.is_expanded()


@pytest.mark.parametrize(("status", "said"), [(401, "You are signed out."), (500, "The search did not answer.")])
def test_a_search_that_fails_is_told(portal: Portal, status: int, said: str) -> None:
    portal.status = status
    portal.open()
    portal.type("kettle")
    portal.page.get_by_text(said).wait_for()
    assert not portal.is_expanded()


def test_tab_stays_in_the_dialog(portal: Portal) -> None:
    portal.open()
    portal.press("Tab")
    assert portal.has_focus("[data-search-close]")
    portal.page.keyboard.press("Enter")
    assert not portal.page.get_by_role("dialog").is_visible()


@pytest.mark.parametrize("width", [375, 1280])
def test_it_fits_the_window(portal: Portal, width: int) -> None:
    portal.page.set_viewport_size({"width": width, "height": 700})
    portal.open()
    portal.type("kettle")
    portal.wait_for_options()
    box = portal.page.get_by_role("dialog").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
