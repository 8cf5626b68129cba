"""The portal's score (`matching.fit.criteria`) over all pairs of a made-up world at once, and the check that it is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from benchmarks.quality.population import SECTION_OF, TOPICS, Array
from benchmarks.quality.profiles import Profiles
from matching.enums import Criterion
from matching.fit import arrays, criteria, text_space, vocabulary
from matching.fit.criteria import Pair, SideCounts

Weights = Mapping[Criterion, int]


@dataclass(frozen=True)
class OneWay:
    """What each row finds at each column; `asked` and the like are one number a row."""

    topics_asked: Array
    topics_met: Array
    sectors_asked: Array
    sectors_same: Array
    sectors_near: Array
    cross_sector: Array
    types: Array
    languages: Array
    country_asked: Array
    country_met: Array
    days: Array
    text_square: Array
    priorities: Array


@dataclass(frozen=True)
class Counts:
    """What is counted of all pairs, visitors × hosts; `there` is hosts × visitors."""

    here: OneWay
    there: OneWay
    types_common: Array
    languages_common: Array
    days_common: Array
    text_product: Array
    text_scale: float


def count(visitors: Profiles, hosts: Profiles) -> Counts:
    """Of all pairs, with the vocabulary that the portal would fit to these profiles."""
    topics = _topic_levels(visitors, hosts)
    vectors = text_vectors([*visitors.texts, *hosts.texts])
    come, receive = vectors[: len(visitors.texts)], vectors[len(visitors.texts) :]
    first = np.maximum(visitors.first[:, None], hosts.first)
    return Counts(
        here=_one_way(visitors, hosts, topics, come),
        there=_one_way(hosts, visitors, topics, receive),
        types_common=_both(visitors.types, hosts.types),
        languages_common=_both(visitors.languages, hosts.languages),
        days_common=np.minimum(visitors.last[:, None], hosts.last) - first + 1,
        text_product=arrays.text_product(receive, come.T).T,
        text_scale=vocabulary.likeness_scale(vectors, np.concatenate([visitors.own_sectors, hosts.own_sectors])),
    )


def text_vectors(texts: Sequence[Counter[str]], languages: Iterable[str] | None = None) -> Array:
    """The vectors that the portal would store for these texts (of each, how often a stem stands in it), a row each.

    `languages`: of each text; one for all where nothing is said.
    """
    counts = vocabulary.TextCounts(len(texts))
    for text, language in zip(texts, languages or repeat("en", len(texts)), strict=True):
        counts.add(((stem, stem) for stem in text.elements()), language)
    words = counts.vectors()
    return np.array([text_space.vector_of(text, words) for text in texts])


def _topic_levels(visitors: Profiles, hosts: Profiles) -> Array:
    profiles = len(visitors.texts) + len(hosts.texts)
    offered = visitors.offers.sum(axis=0) + hosts.offers.sum(axis=0)
    topics = vocabulary.rarity_levels({str(topic): int(offered[topic]) for topic in range(TOPICS)}, profiles)
    return np.array(list(topics.values()), dtype=float)


def _both(one: Array, other: Array) -> Array:
    return one.astype(float) @ other.astype(float).T


def _one_way(one: Profiles, other: Profiles, topics: Array, vectors: Array) -> OneWay:
    says = one.wanted_sectors.sum(axis=1) > 0
    wish = np.where(says[:, None], one.wanted_sectors, one.own_sectors)
    sections = np.zeros((len(other.texts), SECTION_OF[-1] + 1))
    for n in range(len(other.texts)):
        sections[n, SECTION_OF[np.flatnonzero(other.own_sectors[n])]] = 1
    return OneWay(
        topics_asked=one.seeks @ topics,
        topics_met=(one.seeks * topics) @ other.offers.T.astype(float),
        sectors_asked=wish.sum(axis=1),
        sectors_same=_both(wish, other.own_sectors),
        sectors_near=_both(wish, sections[:, SECTION_OF]),
        cross_sector=one.cross_sector,
        types=one.types.sum(axis=1),
        languages=one.languages.sum(axis=1),
        country_asked=one.countries.sum(axis=1) > 0,
        country_met=one.countries[:, other.country],
        days=one.last - one.first + 1,
        text_square=np.array([text_space.square_of(vector) for vector in vectors]),
        priorities=one.priorities,
    )


class Parts:
    """Each criterion's part in both directions, visitors × hosts, NaN where it has nothing to say: for any weights."""

    def __init__(self, counts: Counts) -> None:
        c = counts
        types = np.minimum(c.here.types[:, None], c.there.types[None, :])
        spoken = (c.here.languages[:, None] > 0) & (c.there.languages[None, :] > 0)
        squares = c.here.text_square[:, None], c.there.text_square[None, :]
        with np.errstate(divide="ignore", invalid="ignore"):
            common = {
                Criterion.TYPES: np.where(types > 0, c.types_common / types, np.nan),
                Criterion.LANGUAGES: np.where(spoken, c.languages_common > 0, np.nan),
                Criterion.TEXT: np.where(
                    squares[0] * squares[1] > 0, arrays.text_part(c.text_product, *squares, c.text_scale), np.nan
                ),
            }
            self.own = common | self._side(c.here, c.days_common)
            self.theirs = common | {key: part.T for key, part in self._side(c.there, c.days_common.T).items()}
        self.factors = c.here.priorities, c.there.priorities

    @staticmethod
    def _side(side: OneWay, days_common: Array) -> dict[Criterion, Array]:
        near = side.sectors_near - side.sectors_same
        asked = side.sectors_asked[:, None]
        quarters = 4 * side.sectors_same + 2 * near + np.where(side.cross_sector[:, None], asked - side.sectors_near, 0)
        topics = side.topics_asked[:, None]
        return {
            Criterion.TOPICS: np.where(topics > 0, side.topics_met / topics, np.nan),
            Criterion.SECTORS: np.where(asked > 0, quarters / (4 * asked), np.nan),
            Criterion.COUNTRIES: np.where(side.country_asked[:, None], side.country_met, np.nan),
            Criterion.PERIOD: days_common / side.days[:, None],
        }

    def weighed(self, weights: Weights, *, there: bool, ask: bool = True) -> dict[Criterion, tuple[Array, Array]]:
        """Each criterion's weight and part; without `ask`, as if nobody had said what matters."""
        parts, factors = (self.theirs, self.factors[1].T) if there else (self.own, self.factors[0].T)
        found = {}
        for number, criterion in enumerate(Criterion):
            part = parts[criterion]
            factor = factors[number] if ask else np.ones_like(factors[number])
            shaped = factor[None, :] if there else factor[:, None]
            found[criterion] = (weights[criterion] * shaped * ~np.isnan(part), np.nan_to_num(part))
        return found

    def directed(self, weights: Weights, *, there: bool, ask: bool = True) -> Array:
        """How far one side's wishes are met, NaN where nothing is left to compare."""
        weight = total = np.zeros(self.own[Criterion.TEXT].shape)
        for share, part in self.weighed(weights, there=there, ask=ask).values():
            weight, total = weight + share, total + share * part
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(total / weight)

    def score(self, weights: Weights, *, ask: bool = True) -> Array:
        """Both sides in one number."""
        own, theirs = (self.directed(weights, there=there, ask=ask) for there in (False, True))
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = np.where(own + theirs > 0, 2 * own * theirs / (own + theirs), 0.0)
        lone = np.nan_to_num(np.where(np.isnan(theirs), own, theirs))
        return np.where(np.isnan(own) | np.isnan(theirs), lone, mean)


