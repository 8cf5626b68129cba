"""Templates carry no script or style of their own: the Content-Security-Policy refuses both. No line is over 120."""

import re
from collections.abc import Iterator

from checks.source import ROOT, Fault

RULES = {
    r"<script(?![^>]*\bsrc=)": "a script without src",
    r"<style\b": "a style element",
    r"\sstyle\s*=\s*[\"']": "a style attribute",
    r"<[^>]*\son[a-z]+\s*=\s*[\"']": "an event handler in an attribute",
    r"\bhx-on\b|\bhx-vals\s*=\s*[\"']js:": "htmx evaluating code",
    r"(?<!data-)\bhx-[a-z-]+\s*=": "an attribute hx-…: spelled data-hx-… it is valid HTML",
    r"\bhref\s*=\s*[\"']javascript:": "a javascript: address",
    r"{%\s*now\b": "{% now %}: time comes from cxc.clock",
    r"(?:src|href)\s*=\s*[\"'](?:https?:)?//[^\"']*\.(?:js|css)\b": "a file from another server",
}

LONGEST_LINE = 120


def check() -> Iterator[Fault]:
    """Faults of all HTML templates."""
    for path in sorted(ROOT.rglob("templates/**/*.html")):
        relative = str(path.relative_to(ROOT))
        if not relative.startswith("."):
            yield from check_text(relative, path.read_text())


def check_text(path: str, text: str) -> Iterator[Fault]:
    """Faults of one template."""
    for pattern, what in RULES.items():
        for found in re.finditer(pattern, text, re.IGNORECASE):
            yield Fault(path, text.count("\n", 0, found.start()) + 1, what)
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            yield Fault(path, number, f"a line of {len(line)} characters; at most {LONGEST_LINE}")
