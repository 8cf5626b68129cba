"""Real descriptions of organisations: which are relevant to which, and how well each way of comparing texts finds them.

The portal's way is its own code from the words on (`score.text_vectors`, `arrays.text_part`). The baselines compare the
same stems: TF-IDF as scikit-learn's `TfidfVectorizer(sublinear_tf=True)` makes it, and LSA as its `TruncatedSVD` of
that matrix to 128 dimensions; each by cosine.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from benchmarks.quality.measures import TOP, interval
from benchmarks.quality.population import Array
from benchmarks.quality.score import text_vectors
from matching.fit import arrays, text_space
from matching.fit.vocabulary import FULL_LIKENESS
from matching.fit.words import language_of, stems_of

LSA_DIMENSIONS = 128
MOST_QUERIES = 2000  # of a longer file so many, spread evenly
WORTH = {"sector": 1, "subsector": 2, "type": 1}  # what each field counts that two descriptions have in common


@dataclass(frozen=True)
class Description:
    """One organisation's text, and what is known of it beside: fields (WORTH), or tags."""

    organisation: str
    text: str
    fields: tuple[str, ...]
    tags: frozenset[str]


def read(path: Path) -> list[Description]:
    """The descriptions of a file: a list of objects with text and organisation, and sector, subsector, type or tags."""
    return [_description(number, one) for number, one in enumerate(json.loads(path.read_text(encoding="utf-8")))]


def _description(number: int, one: dict[str, Any]) -> Description:
    return Description(
        organisation=str(one.get("organisation") or f"of text {number}"),
        text=str(one["text"]),
        fields=tuple(str(one.get(name) or "") for name in WORTH),
        tags=frozenset(str(tag) for tag in one.get("tags") or ()),
    )


class Relevance:
    """How relevant each description is to one: its fields in common, or where there are tags the rare ones' share.

    Of tags: the weight of those that both have, of all that either has; each weighs the logarithm of the number of
    descriptions over that of those which have it.
    """

    def __init__(self, descriptions: Sequence[Description]) -> None:
        self._descriptions = descriptions
        self._organisations = np.array([one.organisation for one in descriptions])
        self._fields = np.array([one.fields for one in descriptions]).reshape(len(descriptions), len(WORTH))

    @cached_property
    def _tags(self) -> Array | None:
        counts = Counter(tag for one in self._descriptions for tag in one.tags)
        if not counts:
            return None
        columns = {tag: n for n, tag in enumerate(counts)}
        found = np.zeros((len(self._descriptions), len(columns)), np.float32)
        for row, one in enumerate(self._descriptions):
            for tag in one.tags:
                found[row, columns[tag]] = np.log(len(self._descriptions) / counts[tag])
        return found

    def to(self, query: int) -> Array:
        """Of each description; 0 for others of the same organisation."""
        if self._tags is None:
            same = (self._fields == self._fields[query]) & (self._fields != "")
            found = same @ np.array(list(WORTH.values()), float)
        else:
            either = np.maximum(self._tags, self._tags[query]).sum(axis=1)
            common = np.minimum(self._tags, self._tags[query]).sum(axis=1)
            found = common / np.where(either > 0, either, 1)
        return np.where(self.may_be_shown(query), found, 0.0)

    def may_be_shown(self, query: int) -> Array:
        return np.asarray(self._organisations != self._organisations[query])


def measure(descriptions: Sequence[Description]) -> dict[str, Any]:
    """Every way's nDCG@10 over the descriptions to which any other is relevant."""
    relevance = Relevance(descriptions)
    ways = _ways([stems_of(one.text) for one in descriptions], [language_of(one.text) for one in descriptions])
    values: dict[str, list[float]] = {name: [] for name in ways}
    every = max(1, -(-len(descriptions) // MOST_QUERIES))
    for query in range(0, len(descriptions), every):
        relevant, shown = relevance.to(query), relevance.may_be_shown(query)
        if relevant.any():
            for name, way in ways.items():
                values[name].append(_ndcg(way(query), relevant, shown))
    found: dict[str, Any] = {name: _summed(of) for name, of in values.items()}
    for name in ("tfidf", "lsa", "random"):
        lead = [ours - its for ours, its in zip(values["portal"], values[name], strict=True)]
        found[name] |= {"lead": round(float(np.mean(lead)), 4), "lead_95": interval(lead)}
    return found | {"queries": len(values["portal"]), "texts": len(descriptions)}


def _ndcg(scores: Array, relevant: Array, shown: Array) -> float:
    """Of one query; equal scores in the order of the file."""
    best = np.argsort(-np.where(shown, scores, -np.inf), kind="stable")[:TOP]
    discount = 1 / np.log2(np.arange(2, TOP + 2))
    ideal = -np.sort(-relevant)[:TOP]
    return float(relevant[best] @ discount[: len(best)] / (ideal @ discount[: len(ideal)]))


def _summed(values: Sequence[float]) -> dict[str, Any]:
    return {"ndcg10": round(float(np.mean(values)), 4), "ndcg10_95": interval(values)}


def _ways(texts: Sequence[Counter[str]], languages: Sequence[str]) -> dict[str, Any]:
    """Each way as a function that scores every text for one."""
    matrix = tfidf(texts)
    reduced = lsa(matrix)
    random = np.random.default_rng(10).random((len(texts), len(texts)) if len(texts) < 1000 else (1, len(texts)))
    return {
        "portal": _portal(texts, languages),
        "tfidf": lambda query: (matrix @ matrix[query].T).toarray().ravel(),
        "lsa": lambda query: reduced @ reduced[query],
        "random": lambda query: np.roll(random[query % len(random)], query),
    }


def _portal(texts: Sequence[Counter[str]], languages: Sequence[str]) -> Any:
    """The part that the criterion gives: none where one of the two has no word that the vocabulary knows."""
    vectors = text_vectors(texts, languages)
    squares = np.array([text_space.square_of(vector) for vector in vectors])

    def scores(query: int) -> Array:
        product = arrays.text_product(vectors, vectors[query])
        return arrays.text_part(product, squares, squares[query], FULL_LIKENESS)

    return scores


def tfidf(texts: Sequence[Counter[str]]) -> Any:
    """Texts × stems, each row of length 1: 1 + ln(times), by ln((1 + texts) / (1 + texts with the stem)) + 1."""
    counts = Counter(stem for text in texts for stem in text)
    columns = {stem: n for n, stem in enumerate(counts)}
    rarity = np.log((1 + len(texts)) / (1 + np.array(list(counts.values()), float))) + 1
    found = [(row, columns[stem], times) for row, text in enumerate(texts) for stem, times in text.items()]
    rows, places, times = np.array(found, np.int64).reshape(-1, 3).T
    weights = (1 + np.log(times)) * rarity[places]
    matrix = sparse.csr_matrix((weights, (rows, places)), shape=(len(texts), len(columns)))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.where(lengths > 0, lengths, 1)) @ matrix)


def lsa(matrix: Any) -> Array:
    """Each row in the directions of the largest singular values, brought to length 1."""
    dimensions = min(LSA_DIMENSIONS, min(matrix.shape) - 1)
    left, values, _right = svds(matrix, k=dimensions, v0=np.ones(min(matrix.shape)))
    reduced = left * values
    lengths = np.linalg.norm(reduced, axis=1, keepdims=True)
    return np.asarray(reduced / np.where(lengths > 0, lengths, 1))