def check(counts: Counts, found: Array, pairs: Iterable[tuple[int, int]]) -> None:
    """That these pairs have the score that the portal's own formula gives, to the last bit."""
    for visitor, host in pairs:
        pair = Pair(
            own=_as_side(counts.here, visitor, host),
            theirs=_as_side(counts.there, host, visitor),
            types_common=int(counts.types_common[visitor, host]),
            languages_common=int(counts.languages_common[visitor, host]),
            days_common=int(counts.days_common[visitor, host]),
            text_product=int(counts.text_product[visitor, host]),
        )
        both = [criteria.directed_score(criteria.shares(pair, side, counts.text_scale)) for side in pair.sides()]
        expected = criteria.pair_score(*both)
        if expected != found[visitor, host]:
            raise AssertionError(f"The portal says {expected}, the benchmark {found[visitor, host]}.")


def _as_side(way: OneWay, row: int, column: int) -> SideCounts:
    factors = dict(zip(Criterion, (int(factor) for factor in way.priorities[row]), strict=True))
    return SideCounts(
        topics_asked=int(way.topics_asked[row]),
        topics_met=int(way.topics_met[row, column]),
        sectors_asked=int(way.sectors_asked[row]),
        sectors_same=int(way.sectors_same[row, column]),
        sectors_near=int(way.sectors_near[row, column]),
        cross_sector=bool(way.cross_sector[row]),
        types=int(way.types[row]),
        languages=int(way.languages[row]),
        country_asked=bool(way.country_asked[row]),
        country_met=bool(way.country_met[row, column]),
        days=int(way.days[row]),
        text_square=int(way.text_square[row]),
        factors=factors,
    )
