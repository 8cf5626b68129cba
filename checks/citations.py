"""Docstrings and comments that name a rule name a page of the docs, and a section of it that exists.

`Rule: docs/rules.md, Places.` names one section; `Rule: docs/rules.md, Places; Matches; docs/help.md.` names several. A
citation ends with a full stop.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from checks.source import PACKAGES, ROOT, Fault

FOLDERS = (*PACKAGES, "launch", "checks", "benchmarks", "tests", "tools")
# What the rule's own module and test write out as examples.
NOT_CHECKED = ("checks/citations.py", "tests/checks/test_citations.py")
CITATION = re.compile(r"\bRule: (.+?)(?:\.(?!\w)|\"\"\"|$)", re.DOTALL)
LINE_BREAK = re.compile(r"\s*\n\s*(?:#\s*)?")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
PAGE = re.compile(r"docs/[\w-]+\.md")


def check() -> Iterator[Fault]:
    """Faults of every Python file of the project."""
    for path in sorted(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")):
        name = str(path.relative_to(ROOT))
        if name not in NOT_CHECKED and "/migrations/" not in name:
            yield from check_text(name, path.read_text())


def check_text(path: str, text: str) -> Iterator[Fault]:
    """Faults of one file's text."""
    for found in CITATION.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        for fault in _faults(LINE_BREAK.sub(" ", found[1])):
            yield Fault(path, line, fault)


def _faults(citation: str) -> Iterator[str]:
    page = ""
    for part in citation.split(";"):
        named, _comma, section = part.strip().partition(", ")
        if PAGE.fullmatch(named):
            page = named
        else:
            section = part.strip()
        if not page:
            yield f"a rule names a page of the docs, as docs/rules.md: {citation}"
            return
        yield from _missing(page, section)


def _missing(page: str, section: str) -> Iterator[str]:
    if not (ROOT / page).is_file():
        yield f"there is no {page}"
    elif section and section not in headings(ROOT / page):
        yield f"{page} has no section “{section}”"


@cache
def headings(page: Path) -> frozenset[str]:
    """The headings of a page, without their marks."""
    return frozenset(HEADING.findall(page.read_text()))
