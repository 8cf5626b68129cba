"""What one question is made of."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One question. `pages`: kinds of pages on which it is offered before somebody asks."""

    slug: str
    group: str
    question: Any
    answer: tuple[Any, ...]
    pages: tuple[str, ...] = ()
