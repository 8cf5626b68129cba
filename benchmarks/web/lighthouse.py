"""Lighthouse with the tests' Chromium, as it comes: a phone of middling speed on a slow line, both worked out."""

import json
import os
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.web.tools import installed
from launch import system
from launch.paths import UserError
from tests.a11y.survey_result import NOBODY, Survey, SurveyedPage
from tests.plugin.fixtures import CHROMIUM_OPTIONS

# How often a run is begun until it is a run.
TRIES = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def measure(address: str, page: SurveyedPage, survey: Survey, runs: int) -> dict[str, Any]:
    """median (category to points), bytes (of the first load), each (every run), lost (what cost points last)."""
    reports = [_asked(address + page.address, survey.cookies.get(page.role), page) for _run in range(runs)]
    points = [{name: round(one["categories"][name]["score"] * 100) for name in CATEGORIES} for one in reports]
    return {
        "median": {name: int(median(one[name] for one in points)) for name in CATEGORIES},
        "bytes": round(reports[-1]["audits"]["total-byte-weight"]["numericValue"]),
        "each": points,
        "lost": _lost(reports[-1]),
    }


def _asked(url: str, cookie: str | None, page: SurveyedPage) -> dict[str, Any]:
    """A run that failed is done again, a busy machine is no fault of the page; UserError with its words."""
    said = ""
    for _try in range(TRIES):
        report, said = _report(url, cookie, page)
        if report and "runtimeError" not in report and all(one["score"] is not None for one in _categories(report)):
            return report
    raise UserError(f"Lighthouse could not measure {url}: {said[-2000:]}")


def _categories(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [report["categories"][name] for name in CATEGORIES]


def _report(url: str, cookie: str | None, page: SurveyedPage) -> tuple[dict[str, Any] | None, str]:
    with tempfile.TemporaryDirectory() as made:
        headers, report = Path(made) / "headers.json", Path(made) / "report.json"
        headers.write_text(json.dumps({} if page.role == NOBODY else {"Cookie": f"sessionid={cookie}"}))
        script = installed("lighthouse") / "cli" / "index.js"
        options = [
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={' '.join(['--headless=new', *CHROMIUM_OPTIONS])}",
            f"--extra-headers={headers}",
            "--output=json",
            f"--output-path={report}",
            "--quiet",
        ]
        env = os.environ | {"CHROME_PATH": system.chromium() or "", "CI": "1"}
        done = subprocess.run(
            ["node", str(script), url, *options], env=env, check=False, capture_output=True, text=True
        )
        return (json.loads(report.read_text()) if report.exists() else None), done.stderr


def _lost(report: dict[str, Any]) -> list[str]:
    """The audits below their best that weigh in a category, performance's only where it is below 100."""
    return sorted(
        f"{name}/{one['id']}"
        for name in CATEGORIES
        for one in report["categories"][name]["auditRefs"]
        if one["weight"] and (score := report["audits"][one["id"]]["score"]) is not None and score < 0.9
    )
