"""Pictures of the main pages of the demo world, into docs/screens/: 1280 and 375 wide, a few in the dark."""

import io
import json
import os
from pathlib import Path

from launch import system
from launch.paths import ROOT
from launch.pytest_plugin import CHROMIUM_OPTIONS
from tests.a11y import portals
from tests.a11y.choosing import fullest
from tests.a11y.found import NOBODY, ROLES, Survey
from tests.a11y.looking import DESK, PHONE, window

FOLDER = ROOT / "docs" / "screens"
COLOURS = 128
# A page that is longer is cut there: what is below says nothing more of its looks. Pixels.
TALLEST = 2600
# (file, name of the view, who)
PICTURES = (
    ("home", "home", NOBODY),
    ("partnerships", "partnerships", NOBODY),
    ("statistics", "statistics", NOBODY),
    ("sign-in", "account_login", NOBODY),
    ("to-do", "todo", "visitor"),
    ("catalogue", "catalogue", "visitor"),
    ("best-matches", "best-matches", "visitor"),
    ("profile-step", "profile-step", "visitor"),
    ("exchange", "exchange", "visitor"),
    ("report", "report_edit", "visitor"),
    ("visit", "visit", "host"),
    ("agenda", "agenda_edit", "host"),
    ("bench", "bench", "coordinator"),
    ("exchanges", "exchanges", "coordinator"),
    ("review", "profiles-review", "coordinator"),
    ("validation", "validation", "support"),
)
IN_THE_DARK = ("home", "to-do", "exchange", "statistics")


def main(json_path: str | None = None) -> int:
    """Writes the pictures; 1 when a page was not to be had. JSON: files with their bytes, total."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with portals.surveyed() as (portal, folder):
        _take(portal.address, Survey.read(folder))
    sizes = {path.name: path.stat().st_size for path in sorted(FOLDER.glob("*.png"))}
    result = {"files": sizes, "total": sum(sizes.values()), "load": os.getloadavg()[0]}
    print(f"{len(sizes)} pictures, {result['total']:,} bytes, in {FOLDER}")
    if json_path:
        Path(json_path).write_text(json.dumps(result, indent=2) + "\n")
    return 0


def _take(address: str, survey: Survey) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system.chromium(), args=CHROMIUM_OPTIONS)
        for role in ROLES:
            with window(browser, address, role, survey.cookies) as opened:
                for file, name, _role in (one for one in PICTURES if one[2] == role):
                    opened.page.goto(address + fullest(survey, name, role).address)
                    for scheme in ("light", "dark") if file in IN_THE_DARK else ("light",):
                        for width, height in (DESK, PHONE):
                            opened.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                            opened.page.set_viewport_size({"width": width, "height": height})
                            _keep(opened.page.screenshot(full_page=True), f"{file}-{width}-{scheme}.png")
        browser.close()


def _keep(png: bytes, name: str) -> None:
    """With few colours, which takes a quarter of the bytes."""
    from PIL import Image

    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, TALLEST)))
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / name, optimize=True)
