"""Names in braces that stand for values of a record: {reference}, {dates}."""

import re
from collections.abc import Callable, Iterable, Mapping

_PLACEHOLDER = re.compile(r"\{\s*([^{}\n]*?)\s*\}")


def unknown_placeholders(text: str, names: Iterable[str]) -> list[str]:
    """The names in braces that are none of these, each once, as they are written."""
    known = set(names)
    return list(dict.fromkeys(name for name in _PLACEHOLDER.findall(text) if name not in known))


def in_braces(names: Iterable[str]) -> str:
    """The names as one writes them."""
    return ", ".join(f"{{{name}}}" for name in names)


def has_placeholders(text: str) -> bool:
    """Whether the text differs from record to record."""
    return bool(_PLACEHOLDER.search(text))


def fill(text: str, values: Mapping[str, Callable[[], str]]) -> str:
    """The text with each name replaced by its value; a value is not searched for names again."""
    return _PLACEHOLDER.sub(lambda found: values[found[1]](), text)
