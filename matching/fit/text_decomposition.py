"""Latent semantic analysis: the vector of each word, found from the words of many texts.

Words that stand in the same texts point in the same direction. Where there are more directions than dimensions, as
where many languages are written, what is left of a word points in a direction drawn for it. Only the job that makes a
vocabulary imports this: scipy is large, and web processes do without it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy import sparse
from scipy.linalg import eigh, hadamard
from scipy.sparse.linalg import svds

from matching.fit.text_space import MOST_TIMES, TIMES, Array
from matching.models.ranking import DIMENSIONS

# Directions that many texts share count more than their singular value says: exponent of that value.
EMPHASIS = 1.5
# How much of a word counts that lies outside the directions that are kept; docs/matching.md has what was measured.
OUTSIDE = 0.35
SEED = 8  # fixed, so that the same texts give the same vectors
WORD_RANGE = 32767  # of a number in a word's vector: two bytes
DENSE_UP_TO = 1000  # so many texts are decomposed by a dense solver, which is quicker and finds every direction


def fitted(
    texts: Sequence[Mapping[str, int]], rarity: Mapping[str, float], parts: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Array]:
    """The vector of each word of `rarity`, which says how much a word counts that stands once in a text.

    `texts`: how often each word stands in each of some texts. `parts`: of a compound, the words whose vectors are added
    to its own.
    """
    columns = {word: n for n, word in enumerate(rarity)}
    counts_for = np.array(list(rarity.values()), float)
    matrix = _weighed(texts, columns, counts_for)
    if not matrix.nnz:
        return {word: np.zeros(DIMENSIONS, np.int16) for word in columns}
    left, values = _directions(matrix)
    shares = matrix.T @ (left / values)
    # A text's own vector is its row times these: u · s ** EMPHASIS.
    words = _turned(shares * values ** (EMPHASIS - 1))
    words += OUTSIDE * _outside(shares)
    words *= counts_for[:, None]
    words = _vectors_with_parts(words, columns, parts or {})
    whole = np.rint(words * (WORD_RANGE / np.abs(words).max())).astype(np.int16)
    return dict(zip(columns, whole, strict=True))


def _weighed(texts: Sequence[Mapping[str, int]], columns: Mapping[str, int], rarity: Array) -> Any:
    """Texts × words: how much each counts, each text of length 1."""
    found = [
        (row, columns[word], TIMES[min(times, MOST_TIMES)])
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


def _outside(shares: Array) -> Array:
    """For each word a direction drawn at random, without what of it lies in the directions that are kept.

    `shares`: words × directions, columns of length 1 at right angles to each other.
    """
    drawn = np.random.default_rng(SEED).choice([-1.0, 1.0], size=(len(shares), DIMENSIONS))
    drawn -= shares @ (shares.T @ drawn)
    return np.asarray(drawn)


def _vectors_with_parts(words: Array, columns: Mapping[str, int], parts: Mapping[str, Sequence[str]]) -> Array:
    """The vectors, to each added those of the word's parts."""
    whole = words.copy()
    for word, column in columns.items():
        for part in parts.get(word, ()):
            if part in columns:
                whole[column] += words[columns[part]]
    return whole
