"""A form that was sent is not sent again by a second click."""

from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

COUNT = """() => {
  window.sent = 0;
  window.addEventListener("submit", (event) => {
    window.sent += event.defaultPrevented ? 0 : 1;
    event.preventDefault();
  });
}"""


@pytest.mark.parametrize(("method", "times"), [("post", 1), ("get", 2)])
def test_a_double_click_sends_a_form_that_changes_something_once(page: "Page", method: str, times: int) -> None:
    page.set_content(f'<form method="{method}"><button>Send</button></form>')
    page.add_script_tag(path=finders.find("js/layout.js"))
    page.evaluate(COUNT)
    page.dblclick("button")
    assert page.evaluate("window.sent") == times
