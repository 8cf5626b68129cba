"""All time comes from `cxc.clock`: a rehearsed date must reach every line of the portal.

Sign-in, one-time codes and the task queue stay on real time; they live in libraries.
"""

import ast
import re
from collections.abc import Iterator

from checks.source import Fault, Module, full_name, imported

HOME = "cxc/clock.py"
FORBIDDEN = {
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "time.strftime",
    "django.utils.timezone.now",
    "django.utils.timezone.localdate",
    "django.utils.timezone.localtime",
    "django.db.models.functions.Now",
    "django.db.models.functions.datetime.Now",
    "django.db.models.functions.TransactionNow",
}
FIELD_OPTIONS = {"auto_now", "auto_now_add"}
SQL_CLOCK = re.compile(
    r"\b(?:(?:now|clock_timestamp|statement_timestamp|transaction_timestamp)\s*\(\s*\)"
    r"|current_(?:date|timestamp|time)\b|localtimestamp\b)",
    re.IGNORECASE,
)
SQL_WORDS = re.compile(r"\b(?:select|insert|update|delete|default|where|trigger|begin)\b", re.IGNORECASE)


def check(module: Module) -> Iterator[Fault]:
    """Faults of one file."""
    if module.path == HOME:
        return
    names = imported(module)
    for node in module.nodes:
        text = _source(node, names)
        if isinstance(node, ast.Attribute) and "/migrations/" in module.path:
            continue  # Django repeats a library's default there; the model is where it counts
        if text and not module.is_excused(node, "clock"):
            yield Fault(module.path, getattr(node, "lineno", 1), f"time comes from cxc.clock, not from {text}")


def _source(node: ast.AST, names: dict[str, str]) -> str:
    if isinstance(node, ast.Attribute | ast.Name):
        name = full_name(node, names)
        # `import datetime` gives datetime.datetime.now; `from django.utils import timezone` its full name.
        return name if name in FORBIDDEN else ""
    if isinstance(node, ast.keyword) and node.arg in FIELD_OPTIONS:
        return f"{node.arg}, which Django fills by itself"
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        found = SQL_CLOCK.search(node.value)
        return f"SQL's {found.group()}" if found and SQL_WORDS.search(node.value) else ""
    return ""
