"""Lists by keyboard and the quick look beside them, in a browser against the running portal."""

from typing import TYPE_CHECKING

import pytest

from tests.a11y.page_checks import ALL_RULES, DESK, PHONE, RUN_AXE, axe

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.plugin.portal import RunningPortal

pytestmark = pytest.mark.browser

LISTS = ("exchanges", "visits", "payments", "matches", "profiles")
LINK = "td:not(.select-cell, .quick-look-cell) a"


class ListPage:
    """A list as a coordinator of the demo world has it before them."""

    def __init__(self, page: "Page", address: str) -> None:
        self.page = page
        self.address = address
        page.goto(f"{address}/account/login/")
        page.locator("#id_login").fill("coordinator@demo.example")
        page.locator("#id_password").fill("demo")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/login/" not in url)

    def open(self, name: str = "exchanges") -> None:
        self.page.goto(f"{self.address}/{name}/")

    def row(self, number: int) -> "Locator":
        return self.page.locator(".listing > tbody > tr").nth(number)

    def button(self, number: int) -> "Locator":
        return self.row(number).locator("[data-quick-look]")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def has_focus(self, what: "Locator") -> bool:
        return bool(what.evaluate("element => element === document.activeElement"))

    # --- the panel --------------------------------------------------------------------------------

    @property
    def panel(self) -> "Locator":
        return self.page.locator("#quick-look")

    def wait_for_content(self, number: int) -> None:
        """Until the panel shows this row."""
        self.panel.get_by_text(f"Row {number + 1} of ").wait_for()
        self.panel.locator(".quick-look-body:not([aria-busy]) > *").first.wait_for()
        assert self.panel.locator("h1").inner_text() == self.button(number).get_attribute("data-name")


@pytest.fixture
def shown(running_portal: "RunningPortal", page: "Page") -> ListPage:
    page.set_viewport_size({"width": DESK[0], "height": 800})
    page.emulate_media(reduced_motion="reduce")
    opened = ListPage(page, running_portal.address)
    opened.open()
    return opened


def test_keys_walk_through_the_rows_while_the_focus_is_in_the_table(shown: ListPage) -> None:
    first, second = shown.row(0).locator(LINK).first, shown.row(1).locator(LINK).first
    box = shown.row(1).locator("input[name=row]")
    shown.page.locator("#main").focus()
    shown.press("j", "x", "ArrowDown")
    assert shown.has_focus(shown.page.locator("#main"))
    assert shown.page.locator("input[name=row]:checked").count() == 0
    first.focus()
    for down, up in (("ArrowDown", "ArrowUp"), ("j", "k")):
        shown.press(down)
        assert shown.has_focus(second)
        shown.press(up)
        assert shown.has_focus(first)
    shown.press("j", "x")
    assert box.is_checked()
    shown.press("x")
    assert not box.is_checked()
    shown.press("ArrowLeft")
    assert shown.has_focus(shown.button(1))
    shown.press("ArrowLeft", "Space")
    assert box.is_checked()
    address = str(second.get_attribute("href"))
    shown.press("ArrowRight", "ArrowRight", "ArrowRight", "Enter")  # a cell without a link
    shown.page.wait_for_url(f"**{address}")


def test_the_panel_shows_row_after_row_and_gives_the_focus_back(shown: ListPage) -> None:
    shown.button(0).click()
    shown.wait_for_content(0)
    assert shown.has_focus(shown.panel.locator("h1"))
    assert "What comes next" in shown.panel.inner_text()
    for keys, number in ((["ArrowDown"], 1), (["j"], 2), (["ArrowUp"], 1), (["k", "k"], 0)):
        shown.press(*keys)
        shown.wait_for_content(number)
    shown.panel.get_by_role("button", name="Next row").click()
    shown.wait_for_content(1)
    scrolled = shown.page.evaluate("window.scrollY")
    shown.press("Escape")
    assert not shown.panel.is_visible()
    assert shown.has_focus(shown.button(1))
    assert shown.page.evaluate("window.scrollY") == scrolled
    shown.press("ArrowDown", "Enter")  # from button to button
    shown.wait_for_content(2)
    address = str(shown.button(2).get_attribute("data-quick-look"))
    shown.panel.get_by_role("link", name="Open the page").click()
    shown.page.wait_for_url(f"**{address}")


def test_the_space_bar_opens_it_from_the_rows_link(shown: ListPage) -> None:
    shown.row(1).locator(LINK).first.focus()
    shown.press("Space")
    shown.wait_for_content(1)


def test_whoever_is_signed_out_meanwhile_is_told(shown: ListPage) -> None:
    shown.page.context.clear_cookies()
    shown.button(0).click()
    shown.panel.get_by_text("This could not be shown here.").wait_for()


@pytest.mark.parametrize("name", LISTS)
def test_it_is_fit_for_everybody(shown: ListPage, name: str) -> None:
    shown.open(name)
    shown.button(0).click()
    shown.wait_for_content(0)
    shown.page.evaluate(axe())
    assert shown.page.evaluate(RUN_AXE, ALL_RULES) == []
    shown.page.emulate_media(color_scheme="dark")
    assert shown.page.evaluate(RUN_AXE, ALL_RULES) == []
    assert shown.panel.evaluate("panel => panel.scrollWidth - panel.clientWidth") <= 0


def test_on_a_phone_and_without_scripts_the_link_alone_leads_on(shown: ListPage) -> None:
    shown.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert shown.row(0).locator(LINK).first.is_visible()
    assert not shown.button(0).is_visible()
    browser = shown.page.context.browser
    assert browser is not None
    without = browser.new_context(
        java_script_enabled=False,
        viewport={"width": DESK[0], "height": DESK[1]},
        storage_state=shown.page.context.storage_state(),
    )
    page = without.new_page()
    page.goto(f"{shown.address}/exchanges/")
    assert page.locator(f".listing > tbody > tr {LINK}").first.is_visible()
    assert page.locator("[data-quick-look]").first.is_hidden()
    without.close()
