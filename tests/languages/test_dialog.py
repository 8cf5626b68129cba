"""The dialog of the languages in a browser: opened by its buttons, by keyboard, and given up without a choice."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

PORTAL = "http://portal.test/"
SHEETS = ("js-lib-bootstrap5/css/bootstrap.min.css", "css/theme.css", "css/components.css", "css/layout.css")
SHELL = '<!DOCTYPE html><html lang="fr"><head><title>Test</title></head><body>{parts}</body></html>'


@pytest.fixture
def shown(page: "Page") -> "Page":
    """A page of the button and the dialog in French, with the portal's style and script; its forms lead nowhere."""
    context = {"request": RequestFactory().get("/partnerships/?page=2")}
    with translation.override("fr"):
        parts = [render_to_string(f"components/language_{part}.html", context) for part in ("button", "dialog")]

    def answer(route: "Route") -> None:
        route.fulfill(body=SHELL.format(parts="".join(parts)), content_type="text/html; charset=utf-8")

    page.route(f"{PORTAL}**", answer)
    page.goto(PORTAL)
    for sheet in SHEETS:
        page.add_style_tag(path=finders.find(sheet))
    page.add_script_tag(path=Path(str(finders.find("js/layout.js"))))
    return page


def test_the_button_opens_the_languages_in_their_own_names_and_gets_the_focus_back(shown: "Page") -> None:
    button, dialog = shown.get_by_role("button", name="Langue: Français"), shown.get_by_role("dialog", name="Langue")
    assert not dialog.is_visible()
    button.focus()
    shown.keyboard.press("Enter")
    assert dialog.is_visible()
    assert dialog.locator("li [lang]").all_inner_texts() == [name for _code, name in settings.LANGUAGES]
    assert shown.evaluate("document.activeElement.innerText.trim()") == "Français", "The focus is on the present one."
    shown.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert button.evaluate("button => button === document.activeElement")


def test_a_choice_is_sent_with_the_address_to_come_back_to(shown: "Page") -> None:
    shown.get_by_role("button", name="Langue: Français").click()
    with shown.expect_request(f"{PORTAL}language/") as sent:
        shown.get_by_role("button", name="English").click()
    assert sent.value.method == "POST"
    assert "next=%2Fpartnerships%2F%3Fpage%3D2&language=en-gb" in str(sent.value.post_data)


def test_without_its_script_the_button_leads_to_the_page_of_the_languages(page: "Page") -> None:
    button = render_to_string("components/language_button.html", {"request": RequestFactory().get("/faq/")})
    page.route(f"{PORTAL}**", lambda route: route.fulfill(body=SHELL.format(parts=button), content_type="text/html"))
    page.goto(PORTAL)
    page.get_by_role("button").click()
    assert page.url == f"{PORTAL}language/?next=%2Ffaq%2F"
