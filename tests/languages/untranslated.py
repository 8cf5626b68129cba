"""What of a page in the made-up language stands outside the brackets and is nobody's data."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from html.parser import HTMLParser
from zoneinfo import available_timezones

from django.apps import apps
from django.db import models

from tests.languages.pseudo import CLOSE, OPEN

WORD = re.compile(r"[^\W\d_]{2,}")
BRACKETS = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
# The end of a text that was cut short, or the rest of one that goes over lines.
CUT = re.compile(f"{OPEN}[^{CLOSE}]*$|^[^{OPEN}]*{CLOSE}")
TEXT_ATTRIBUTES = {"alt", "aria-label", "aria-description", "placeholder", "title", "data-label"}
SILENT = {"script", "style", "template", "code"}
# Names and signs that are the same in every language.
SAME_EVERYWHERE = re.compile(
    r"\b(?:ClusterXchange|CXC|CTQ|FA|FAR|IBAN|BIC|English|Français|Deutsch|EUR|UTC|PDF|CSV|XLSX|JSON|SHA)\b"
    r"|\([A-Z]{2}\)|\b[0-9a-f]{64}\b|\b[A-Z]{2}\d\d(?: \w{1,4})+"
)
LONG = 40


class Data:
    """Every text of the database that a page may show as it is. Each piece is looked for once."""

    def __init__(self) -> None:
        self._known: dict[str, bool] = {}

    @cached_property
    def values(self) -> set[str]:
        found = {name.replace("_", " ") for name in available_timezones()}
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                if _holds_words(field):
                    found |= {_plain(text) for text in _texts(model, field.attname)}
        return {text for text in found if WORD.search(text)}

    @cached_property
    def names(self) -> list[str]:
        """The short ones, longest first: a name within another goes with it."""
        return sorted((text for text in self.values if 3 < len(text) <= 120), key=len, reverse=True)

    @cached_property
    def everything(self) -> str:
        return "\n".join(self.values)

    def holds(self, text: str) -> bool:
        """Nothing but data, signs and numbers. A long piece may be a part of a text."""
        if text not in self._known:
            self._known[text] = self._holds(text)
        return self._known[text]

    def _holds(self, text: str) -> bool:
        if text in self.values:
            return True
        text = SAME_EVERYWHERE.sub(" ", text).strip()
        if not WORD.search(text) or text in self.values:
            return True
        piece = text.strip(" …“”\"'()[].,;:·–—→←✓#/-+0123456789")
        if piece in self.values or (len(piece) >= LONG and piece in self.everything):
            return True
        for name in self.names:
            text = text.replace(name, " ")
        return not WORD.search(text)


def _holds_words(field: models.Field) -> bool:
    return isinstance(field, models.CharField | models.TextField) and not field.choices and field.name != "password"


def _texts(model: type[models.Model], column: str) -> Iterator[str]:
    for text in model._base_manager.values_list(column, flat=True).distinct():
        if isinstance(text, str):
            yield text
            yield from text.splitlines()


def _plain(text: str) -> str:
    return " ".join(text.split())


class _Texts(HTMLParser):
    """The texts that a page shows or says."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self._silent += tag in SILENT
        self.found += [given[name] or "" for name in TEXT_ATTRIBUTES & set(given)]
        if tag == "input" and given.get("type") in {"submit", "button", "reset"}:
            self.found.append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def untranslated_texts(html: str, data: Data) -> set[str]:
    """The texts of a page, or their pieces between brackets, that are neither translated nor data."""
    reader = _Texts()
    reader.feed(html)
    return {piece for text in reader.found for piece in _bare(text) if not data.holds(piece)}


def _bare(text: str) -> Iterable[str]:
    text, number = _plain(text), 1
    while number:
        text, number = BRACKETS.subn("\0", text)
    return [piece.strip() for piece in CUT.sub("\0", text).split("\0")]
