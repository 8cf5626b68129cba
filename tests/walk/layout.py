"""How a page looks, measured in the browser: nothing wider than the window, no text cut, none over another."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_MEASURE = (Path(__file__).parent / "layout.js").read_text()
HEIGHT = 900
DESKTOP, PHONE = 1280, 375  # pixels wide


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands in its window, a sentence each."""
    found: list[str] = page.evaluate(_MEASURE)
    return found


def faults_at(page: Page, width: int) -> list[str]:
    """The same at another width; the window is as wide as before afterwards."""
    before: Any = page.viewport_size
    page.set_viewport_size({"width": width, "height": HEIGHT})
    try:
        return faults(page)
    finally:
        page.set_viewport_size(before)
