"""What follows a commit goes through `cxc.core.after_commit`: its failure fails no request, and a task has a row.

Django's own `on_commit` raises where a partial fails; Celery's own `delay` waits for a broker that is away.
"""

import ast
from collections.abc import Iterator

from checks.source import Fault, Module

HOME = "cxc/core/after_commit.py"
INSTEAD = {
    "on_commit": "after_commit",
    "delay": "hand_over",
    "apply_async": "hand_over",
    "send_task": "hand_over",
}


def check(module: Module) -> Iterator[Fault]:
    """Faults of one file."""
    if module.path == HOME:
        return
    for node in module.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in INSTEAD:
            called = node.func.attr
            yield Fault(module.path, node.lineno, f"{called} is not robust: use after_commit.{INSTEAD[called]}")
