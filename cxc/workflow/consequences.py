"""What a transition brings about, in sentences for the page that confirms it. Each app says it of its own."""

from collections.abc import Mapping
from typing import Any

from cxc.workflow import StatefulModel, Transition, kind_of

_sentences: dict[tuple[str, str], Any] = {}


def describe(kind: str, sentences: Mapping[str, Any]) -> None:
    """Register what each of these transitions of a kind of thing brings about, by its name."""
    _sentences.update({(kind, name): sentence for name, sentence in sentences.items()})


def of(thing: StatefulModel, transition: Transition) -> str:
    """What this transition brings about; empty for one that has no page of its own."""
    return str(_sentences.get((kind_of(thing), transition.name), ""))


def is_described(kind: str, name: str) -> bool:
    """Whether an app says what this transition brings about."""
    return (kind, name) in _sentences
