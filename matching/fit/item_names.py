"""The names of what profiles have in common: as the database holds them, and in the reader's language."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils.translation import get_language, gettext

from cxc.core.folding import by_name
from profiles import languages

Item = tuple[str, int]  # a table ("topics", "sectors", "types", "countries", "languages", "words") and a bit or number


class Translator:
    """Says sentences in one language, each looked up once: a page has a hundred. Call it while that one is active."""

    def __init__(self, language: str | None) -> None:
        self.language = language
        self._known: dict[str, str] = {}

    def __call__(self, message: str) -> str:
        if message not in self._known:
            self._known[message] = gettext(message)
        return self._known[message]


_translator_for = cache(Translator)


def translator() -> Translator:
    """The one of the language that is active."""
    return _translator_for(get_language())


class LocalNames(dict[Item, tuple[Any, str]]):
    """By item the key by which it is sorted, and its name in one language; each is worked out once."""

    def __init__(self, stored: Mapping[Item, str], translate: Translator) -> None:
        super().__init__()
        self._stored = stored
        self._translate = translate

    def __missing__(self, item: Item) -> tuple[Any, str]:
        name = self._language(item[1]) if item[0] == "languages" else self._translated(item)
        self[item] = found = by_name(name), name
        return found

    def _language(self, bit: int) -> str:
        code = languages.by_bit().get(bit)
        return languages.names([code])[0] if code else ""

    def _translated(self, item: Item) -> str:
        """A sector begins with its code, which is no word."""
        code, space, title = self._stored.get(item, "").rpartition("\t")
        return f"{code}{' ' if space else ''}{self._translate(title)}" if title else ""


class ItemNames:
    """The names of all items at one time."""

    def __init__(self, stored: Mapping[Item, str]) -> None:
        self._stored = stored
        self._local: dict[str | None, LocalNames] = {}

    def word(self, number: int) -> str:
        """A word of the vocabulary, as it is written; empty where it is not shown."""
        return self._stored.get(("words", number), "")

    def local(self, translate: Translator) -> LocalNames:
        """In the language of this translator."""
        if (found := self._local.get(translate.language)) is None:
            found = self._local[translate.language] = LocalNames(self._stored, translate)
        return found
