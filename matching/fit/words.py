"""The words of a text, stemmed in the language it is written in: for rows, vocabulary, reasons and benchmarks.

The language is the one whose function words (`function_words.txt`: and, of, the …) the text has most of; a function
word of several languages counts for each of them by as much less. A text without any is taken for English. Stems are
Snowball's; for the languages it doesn't know (Bulgarian, Croatian, Latvian, Maltese, Slovak, Slovene) the first five
letters. Vowels at the end of a stem are dropped: in Estonian, Greek or Croatian forms of one word differ by them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

import snowballstemmer

from cxc.core.folding import folded

STEMMERS: Mapping[str, str] = {
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hu": "hungarian",
    "it": "italian",
    "lt": "lithuanian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "sv": "swedish",
}
VOWELS = "aeiouyαεηιουωаеиоуъюя"
SHORT = 3  # letters that are left of a stem
CUT = 5  # letters that are left of a word in a language without a stemmer
# Each begins where none of its own signs precedes, so that a long run of them is looked at once.
_ADDRESS = re.compile(r"(?<!\S)\S+@\S+|\b(?:https?://|www\.)\S+")
_WORD = re.compile(r"(?<!\d)\d*[^\W\d_]\w*")
_WHOLE = 840  # what a function word counts, divided by the number of languages that have it


@cache
def function_words() -> Mapping[str, frozenset[str]]:
    """Words that say nothing by themselves, by language; English first."""
    lines = Path(__file__).with_name("function_words.txt").read_text(encoding="utf-8").splitlines()
    return {line[:2]: frozenset(_tokens(line[3:])) for line in lines}


@cache
def _languages_of_function_words() -> Mapping[str, tuple[str, ...]]:
    languages: dict[str, tuple[str, ...]] = {}
    for language, words in function_words().items():
        for word in words:
            languages[word] = (*languages.get(word, ()), language)
    return languages


def is_function_word(form: str) -> bool:
    """Whether a word, in small letters, says nothing by itself in any of the languages."""
    return form in _languages_of_function_words()


def language_of(text: str) -> str:
    """The code of the language a text is written in; English where nothing tells."""
    return _language(_tokens(text))


def stems_of(text: str) -> Counter[str]:
    """How often each stem stands in a text; function words are left out."""
    return Counter(stem for stem, _form in forms_of(text))


def forms_of(text: str) -> Iterator[tuple[str, str]]:
    """Each word of a text as its stem and as it is written, in small letters."""
    tokens = _tokens(text)
    language = _language(tokens)
    left_out = function_words()[language] | function_words()["en"]
    for form in tokens:
        if len(form) > 1 and form not in left_out and (stem := _stem(form, language)):
            yield stem, form


def _tokens(text: str) -> list[str]:
    return _WORD.findall(_ADDRESS.sub(" ", unicodedata.normalize("NFKC", text)).lower())


def _language(tokens: list[str]) -> str:
    points = dict.fromkeys(function_words(), 0)
    languages_of = _languages_of_function_words()
    for token in tokens:
        languages = languages_of.get(token, ())
        for language in languages:
            points[language] += _WHOLE // len(languages)
    return max(points, key=points.__getitem__)


@lru_cache(maxsize=200_000)
def _stem(form: str, language: str) -> str:
    """Without accents, so that a word written without them is the same."""
    stemmer = STEMMERS.get(language)
    # A stemmer holds the word it works on: a new one each time, as threads run this at once.
    stem = folded(snowballstemmer.stemmer(stemmer).stemWord(form)) if stemmer else folded(form)[:CUT]
    return stem[:SHORT] + stem[SHORT:].rstrip(VOWELS)
