"""The vectors of texts: like texts point the same way, and the bits that are stored say the same numbers."""

from collections import Counter
from collections.abc import Iterable
from itertools import repeat
from pathlib import Path
from random import Random

import numpy as np
import pytest

from matching.fit import text_decomposition, text_space
from matching.fit.arrays import cosine, text_part, text_product
from matching.fit.criteria import LEAST_COSINE
from matching.fit.vocabulary import TextCounts
from matching.fit.words import forms_of, language_of, stems_of

TRADES = ("salmon net harbour fish", "loom thread textile dye", "robot sensor motor arm", "timber saw forest board")


def texts(number: int) -> list[Counter[str]]:
    """So many, each of one trade's words, taken in turn, and of some that all use."""
    random = Random(number)
    usual = [f"usual{n}" for n in range(40)]
    return [
        Counter(random.choices(TRADES[n % len(TRADES)].split(), k=6) + random.choices(usual, k=6))
        for n in range(number)
    ]


def vectors(of: list[Counter[str]], languages: Iterable[str] = repeat("en")) -> np.ndarray:
    counts = TextCounts(len(of))
    for text, language in zip(of, languages, strict=False):
        counts.add(((word, word) for word in text.elements()), language)
    words = counts.vectors()
    return np.array([text_space.vector_of(text, words) for text in of])


@pytest.mark.parametrize("number", [20, 200, 1100])
def test_texts_of_a_trade_find_each_other_among_few_and_many(number: int) -> None:
    found = vectors(texts(number))
    squares = np.array([text_space.square_of(vector) for vector in found])
    right = 0
    for n, vector in enumerate(found):
        parts = text_part(text_product(found, vector), squares, squares[n], 1.0)
        parts[n] = -1
        right += int(parts.argmax()) % len(TRADES) == n % len(TRADES)
    assert right > 0.95 * number


def test_a_vector_of_no_known_word_is_nought_and_likes_nothing() -> None:
    nought = text_space.vector_of(Counter(["unknown"]), {})
    assert text_space.square_of(nought) == 0
    assert text_decomposition.fitted([], {}) == {}
    assert text_decomposition.fitted([Counter()], {"word": 2.0})["word"].any() == np.False_


def test_the_stored_bits_are_the_vector() -> None:
    for vector in (*vectors(texts(30)), np.array([-7, -1, 0, 1, 7, *[3] * 251], np.int8)):
        planes = [np.array([[int(bit) for bit in plane]], np.uint8) for plane in text_space.planes_of(vector)]
        packed = (np.packbits(plane, axis=-1) for plane in planes)
        assert (text_space.from_planes(*packed)[0] == vector).all()
        assert np.abs(vector).max() <= text_space.STEPS


def test_a_long_text_is_as_long_as_a_short_one() -> None:
    of = texts(60)
    counts = TextCounts(len(of))
    for text in of:
        counts.add(((word, word) for word in text.elements()), "en")
    words = counts.vectors()
    once = text_space.vector_of(Counter(dict.fromkeys(of[0], 1)), words)
    often = text_space.vector_of(Counter(dict.fromkeys(of[0], 5000)), words)
    assert (once == often).all()


def vectors_of(written: list[str]) -> np.ndarray:
    """Of texts as they are written."""
    counts = TextCounts(len(written))
    for text in written:
        counts.add(forms_of(text), language_of(text))
    words = counts.vectors()
    return np.array([text_space.vector_of(stems_of(text), words) for text in written])


def test_a_compound_is_like_the_words_it_is_made_of() -> None:
    of = ["Wir bauen Turbinen", "Wir nutzen den Wind", "Wir und die Windturbine", "Wir backen das Brot", "Brot und wir"]
    turbines, wind, both, bread, _bread = vectors_of(of).astype(int)
    assert both @ turbines > 0 < both @ wind
    assert abs(both @ bread) < min(both @ turbines, both @ wind) / 4


# Of each language: two sentences, and ten subjects in the forms that fit the one and the other.
PAIRS, MORE_PAIRS = (
    [line.split("|") for line in Path(__file__).with_name(name).read_text("utf-8").splitlines()]
    for name in ("pairs_of_texts.txt", "more_pairs_of_texts.txt")
)


def texts_of(one: str, other: str, subjects: list[str]) -> list[str]:
    """Ten that look for something in one sentence, then the ten that offer it in the other."""
    forms = [subject.split(";") for subject in subjects]
    return [one.format(first) for first, _second in forms] + [other.format(second) for _first, second in forms]


def found_pairs(vectors_of_both: np.ndarray) -> int:
    """How many of the first ten have their own second as the one most like them."""
    found = vectors_of_both.astype(int)
    lengths = np.maximum(np.linalg.norm(found, axis=1), 1)
    cosines = (found[:10] @ found[10:].T) / lengths[10:]
    return int((cosines.argmax(axis=1) == np.arange(10)).sum())


@pytest.mark.parametrize(
    ("language", "one", "other", "subjects", "least"),
    [(p[0], p[1], p[2], p[3:], least) for pairs, least in ((PAIRS, 9), (MORE_PAIRS, 7)) for p in pairs],
)
def test_pairs_of_each_language_find_each_other(
    language: str, one: str, other: str, subjects: list[str], least: int
) -> None:
    both = texts_of(one, other, subjects)
    assert {language_of(text) for text in both} == {language}
    assert found_pairs(vectors_of(both)) >= least


@pytest.mark.parametrize(("pairs", "least", "share"), [(PAIRS, 9, 0.99), (MORE_PAIRS, 7, 0.92)])
def test_pairs_of_each_language_find_each_other_among_those_of_all_languages(
    pairs: list[list[str]], least: int, share: float
) -> None:
    found = vectors_of([text for _language, one, other, *subjects in pairs for text in texts_of(one, other, subjects)])
    of_language = {pair[0]: found_pairs(found[20 * n : 20 * n + 20]) for n, pair in enumerate(pairs)}
    assert min(of_language.values()) >= least, of_language
    assert sum(of_language.values()) >= share * 240, of_language


def test_texts_are_alike_from_a_cosine_of_0_08_on() -> None:
    squares = np.array([1000, 1000])
    assert (cosine(np.array([79, 80]), squares, 1000) >= LEAST_COSINE).tolist() == [False, True]
