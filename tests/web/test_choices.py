"""Boxes and radio buttons look chosen only when they are: in both themes, and where the system names the colours."""

from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

NOTHING_CHOSEN, CHOSEN = {"radio": "open-1", "checkbox": "open-box"}, {"radio": "on", "checkbox": "on-box"}
FIELDS = """
<form><input class="form-check-input" type="radio" name="open" id="open-1">
<input class="form-check-input" type="radio" name="open" id="open-2">
<input class="form-check-input" type="checkbox" id="open-box">
<input class="form-check-input" type="radio" name="given" id="on" checked>
<input class="form-check-input" type="radio" name="given" id="off">
<input class="form-check-input" type="checkbox" id="on-box" checked></form>
"""
LOOK = """element => {
  const style = getComputedStyle(element);
  return [style.backgroundColor, style.backgroundImage, style.appearance];
}"""


def _look(page: "Page", name: str) -> list[str]:
    look: list[str] = page.locator(f"#{name}").evaluate(LOOK)
    return look


def _show(page: "Page") -> None:
    page.set_content(FIELDS)
    for sheet in ("js-lib-bootstrap5/css/bootstrap.min.css", "css/theme.css", "css/components.css", "css/public.css"):
        page.add_style_tag(path=finders.find(sheet))


def test_a_radio_group_without_a_choice_is_painted_as_one_without(page: "Page") -> None:
    _show(page)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert _look(page, "open-1") == _look(page, "open-2") == _look(page, "off")
        for kind, name in CHOSEN.items():
            assert _look(page, name) != _look(page, NOTHING_CHOSEN[kind])


def test_where_the_system_names_the_colours_its_own_controls_show_the_choice(page: "Page") -> None:
    _show(page)
    page.emulate_media(forced_colors="active")
    assert [_look(page, name)[1:] for name in ("open-1", "on", "on-box")] == [["none", "auto"]] * 3
