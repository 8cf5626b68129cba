"""The space in which texts are compared: latent semantic analysis, in whole numbers from the stored ones on.

`fitted` finds it from the words of many texts: words that stand in the same texts point in the same direction. Each
word then owns a vector of whole numbers, which the vocabulary stores. A text's vector (`vector_of`) is the sum of its
words' vectors, a word that stands in it more often counting more, brought to one length and rounded to four bits a
dimension. What follows is whole numbers and one root, so every machine makes the same of the same stored vectors.
"""

from collections.abc import Mapping, Sequence
from math import isqrt, log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import eigh, hadamard
from scipy.sparse.linalg import svds

DIMENSIONS = 256
STEPS = 7  # a dimension of a text's vector is a whole number from -7 to 7: four bits
# Steps in ten lengths of a text: they end at 2.5 standard deviations of a dimension, each a sixteenth of the length.
STEPS_PER_LENGTH = 448
# Directions that many texts share count more than their singular value says: exponent of that value.
EMPHASIS = 1.5
WORD_RANGE = 32767  # of a number in a word's vector: two bytes
MOST_TIMES = 64  # from which number of times on a word counts no more
PACKED_WORD = np.dtype(">i2")  # as a word's vector is stored
DENSE_UP_TO = 1000  # so many texts are decomposed by a dense solver, which is quicker and finds every direction

Array = NDArray[Any]
Vectors = Mapping[str, Array]
# What a word that stands n times counts, in sixteenths: 1 + ln n.
_TIMES = [0, *(round(16 * (1 + log(times))) for times in range(1, MOST_TIMES + 1))]


def fitted(texts: Sequence[Mapping[str, int]], counts: Mapping[str, int], profiles: int) -> dict[str, Array]:
    """The vector of each word of `counts`.

    `texts`: how often each word stands in each of some texts. `counts`: in how many of all `profiles` it is.
    """
    columns = {word: n for n, word in enumerate(counts)}
    rarity = np.array([log((profiles + 1) / (count + 1)) for count in counts.values()])
    matrix = _weighed(texts, columns, rarity)
    if not matrix.nnz:
        return {word: np.zeros(DIMENSIONS, np.int16) for word in columns}
    left, values = _directions(matrix)
    # A text's own vector is its row times these: u · s ** EMPHASIS.
    words = (matrix.T @ (left * values ** (EMPHASIS - 2))) * rarity[:, None]
    turned = _turned(words)
    whole = np.rint(turned * (WORD_RANGE / np.abs(turned).max())).astype(np.int16)
    return dict(zip(columns, whole, strict=True))


def vector_of(text: Mapping[str, int], vectors: Vectors) -> Array:
    """A text's vector: whole numbers from -7 to 7, all nought where none of its words is known."""
    known = [(_TIMES[min(times, MOST_TIMES)], vectors[word]) for word, times in text.items() if word in vectors]
    if not known:
        return np.zeros(DIMENSIONS, np.int8)
    times, rows = zip(*known, strict=True)
    total = np.array(times, np.int64) @ np.array(rows, np.int64)
    largest = int(np.abs(total).max())
    total >>= max(0, largest.bit_length() - 24)  # so that the sum of the squares is exact
    length = isqrt(int(total @ total))
    if not length:
        return np.zeros(DIMENSIONS, np.int8)
    nearest = (2 * STEPS_PER_LENGTH * total + 10 * length) // (20 * length)
    return np.clip(nearest, -STEPS, STEPS).astype(np.int8)


def square_of(vector: Array) -> int:
    """The squared length of a text's vector."""
    whole = vector.astype(np.int64)
    return int(whole @ whole)


def planes_of(vector: Array) -> tuple[str, str, str, str]:
    """The bits of its numbers as bit strings, in two's complement: ones, twos, fours, and eights, which count -8."""
    bits = np.where(vector < 0, vector.astype(np.int16) + 16, vector)
    one, two, four, eight = ("".join("1" if bit else "0" for bit in bits >> place & 1) for place in range(4))
    return one, two, four, eight


def from_planes(ones: Array, twos: Array, fours: Array, eights: Array) -> Array:
    """The vectors again, a row each; the planes are packed bits (uint8), a row each."""
    planes = (np.unpackbits(plane, axis=-1).astype(np.int8) for plane in (ones, twos, fours, eights))
    one, two, four, eight = planes
    return np.asarray(one + 2 * two + 4 * four - 8 * eight, np.int8)


def _weighed(texts: Sequence[Mapping[str, int]], columns: Mapping[str, int], rarity: Array) -> Any:
    """Texts × words: how much each counts, each text of length 1."""
    found = [
        (row, columns[word], _TIMES[min(times, MOST_TIMES)])
        for row, text in enumerate(texts)
        for word, times in text.items()
        if word in columns
    ]
    rows, places, times = np.array(found, np.int64).reshape(-1, 3).T
    matrix = sparse.csr_matrix((times * rarity[places], (rows, places)), shape=(len(texts), len(columns)))
    matrix.sort_indices()  # the order of words in a text must not tell, not even in the last bit
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.diags(1 / np.where(lengths > 0, lengths, 1)) @ matrix


def _directions(matrix: Any) -> tuple[Array, Array]:
    """The strongest left singular vectors, and their values; at most as many as there are dimensions."""
    texts = matrix.shape[0]
    if texts <= DENSE_UP_TO or matrix.shape[1] <= DIMENSIONS:
        first = max(0, texts - DIMENSIONS)
        squares, left = eigh((matrix @ matrix.T).toarray(), subset_by_index=(first, texts - 1))
        values = np.sqrt(np.maximum(squares, 0))
    else:
        left, values, _right = svds(matrix, k=DIMENSIONS, v0=np.ones(min(matrix.shape)), return_singular_vectors="u")
    strong = values > 1e-6 * values.max()
    return left[:, strong], values[strong]


def _turned(words: Array) -> Array:
    """Turned so that every dimension holds as much as any other, which few steps need; no angle changes."""
    filled = np.zeros((len(words), DIMENSIONS))
    filled[:, : words.shape[1]] = words
    return np.asarray(filled @ hadamard(DIMENSIONS))
