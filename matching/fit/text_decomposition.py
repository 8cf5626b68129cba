"""Latent semantic analysis: the vector of each word, found from the words of many texts.

Words that stand in the same texts point in the same direction. Only the job that makes a vocabulary imports this: scipy
is large, and web processes do without it.
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
WORD_RANGE = 32767  # of a number in a word's vector: two bytes
DENSE_UP_TO = 1000  # so many texts are decomposed by a dense solver, which is quicker and finds every direction


def fitted(texts: Sequence[Mapping[str, int]], rarity: Mapping[str, float]) -> dict[str, Array]:
    """The vector of each word of `rarity`, which says how much a word counts that stands once in a text.

    `texts`: how often each word stands in each of some texts.
    """
    columns = {word: n for n, word in enumerate(rarity)}
    counts_for = np.array(list(rarity.values()), float)
    matrix = _weighed(texts, columns, counts_for)
    if not matrix.nnz:
        return {word: np.zeros(DIMENSIONS, np.int16) for word in columns}
    left, values = _directions(matrix)
    # A text's own vector is its row times these: u · s ** EMPHASIS.
    words = (matrix.T @ (left * values ** (EMPHASIS - 2))) * counts_for[:, None]
    turned = _turned(words)
    whole = np.rint(turned * (WORD_RANGE / np.abs(turned).max())).astype(np.int16)
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
