"""A table with one row for what is owed and one column for each day."""

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import unified_diff
from typing import Any


@dataclass
class Table:
    """`columns` name the facts of a row; the cell of a day says how the row stands on it."""

    columns: Sequence[str]
    days: Sequence[date]
    cells: dict[tuple[str, ...], dict[date, list[str]]] = field(default_factory=dict)

    def add(self, day: date, cell: str, *facts: Any) -> None:
        """Fill one cell; a fact that is None stays empty. What looks the same twice stands twice in the cell."""
        row = tuple("" if fact is None else str(fact) for fact in facts)
        assert len(row) == len(self.columns), row
        self.cells.setdefault(row, defaultdict(list))[day].append(cell)

    def text(self) -> str:
        """The table as CSV, its rows in the order of their facts."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([*self.columns, *self.days])
        for row, by_day in sorted(self.cells.items()):
            writer.writerow([*row, *(" ".join(sorted(by_day.get(day, []))) for day in self.days)])
        return text.getvalue()


def difference(committed: str, made: str) -> str:
    """The rows that differ, after the line that names the columns; empty where both are equal."""
    lines = list(unified_diff(committed.splitlines(), made.splitlines(), n=0, lineterm=""))
    changed = [line for line in lines[2:] if not line.startswith("@@")]
    return "\n".join(["  " + made.partition("\n")[0], *changed]) if changed else ""
