"""axe on every page as everybody who gets it, in light and dark, 1280 and 375 wide."""

import json
import os
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from launch import system
from tests.a11y import surveyed_portal
from tests.a11y.page_checks import window, without_exceptions
from tests.a11y.page_selection import one_a_role
from tests.a11y.survey_result import ROLES, Survey, SurveyedPage
from tests.plugin.fixtures import CHROMIUM_OPTIONS

WAYS = 4  # light and dark, 1280 and 375 wide
SHOWN = 5  # of one page's faults while it runs; the JSON has them all


def main(json_path: str | None = None) -> int:
    """0 when nothing was found.

    JSON: at (UTC), pages, views (page × way), found (page to sentences), rules (how often each), seconds, load.
    """
    began = time.monotonic()
    with surveyed_portal.surveyed() as (portal, folder):
        survey = Survey.read(folder)
        pages = one_a_role(survey)
        wrong = _judge(portal.address, survey, pages)
    result = {
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        "pages": len(pages),
        "views": len(pages) * WAYS,
        "rules": Counter(one.partition(":")[0] for said in wrong.values() for one in said),
        "found": wrong,
        "seconds": round(time.monotonic() - began),
        "load": [round(load, 1) for load in os.getloadavg()],
    }
    print(json.dumps({**result, "found": len(wrong)}, indent=1))
    if json_path:
        Path(json_path).write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    return 1 if wrong else 0


def _judge(address: str, survey: Survey, pages: list[SurveyedPage]) -> dict[str, list[str]]:
    from playwright.sync_api import sync_playwright

    wrong: dict[str, list[str]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system.chromium(), args=CHROMIUM_OPTIONS)
        for role in ROLES:
            with window(browser, address, role, survey.cookies) as opened:
                for page in (one for one in pages if one.role == role):
                    if left := without_exceptions(page, opened.judge(page, every_way=True)):
                        wrong[f"{page.name} ({page.template}, {role}, {page.address})"] = left
                        more = [f"and {len(left) - SHOWN} more"] if len(left) > SHOWN else []
                        print(page.name, role, page.address, *left[:SHOWN], *more, sep="\n  ", flush=True)
        browser.close()
    return wrong
