"""Names that the project no longer uses: `checks/banned_names.txt` lists each with the name to use instead.

A line is `NAME<tab>REPLACEMENT<tab>SCOPE`. NAME is an identifier (`hat`), a file (`hat.py`), a folder (`hats/`), a CSS
class (`.hat`) or a data attribute (`data-hat`). SCOPE is a list of globs separated by commas, matched against the path
from the root; `*` crosses folders, `!glob` leaves out, and no scope means every file. Only whole names are matched,
so that ordinary words in sentences stay free.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from checks.source import PACKAGES, ROOT, Fault

TABLE = ROOT / "checks" / "banned_names.txt"
FOLDERS = (*PACKAGES, "launch", "checks", "benchmarks", "tests", "tools", "templates", "static", "docs")
SUFFIXES = {".py", ".html", ".txt", ".css", ".js", ".md", ".sql"}
# Written by Django, by libraries, or about the banned names themselves.
NOT_CHECKED = ("*/migrations/*", "static/vendor/*", "checks/banned_names.txt", "tests/checks/test_names.py")
TEMPLATE_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
CODE_IN_PROSE = re.compile(r"`[^`\n]+`")
IDENTIFIER = re.compile(r"(?<![\w-])[A-Za-z_]\w*(?![\w-])")
CLASS_ATTRIBUTE = re.compile(r"\bclass=\"([^\"]*)\"|\bclass='([^']*)'")
HYPHENATED = re.compile(r"(?<![\w-])[A-Za-z_][\w-]*")

Found = Iterator[tuple[int, str]]  # line and name


@dataclass(frozen=True)
class BannedName:
    """One line of the table."""

    name: str
    replacement: str
    scope: tuple[str, ...] = ()

    def applies_to(self, path: str) -> bool:
        excluded = [glob.removeprefix("!") for glob in self.scope if glob.startswith("!")]
        included = [glob for glob in self.scope if not glob.startswith("!")]
        if any(fnmatch(path, glob) for glob in excluded):
            return False
        return not included or any(fnmatch(path, glob) for glob in included)

    @property
    def is_path(self) -> bool:
        return self.name.endswith("/") or "." in self.name[1:]

    def is_part_of(self, path: str) -> bool:
        """True when the path leads to this file, or through this folder."""
        return f"/{path}".endswith(f"/{self.name}") or (self.name.endswith("/") and f"/{self.name}" in f"/{path}")


def read_table(text: str) -> list[BannedName]:
    """The lines of the table; blank lines and those that begin with `# ` are skipped."""
    rows = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [BannedName(row[0].strip(), row[1].strip(), _globs(row[2:])) for row in rows]


def _globs(cells: list[str]) -> tuple[str, ...]:
    return tuple(glob.strip() for cell in cells for glob in cell.split(",") if glob.strip())


def check() -> Iterator[Fault]:
    """Faults of every file of the project."""
    banned = read_table(TABLE.read_text())
    for path in _files():
        name = str(path.relative_to(ROOT))
        if not any(fnmatch(name, glob) for glob in NOT_CHECKED):
            yield from check_file(name, path.read_text(), banned)


def _files() -> Iterable[Path]:
    inside = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES]
    return sorted([*inside, *ROOT.glob("*.md")])


def check_file(path: str, text: str, banned: Iterable[BannedName]) -> Iterator[Fault]:
    """Faults of one file: its path, then what stands in it."""
    mine = [one for one in banned if one.applies_to(path)]
    for one in mine:
        if one.is_path and one.is_part_of(path):
            yield Fault(path, 1, f"{one.name} is not a name of this project any more: {one.replacement}")
    replacements = {one.name: one.replacement for one in mine if not one.is_path}
    for line, name in sorted(set(_names(path, text))):
        if name in replacements:
            yield Fault(path, line, f"{name} is not a name of this project any more: {replacements[name]}")


def _names(path: str, text: str) -> Found:
    suffix = path.rpartition(".")[2]
    if suffix == "py":
        yield from _python(text)
    elif suffix in {"html", "txt"}:
        yield from _template(text)
    elif suffix == "md":
        yield from _matches(CODE_IN_PROSE, text)
    elif suffix in {"css", "js"}:
        yield from _stylesheet_or_script(text)
    yield from _data_attributes(text)


def _python(text: str) -> Found:
    """Every name that the file defines, reads, imports or passes; those within f-strings too."""
    for node in ast.walk(ast.parse(text)):
        line = getattr(node, "lineno", 1)
        for name in _of_node(node):
            yield line, name


def _of_node(node: ast.AST) -> list[str]:
    """The names that stand in the node itself."""
    if isinstance(node, ast.alias):
        return [*node.name.split("."), *([node.asname] if node.asname else [])]
    if isinstance(node, ast.Global | ast.Nonlocal):
        return list(node.names)
    found = [getattr(node, attribute, None) for attribute in ("id", "attr", "arg", "name")]
    return [name for name in found if isinstance(name, str)]


def _template(text: str) -> Found:
    """Variables, filters and arguments within tags, and the classes of elements."""
    for tag in TEMPLATE_TAG.finditer(text):
        bare = QUOTED.sub(lambda quoted: " " * len(quoted[0]), tag[0])
        for word in IDENTIFIER.finditer(bare):
            yield _line(text, tag.start() + word.start()), word[0]
    for attribute in CLASS_ATTRIBUTE.finditer(text):
        for word in HYPHENATED.finditer(TEMPLATE_TAG.sub(" ", attribute[1] or attribute[2] or "")):
            yield _line(text, attribute.start()), f".{word[0]}"


def _matches(pattern: re.Pattern[str], text: str) -> Found:
    for part in pattern.finditer(text):
        for word in IDENTIFIER.finditer(part[0]):
            yield _line(text, part.start()), word[0]


def _stylesheet_or_script(text: str) -> Found:
    for word in re.finditer(r"\.([A-Za-z_][\w-]*)", text):
        yield _line(text, word.start()), word[0]


def _data_attributes(text: str) -> Found:
    for word in re.finditer(r"(?<![\w-])data-[a-z][a-z0-9-]*", text):
        yield _line(text, word.start()), word[0]


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
