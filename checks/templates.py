"""Templates carry no script or style of their own: the Content-Security-Policy refuses both. None is empty, and no
line is over 120.

Between two blocks the formatter puts a line break, which the browser shows as a blank; before a comma nobody wants one.
Inside of `<span>…</span>` it leaves what stands there.
"""

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

_WITHOUT_WORDS = r"{%\s*(?:if|elif|else|endif|for|empty|endfor|with|endwith|blocktranslate)\b(?:[^%]|%(?!}))*%}"
BLANK_BEFORE = re.compile(rf"({{%[^%]*%}})?(?<![\s,;])\s+(?:{_WITHOUT_WORDS}\s*)*[,;:.?!)](?=[\s<{{])")
"""A blank and a punctuation mark with nothing shown between them, unless a comma goes before; group 1: a tag before."""
SHOWN_AS_TYPED = re.compile(r"<[^<>]*\btext-pre\b[^<>]*>\s")


def check() -> Iterator[Fault]:
    """Faults of all HTML templates."""
    for path in sorted(ROOT.rglob("templates/**/*.html")):
        relative = str(path.relative_to(ROOT))
        if not relative.startswith("."):
            yield from check_text(relative, path.read_text())


def check_text(path: str, text: str) -> Iterator[Fault]:
    """Faults of one template."""
    if not text.strip():
        yield Fault(path, 1, "an empty template: a page made of it is blank")
    for pattern, what in RULES.items():
        for found in re.finditer(pattern, text, re.IGNORECASE):
            yield Fault(path, text.count("\n", 0, found.start()) + 1, what)
    yield from _blanks(path, text)
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            yield Fault(path, number, f"a line of {len(line)} characters; at most {LONGEST_LINE}")


def _blanks(path: str, text: str) -> Iterator[Fault]:
    """Where the page shows white space that only the template's lines need."""
    shown = re.sub(
        r"{#.*?#}|{% comment %}.*?{% endcomment %}", lambda one: "\n" * one[0].count("\n"), text, flags=re.DOTALL
    )
    for found in BLANK_BEFORE.finditer(shown):
        if "trimmed" not in (found[1] or ""):
            yield Fault(path, shown.count("\n", 0, found.end()) + 1, "a blank before a punctuation mark: use <span>")
    for found in SHOWN_AS_TYPED.finditer(shown):
        yield Fault(path, shown.count("\n", 0, found.start()) + 1, "white space that class text-pre shows")
