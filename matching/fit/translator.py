"""Sentences in one language, each looked up once."""

from functools import cache

from django.utils.translation import get_language, gettext


class Translator:
    """Translates sentences into one language, each looked up once: a page has a hundred.

    It must be called while that language is active.
    """

    def __init__(self, language: str | None) -> None:
        self.language = language
        self._known: dict[str, str] = {}

    def __call__(self, message: str) -> str:
        if message not in self._known:
            self._known[message] = gettext(message)
        return self._known[message]


translator_for = cache(Translator)


def translator() -> Translator:
    """The translator of the active language."""
    return translator_for(get_language())
