"""The SQL files of this folder."""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent


@cache
def statement(name: str) -> str:
    """The text of one of them."""
    return (_HERE / f"{name}.sql").read_text(encoding="utf-8")
