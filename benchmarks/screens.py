"""Pictures of the main pages of the demo world, into docs/screens/ with a page that shows them all.

1280 and 375 wide, some in the dark too. ONLY=to-do,home takes these alone and leaves the others as they are.
"""

import io
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from launch import system
from launch.paths import ROOT
from tests.a11y import surveyed_portal
from tests.a11y.page_checks import DESK, PHONE, window
from tests.a11y.page_selection import fullest
from tests.a11y.survey_result import NOBODY, ROLES, Survey
from tests.plugin.fixtures import CHROMIUM_OPTIONS

FOLDER = ROOT / "docs" / "screens"
COLOURS = 96
# A page that is longer is cut there: what is below says nothing more of its looks. Pixels.
TALLEST = {DESK: 1800, PHONE: 2200}


class Picture(NamedTuple):
    """`view` is the name in the resolver; of several pages of that view the fullest that has `holding` in its HTML."""

    file: str
    view: str
    role: str
    said: str
    dark: bool = False
    holding: str = ""


PICTURES = (
    Picture("home", "home", NOBODY, "Home", dark=True),
    Picture("how-it-works", "how-it-works", NOBODY, "How it works"),
    Picture("eligibility", "eligibility", NOBODY, "May we take part? A question of the check"),
    Picture("host-map", "host-map", NOBODY, "Map of hosts", dark=True),
    Picture("partnerships", "partnerships", NOBODY, "Partnerships"),
    Picture("statistics", "statistics", NOBODY, "Statistics", dark=True),
    Picture("faq", "faq", NOBODY, "Questions and answers"),
    Picture("help", "help", NOBODY, "Asking for help"),
    Picture("sign-in", "account_login", NOBODY, "Sign in, with the people of the demo world"),
    Picture("to-do", "todo", "visitor", "To-do", dark=True),
    Picture("profile-step", "profile-step", "visitor", "A step of a profile"),
    Picture("catalogue", "catalogue", "visitor", "Catalogue"),
    Picture("best-matches", "best-matches", "visitor", "Best matches"),
    Picture("match", "match", "visitor", "A match"),
    Picture("exchange", "exchange", "visitor", "An exchange", dark=True, holding="next-steps"),
    Picture("settings", "me", "visitor", "My settings"),
    Picture("visit", "visit", "host", "A visit"),
    Picture("agenda", "agenda_edit", "host", "Agenda"),
    Picture("coordinator-to-do", "todo", "coordinator", "A coordinator's first page"),
    Picture("dashboard", "dashboard", "coordinator", "Dashboard of a Partnership", dark=True),
    Picture("review", "profiles-review", "coordinator", "Profiles to accept"),
    Picture("bench", "bench", "coordinator", "Matches to make"),
    Picture("plan", "plan", "coordinator", "Many matches at once: a draft to edit"),
    Picture("question", "help-request", "coordinator", "A question with what it is about"),
    Picture("exchanges", "exchanges", "coordinator", "Exchanges"),
    Picture("validation", "validation", "support", "What waits for validation"),
)


def main(json_path: str | None = None) -> int:
    """Writes the pictures and their page. JSON: files with their bytes, total, load."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = _wanted()
    with surveyed_portal.surveyed() as (portal, folder):
        _take(portal.address, folder, wanted)
    _sweep()
    (FOLDER / "README.md").write_text(_index())
    sizes = {path.name: path.stat().st_size for path in sorted(FOLDER.glob("*.png"))}
    result = {"files": sizes, "total": sum(sizes.values()), "load": os.getloadavg()[0]}
    print(f"{len(sizes)} pictures, {result['total']:,} bytes, in {FOLDER}")
    if json_path:
        Path(json_path).write_text(json.dumps(result, indent=2) + "\n")
    return 0


def _wanted() -> list[Picture]:
    only = [name for name in os.environ.get("ONLY", "").split(",") if name]
    return [one for one in PICTURES if not only or one.file in only]


def _names(one: Picture) -> list[tuple[str, Any, tuple[int, int]]]:
    """File, scheme of colours and size of each picture of a page."""
    schemes = ("light", "dark") if one.dark else ("light",)
    return [(f"{one.file}-{size[0]}-{scheme}.png", scheme, size) for scheme in schemes for size in (DESK, PHONE)]


def _take(address: str, folder: Path, wanted: list[Picture]) -> None:
    from playwright.sync_api import sync_playwright

    survey = Survey.read(folder)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system.chromium(), args=CHROMIUM_OPTIONS)
        for role in ROLES:
            with window(browser, address, role, survey.cookies) as opened:
                for one in (one for one in wanted if one.role == role):
                    path = _page(survey, folder, one)
                    for name, scheme, (width, height) in _names(one):
                        opened.page.emulate_media(color_scheme=scheme)
                        opened.page.set_viewport_size({"width": width, "height": height})
                        # Opened anew: what unfolds by itself follows the width.
                        opened.page.goto(address + path)
                        tall = opened.page.evaluate("document.documentElement.scrollHeight")
                        # A window as tall as the picture: what sticks to its edge stands at the end, not over the rest.
                        opened.page.set_viewport_size({"width": width, "height": min(tall, TALLEST[width, height])})
                        _keep(opened.page.screenshot(), name)
        browser.close()


def _page(survey: Survey, folder: Path, one: Picture) -> str:
    """Its address."""
    pages = [page for page in survey.pages if page.name == one.view]
    fit = [page for page in pages if one.holding in (folder / page.html).read_text()]
    return fullest(Survey(pages=fit), one.view, one.role).address


def _keep(png: bytes, name: str) -> None:
    """With few colours, which takes a quarter of the bytes."""
    from PIL import Image

    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / name, optimize=True)


def _sweep() -> None:
    """Pictures that are in the list no more."""
    known = {name for one in PICTURES for name, _scheme, _size in _names(one)}
    for path in FOLDER.glob("*.png"):
        if path.name not in known:
            path.unlink()


def _index() -> str:
    """The page that shows the pictures, by who sees them."""
    today = datetime.now(UTC)
    lines = [
        "# Screens",
        "",
        f"Main pages of the demo world on {today.day} {today:%B %Y}, 1280 and 375 wide, some in the dark too.",
        "Long pages are cut. `./portal bench screens` takes them all anew and writes this page.",
    ]
    for role in ROLES:
        shown = [one for one in PICTURES if one.role == role]
        lines += ["", f"## {_who(role)}"] if shown else []
        for one in shown:
            lines += ["", f"### {one.said}", *(_shown(name, one.said, size) for name, _scheme, size in _names(one))]
    return "\n".join(lines) + "\n"


def _who(role: str) -> str:
    return "Everybody" if role == NOBODY else role.capitalize()


def _shown(name: str, said: str, size: tuple[int, int]) -> str:
    """Small beside each other; each leads to the picture in full."""
    words = f"{said}, {size[0]} wide{', dark' if 'dark' in name else ''}"
    return f'<a href="{name}"><img src="{name}" alt="{words}" width="{size[0] * 2 // 5}"></a>'
