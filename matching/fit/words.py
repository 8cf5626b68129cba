"""The words of a text, stemmed in the language it is written in: for rows, vocabulary, reasons and benchmarks.

The language is the one whose function words (`function_words.txt`: and, of, the …) the text has most of; a function
word of several languages counts for each of them by as much less. A text without any is taken for English. Stems are
Snowball's; for the languages it doesn't know (Bulgarian, Croatian, Latvian, Slovak, Slovene) the first five letters,
and for Maltese the first five consonants. Vowels at the end of a stem are dropped: in Estonian, Greek or Croatian forms
of one word differ by them. `_ALTERNATIONS` then replaces endings, so that the remaining forms of a word get one stem.
General words (`general_words.txt`) are left out as function words are, but do not tell the language: in another one
they may be what a text is about.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
    "nl": "dutch_porter",  # "dutch" has "daak" for daken but "dak" for dak, and cuts the ge- of geitenkaas
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "sv": "swedish",
}
VOWELS = "aeiouyαεηιουωаеиоуъюя"
SHORT = 3  # letters that are left of a stem
CUT = 5  # letters that are left of a word in a language without a stemmer
# Languages that write a compound as one word; what is longer than any compound is no word.
COMPOUNDING = ("da", "de", "et", "fi", "hu", "nl", "sv")
PART, LONGEST_COMPOUND = 4, 60  # letters: of each part, at least, as it is written by itself; of the whole, at most
PART_STEM = {"et": 4, "fi": 4, "hu": 4}  # letters of a part's stem, where many endings are words as well
# How the stems of one word's forms still differ, by language: patterns and what they become, one after the other.
_ALTERNATIONS: Mapping[str, Sequence[tuple[str, str]]] = {
    # The article, and the plural of short words: лодката, хлябове.
    "bg": [(r"(?<=...)(?:[аеоиъя]т|[ое]в)$", "")],
    # Strong and weak grades: plaat, plaadid; leib, leiva.
    "et": [(r"(?<=..)(?:tt|dd|d)$", "t"), (r"(?<=..)(?:pp|bb|b|v)$", "p"), (r"(?<=..)(?:kk|gg|g)$", "k")],
    # Muovi, muovinen, muoviset; pakkaus, pakkaukset; strong and weak grades: kenkä, kengät; ranta, rannat.
    "fi": [
        (r"(?<=...)i(?:n|s|st)$", ""),
        (r"(?<=..)ks$", "s"),
        (r"(?<=.)ng$", "nk"),
        (r"(?<=.)mm$", "mp"),
        (r"(?<=.)nn$", "nt"),
        (r"(?<=.)ll$", "lt"),
        (r"(?<=.)rr$", "rt"),
        (r"(?<=..)(?:tt|d)$", "t"),
        (r"(?<=..)(?:pp|v)$", "p"),
        (r"(?<=..)kk$", "k"),
    ],
    # An h before a vowel: arán, harán. Plurals: treoraí, treoraithe; aip, aipeanna. Vowels that show
    # whether the consonants beside them are broad or slender, which changes with case and number: róbat, róbait.
    "ga": [
        (r"^h(?=[aeiou])", ""),
        (r"(?<=...)(?:a?ith|e?ann|e?ach)$", ""),
        (r"[ei][aeiou]*", "e"),
        (r"([aou])[aeiou]+", r"\1"),
    ],
    # Cases of short words: kruh, kruhom; brod, brodovi.
    "hr": [(r"(?<=...)[aeiou][mvhgj]$", "")],
    "lv": [(r"(?<=...)(?:[aeiou]{0,3}[sm]|j)$", "")],  # medus, medu; zivs, zivju
    "nl": [(r"(?<=..)v$", "f"), (r"(?<=..)z$", "s"), (r"(?<=...)es$", "")],  # olijf, olijven; huis, huizen; drones
    # Hospital, hospitais; painel, painéis; robô, robôs; jardim, jardins.
    "pt": [(r"(?<=..)ns$", "m"), (r"(?<=..[aeiou])[ls]$", "")],
    "ro": [(r"(?<=...)ur$", "")],  # vin, vinuri
    "sk": [(r"(?<=...)[aeiou](?:m|v|j|ch)$", "")],
    "sl": [(r"(?<=...)[aeiou][mvhgj]$", "")],
}
# Each begins where none of its own signs precedes, so that a long run of them is looked at once.
_ADDRESS = re.compile(r"(?<!\S)\S+@\S+|\b(?:https?://|www\.)\S+")
_WORD = re.compile(r"(?<!\d)\d*[^\W\d_]\w*")
_WHOLE = 840  # what a function word counts, divided by the number of languages that have it


@cache
def function_words() -> Mapping[str, frozenset[str]]:
    """By language the words that its sentences are built with, whatever they are about: they tell the language."""
    return _words_of("function_words.txt")


@cache
def general_words() -> Mapping[str, frozenset[str]]:
    """By language numbers, and words that any profile may have: good, come, week, visit."""
    return _words_of("general_words.txt")


def _words_of(file: str) -> Mapping[str, frozenset[str]]:
    lines = Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
    return {line[:2]: frozenset(_tokens(line[3:])) for line in lines}


@cache
def stop_words(language: str) -> frozenset[str]:
    """What is left out of texts in this language: its function words and general words, and those of English."""
    lists = (function_words(), general_words())
    return frozenset().union(*(words[code] for words in lists for code in {language, "en"}))


@cache
def _languages_of_function_words() -> Mapping[str, tuple[str, ...]]:
    languages: dict[str, tuple[str, ...]] = {}
    for language, words in function_words().items():
        for word in words:
            languages[word] = (*languages.get(word, ()), language)
    return languages


def is_stop_word(form: str) -> bool:
    """Whether a word, in small letters, is a function word of any language, or a general word in English.

    The general words of the other languages say much in some: Danish "fire" is four.
    """
    return form in _languages_of_function_words() or form in general_words()["en"]


def language_of(text: str) -> str:
    """The code of the language a text is written in; English where nothing tells."""
    return _language(_tokens(text))


def stems_of(text: str) -> Counter[str]:
    """How often each stem stands in a text; stop words are left out."""
    return Counter(stem for stem, _form in forms_of(text))


def forms_of(text: str) -> Iterator[tuple[str, str]]:
    """Each word of a text as its stem and as it is written, in small letters."""
    tokens = _tokens(text)
    language = _language(tokens)
    left_out = stop_words(language)
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
    stem = _without_vowels(folded(snowballstemmer.stemmer(stemmer).stemWord(form) if stemmer else form))
    for pattern, replacement in _ALTERNATIONS.get(language, ()):
        stem = re.sub(pattern, replacement, stem)
    if language == "mt":
        stem = _root(stem)
    return _without_vowels(stem if stemmer else stem[:CUT])


def _without_vowels(stem: str) -> str:
    return stem[:SHORT] + stem[SHORT:].rstrip(VOWELS)


def _root(word: str) -> str:
    """The consonants of a Maltese word, which its forms have in common (żarbuna, żraben), where there are three."""
    consonants = re.sub(r"(.)\1+", r"\1", re.sub("[aeiou]", "", word))
    return consonants if len(consonants) >= 3 else word


class WordParts:
    """Finds the two words of which a compound of one language is made, among those known."""

    def __init__(self, language: str, known: Mapping[str, int]) -> None:
        """`known`: how frequent each stem of the language is that is written with PART letters or more by itself."""
        self._language = language
        self._known = {word: times for word, times in known.items() if len(word) >= PART_STEM.get(language, 1)}
        self._beginnings = {word[:2] for word in self._known}

    def of(self, form: str) -> tuple[str, ...]:
        """Their stems; none where it is no compound. Of several ways the one whose words are the most frequent.

        An s may stand between the two; other letters between them are endings of the first.
        """
        known, found = self._known, {}
        for split_at in range(PART, len(form) - PART + 1 if len(form) <= LONGEST_COMPOUND else 0):
            if folded(form[split_at : split_at + 2]) in self._beginnings:
                head = _stem(form[split_at:], self._language)
                for first in (form[:split_at], form[:split_at].removesuffix("s")) if head in known else ():
                    modifier = _stem(first, self._language)
                    if modifier in known and len(first) >= PART:
                        found[modifier, head] = known[modifier] * known[head]
        return max(found, key=found.__getitem__, default=())
