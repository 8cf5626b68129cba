"""Reads and writes the committed tables: a line for each address and method, a column for each role."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.access.sample import NONE
from tests.access.survey import Cell

FOLDER = Path(__file__).parent / "tables"
HEAD = ["address", "at", "method", "whose"]
BETWEEN = " / "
Key = tuple[str, str, str]
# role → relation → outcome
Outcomes = dict[str, dict[str, str]]


def written(answers: Mapping[Cell, str], table: str) -> str:
    """The text of one table: every relation of every line must have been tried."""
    lines = sorted({cell.line for cell in answers if cell.line.table == table}, key=lambda line: line.key)
    roles = list(dict.fromkeys(cell.role for cell in answers))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*HEAD, *roles])
    for line in lines:
        cells = [_cell([answers[Cell(line, role, relation)] for relation in line.relations]) for role in roles]
        writer.writerow([line.route, line.label, line.method, BETWEEN.join(line.relations), *cells])
    return text.getvalue()


def _cell(words: list[str]) -> str:
    """One outcome where all are the same."""
    return words[0] if len(set(words)) == 1 else BETWEEN.join(words)


def committed(table: str = "*") -> dict[Key, Outcomes]:
    """The outcomes of one table, or of all of them."""
    return {key: words for path in sorted(FOLDER.glob(f"{table}.csv")) for key, words in _read(path)}


def _read(path: Path) -> Iterable[tuple[Key, Outcomes]]:
    for row in csv.DictReader(path.read_text().splitlines()):
        key = (row["address"], row["at"], row["method"])
        relations = row["whose"].split(BETWEEN) if row["whose"] else [NONE]
        roles = [name for name in row if name not in HEAD]
        yield key, {role: _by_relation(row[role], relations) for role in roles}


def _by_relation(cell: str, relations: list[str]) -> dict[str, str]:
    words = cell.split(BETWEEN)
    return dict(zip(relations, words if len(words) > 1 else words * len(relations), strict=True))
