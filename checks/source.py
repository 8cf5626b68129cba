"""The source files the rules look at, and what a rule has to say about a line."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("cxc", "profiles", "matching", "exchanges", "reports", "helpdesk", "public")


@dataclass(frozen=True, order=True)
class Fault:
    """One place that breaks a rule."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


@dataclass
class Module:
    """A Python file: its tree, and its lines for the comments that excuse one."""

    path: str
    text: str
    tree: ast.Module = field(init=False)
    nodes: list[ast.AST] = field(init=False)  # all of the tree's, walked once for all rules

    def __post_init__(self) -> None:
        self.tree = ast.parse(self.text)
        self.nodes = list(ast.walk(self.tree))
        self.lines = self.text.splitlines()

    def is_excused(self, node: ast.AST, word: str) -> bool:
        """True when a line of the statement carries `# WORD: REASON`."""
        first = getattr(node, "lineno", 1)
        last = getattr(node, "end_lineno", first)
        return any(f"# {word}: " in line for line in self.lines[first - 1 : last])


def modules(*folders: str) -> Iterator[Module]:
    """Every Python file below the folders."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield Module(str(path.relative_to(ROOT)), path.read_text())


def dotted(node: ast.AST) -> str:
    """`a.b.c` for an attribute chain; the parts before the last that are no names become `?`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "?"


def imported(module: Module) -> dict[str, str]:
    """Local name to the full name it stands for."""
    found: dict[str, str] = {}
    for node in module.nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                # `import a.b` binds a; `import a.b as c` binds c to a.b.
                found[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


def full_name(node: ast.AST, names: dict[str, str]) -> str:
    """The dotted name with its first part replaced by what was imported under it."""
    first, dot, rest = dotted(node).partition(".")
    return f"{names.get(first, first)}{dot}{rest}"
