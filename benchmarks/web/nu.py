"""The Nu HTML checker over the pages that the survey kept."""

import json
import subprocess
from pathlib import Path
from typing import Any

from benchmarks.web.tools import installed
from tests.a11y.survey_result import Survey


def check(survey: Survey, folder: Path) -> dict[str, Any]:
    """pages, errors (page and sentence), warnings (how many). One Java process for all pages."""
    jar = installed("vnu-jar") / "build" / "dist" / "vnu.jar"
    command = [
        "java",
        "-Xss4m",
        "-jar",
        str(jar),
        "--format",
        "json",
        "--exit-zero-always",
        "--skip-non-html",
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(done.stderr or done.stdout)["messages"]
    pages = {page.html: f"{page.name} ({page.template}, {page.role})" for page in survey.pages}
    errors = [
        {"page": pages[Path(one["url"]).name], "said": f"{one['message']} {one.get('extract', '')!r}"}
        for one in messages
        if one["type"] == "error"
    ]
    once = {(one["page"], one["said"]): one for one in errors}
    return {"pages": len(pages), "errors": list(once.values()), "warnings": len(messages) - len(errors)}
