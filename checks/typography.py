"""The spaces at which a language ends no line, put in when a catalogue is compiled.

Whoever translates types plain spaces; a browser would end a line there, and leave a colon, a guillemet or a unit alone.
"""

import re
from collections.abc import Callable, Mapping

from babel.messages import Catalog

NO_BREAK, NARROW_NO_BREAK = "\u00a0", "\u202f"
_NUMBER_AND_UNIT = re.compile(r"(\d|%\(\w+\)[sd]|\{\w+\}) (?=(?:%%|%(?![(\w])|(?:EUR|kB|MB|GB)\b|€))")


def french(text: str) -> str:
    """Guillemets, colons and units keep to their word with a space, other double punctuation with a narrow one."""
    text = re.sub(r"« ", f"«{NO_BREAK}", text)
    text = re.sub(r" (?=[»:])", NO_BREAK, text)
    text = re.sub(r" (?=[;?!](?:\W|$))", NARROW_NO_BREAK, text)
    return _with_units(text)


def german(text: str) -> str:
    """Abbreviations of several words ("z. B.") keep together with a narrow space, units with a full one."""
    text = re.sub(r"(?<=\b[a-zA-Z]\.) (?=[a-zA-Z]\.)", NARROW_NO_BREAK, text)
    return _with_units(text)


def _with_units(text: str) -> str:
    return _NUMBER_AND_UNIT.sub(rf"\1{NO_BREAK}", text)


def as_typed(text: str) -> str:
    """For a language without a rule."""
    return text


OF_LANGUAGE: Mapping[str, Callable[[str], str]] = {"de": german, "fr": french}


def typeset(catalog: Catalog) -> Catalog:
    """The catalogue with the spaces of its language; unchanged where there is no rule for it."""
    rule = OF_LANGUAGE.get(catalog.locale.language if catalog.locale else "", as_typed)
    for message in catalog:
        texts = message.string
        if message.id and texts:
            message.string = rule(texts) if isinstance(texts, str) else tuple(rule(text) for text in texts)
    return catalog
