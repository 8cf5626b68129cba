"""What a transition brings about, in sentences for the page that confirms it. Each app says it of its own."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cxc.access.scoped import Actor
from cxc.workflow import StatefulModel, Transition, kind_of

SentencesOf = Callable[[Any, Actor], Sequence[str]]

_sentences: dict[tuple[str, str], Any] = {}
_at_stage: dict[tuple[str, str], SentencesOf] = {}


def describe(kind: str, sentences: Mapping[str, Any]) -> None:
    """Register what each of these transitions of a kind of thing brings about, by its name."""
    _sentences.update({(kind, name): sentence for name, sentence in sentences.items()})


def describe_at_stage(kind: str, *names: str, sentences: SentencesOf) -> None:
    """Register what these transitions bring about beyond that, depending on how far the thing is and who reads."""
    _at_stage.update({(kind, name): sentences for name in names})


def of(thing: StatefulModel, transition: Transition) -> str:
    """What this transition brings about; empty for one that has no page of its own."""
    return sentence_for(kind_of(thing), transition.name)


def sentence_for(kind: str, name: str) -> str:
    """The same for the transition of this name, whatever the thing."""
    return str(_sentences.get((kind, name), ""))


def at_stage(thing: StatefulModel, transition: Transition, actor: Actor) -> list[str]:
    """What it brings about beyond that at the stage which the thing has reached, for this reader."""
    sentences = _at_stage.get((kind_of(thing), transition.name))
    return list(sentences(thing, actor)) if sentences else []


def is_described(kind: str, name: str) -> bool:
    """Whether an app says what this transition brings about."""
    return (kind, name) in _sentences
