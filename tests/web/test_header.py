"""The header stands in one row, or behind its button, whatever the width, the language and the names."""

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from cxc.access.scoped import NOBODY, Actor, Principal, Rank
from cxc.web import menu
from profiles.models import User

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LONG = "Österreichisch-Ungarische Gesellschaft für Lebensmitteltechnologie und Verpackung"
SHEETS = ("js-lib-bootstrap5/css/bootstrap.min.css", "css/theme.css", "css/components.css", "css/layout.css")
ROW = 75  # pixels: one row of words with the line beneath
WIDTHS = (375, 768, 992, 1050, 1100, 1199, 1279, 1280, 1400, 1500)
MEASURE = """() => {
  const bar = document.querySelector('.site-bar').getBoundingClientRect();
  return [bar.height, document.documentElement.scrollWidth - document.documentElement.clientWidth];
}"""


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("body", [None, Principal.ORGANISATION, Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE])
def test_the_header_keeps_to_one_row_with_long_names(page: "Page", body: Principal | None, language: str) -> None:
    person = User(full_name=LONG, email="a@a.example")
    actor = Actor(person, body, 1, Rank.OWNER, label=LONG) if body else NOBODY
    with translation.override(language):
        page.set_content(
            render_to_string("components/header.html", {"menu": menu.menu_for(actor, "/"), "actor": actor})
        )
    for sheet in SHEETS:
        page.add_style_tag(path=finders.find(sheet))
    wrong = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        height, over = page.evaluate(MEASURE)
        if height > ROW or over > 0:
            wrong[width] = (height, over)
    assert wrong == {}
