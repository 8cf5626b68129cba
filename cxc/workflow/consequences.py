"""What a move brings about, in sentences for the page on which it is confirmed. Each app says it of its own moves."""

from collections.abc import Mapping
from typing import Any

from cxc.workflow import StatefulModel, Transition, kind_of

_sentences: dict[tuple[str, str], Any] = {}


def describe(kind: str, sentences: Mapping[str, Any]) -> None:
    """Register what each of these moves of a kind of thing brings about, by the move's name."""
    _sentences.update({(kind, name): sentence for name, sentence in sentences.items()})


def of(thing: StatefulModel, transition: Transition) -> str:
    """What this move brings about; empty for a move that has no page of its own."""
    return str(_sentences.get((kind_of(thing), transition.name), ""))


def is_described(kind: str, name: str) -> bool:
    """Whether an app says what this move brings about."""
    return (kind, name) in _sentences
