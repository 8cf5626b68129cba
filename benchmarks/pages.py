"""The ten main pages by Lighthouse, and the HTML of every page by the Nu checker. Needs npm and Java.

Both come by npm into the portal's own folder when first asked for, in the versions named in `benchmarks/web/tools.py`.
LIGHTHOUSE_RUNS=1 measures each page once instead of five times; 0 asks the Nu checker only.
"""

import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.web import lighthouse, nu
from tests.a11y import surveyed_portal
from tests.a11y.page_selection import main_pages
from tests.a11y.survey_result import Survey

LEAST = {"performance": 90, "accessibility": 100, "best-practices": 100, "seo": 100}


def main(json_path: str | None = None) -> int:
    """0 when every page has its points and all HTML is valid.

    JSON: at (UTC), runs, pages (name to the four medians, and what cost points), html (pages, errors, warnings),
    seconds, load.
    """
    began = time.monotonic()
    runs = int(os.environ.get("LIGHTHOUSE_RUNS", "5"))
    with surveyed_portal.surveyed() as (portal, folder):
        survey = Survey.read(folder)
        html = nu.check(survey, folder)
        pages: dict[str, Any] = {}
        for page in main_pages(survey) if runs else []:
            pages[f"{page.name} ({page.role})"] = found = lighthouse.measure(portal.address, page, survey, runs)
            print(f"{page.name:16}", *(f"{name} {found['median'][name]}" for name in LEAST), *found["lost"], flush=True)
    result = {
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        "runs": runs,
        "pages": pages,
        "html": html,
        "seconds": round(time.monotonic() - began),
        "load": [round(load, 1) for load in os.getloadavg()],
    }
    print(*(f"{one['page']}: {one['said']}" for one in html["errors"]), sep="\n")
    print(f"Nu: {html['pages']} pages, {len(html['errors'])} errors, {html['warnings']} warnings")
    if json_path:
        Path(json_path).write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    fit = all(found["median"][name] >= least for found in pages.values() for name, least in LEAST.items())
    return 0 if fit and not html["errors"] else 1
