"""Main and public pages by Lighthouse, and the HTML of every page by the Nu checker. Needs npm and Java.

Both come by npm into the portal's own folder when first asked for, in the versions named in `benchmarks/web/tools.py`.
LIGHTHOUSE_RUNS=1 measures each page once instead of five times; 0 asks the Nu checker only, which reads the pages in
German too.
"""

import json
import os
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.web import lighthouse, nu
from tests.a11y import surveyed_portal
from tests.a11y.page_checks import MOST_BYTES
from tests.a11y.page_selection import fullest, main_and_public_pages
from tests.a11y.survey_result import Survey, SurveyedPage
from tests.plugin.portal import RunningPortal

# Beside the main and the public ones: (name of the view, who).
MORE = (("best-matches", "visitor"), ("funnel", "coordinator"))
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}


def main(json_path: str | None = None) -> int:
    """0 when every page has its points and is light, and all HTML is valid.

    JSON: at (UTC), runs, pages (name to the four medians, bytes, and what cost points), html and german_html (pages,
    errors, warnings), seconds, load.
    """
    began = time.monotonic()
    runs = int(os.environ.get("LIGHTHOUSE_RUNS", "5"))
    with surveyed_portal.surveyed() as (portal, folder):
        survey = Survey.read(folder)
        html = nu.check(survey, folder)
        pages = _measured(portal, survey, folder, runs) if runs else {}
        german_html = _german_html(portal)
    result = {
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        "runs": runs,
        "pages": pages,
        "html": html,
        "german_html": german_html,
        "seconds": round(time.monotonic() - began),
        "load": [round(load, 1) for load in os.getloadavg()],
    }
    for language, found in (("English", html), ("German", german_html)):
        print(*(f"{one['page']}: {one['said']}" for one in found["errors"]), sep="\n")
        print(f"Nu, {language}: {found['pages']} pages, {len(found['errors'])} errors, {found['warnings']} warnings")
    if json_path:
        Path(json_path).write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    return 0 if all(map(_is_fit, pages.values())) and not html["errors"] and not german_html["errors"] else 1


def _measured(portal: RunningPortal, survey: Survey, folder: Path, runs: int) -> dict[str, dict[str, Any]]:
    """What Lighthouse found of each page, printed meanwhile."""
    found: dict[str, dict[str, Any]] = {}
    for page in _chosen(survey, folder):
        found[f"{page.name} ({page.role})"] = one = lighthouse.measure(portal.address, page, survey, runs)
        points = (f"{name} {one['median'][name]}" for name in LEAST)
        print(f"{page.name:16}", *points, f"{one['bytes'] / 1000:.0f} kB", *one["lost"], flush=True)
    return found


def _chosen(survey: Survey, folder: Path) -> list[SurveyedPage]:
    return main_and_public_pages(survey, folder) + [fullest(survey, name, role) for name, role in MORE]


def _german_html(portal: RunningPortal) -> dict[str, Any]:
    """What the Nu checker says of all pages in German; the people of the demo world keep that language."""
    with tempfile.TemporaryDirectory() as made:
        surveyed_portal.run_survey(portal, Path(made), whole=True, language="de")
        return nu.check(Survey.read(Path(made)), Path(made))


def _is_fit(found: dict[str, Any]) -> bool:
    return found["bytes"] <= MOST_BYTES and all(found["median"][name] >= least for name, least in LEAST.items())
