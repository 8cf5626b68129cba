"""A made-up world: organisations with needs and strengths that no profile tells in full, and what any two would make
of each other. It knows nothing of the portal's score, and its formulas are others: likeness in hidden dimensions,
saturation, taste, and an answer of yes or no.
"""

from dataclasses import dataclass

import numpy as np

from benchmarks.quality.scenarios import ASPECTS, Scenario

Array = np.ndarray
COUNTRIES, LANGUAGES, TYPES, TOPICS, MATTERS = 37, 24, 6, 80, 5  # matters: fine ones, of each topic
# How many divisions each of the sections A to U of NACE has.
SECTIONS = (3, 5, 24, 1, 4, 3, 3, 5, 2, 6, 3, 1, 7, 6, 1, 1, 3, 4, 3, 2, 1)
SECTION_OF = np.repeat(np.arange(len(SECTIONS)), SECTIONS)
SECTORS = len(SECTION_OF)


def popularity(number: int, skew: float = 1.0) -> Array:
    """Shares that fall off as Zipf's law says."""
    shares = 1 / np.arange(1, number + 1) ** skew
    return np.asarray(shares / shares.sum())


def drawn(random: np.random.Generator, weights: Array, number: int) -> Array:
    """So many places of an array, by their weights; one may come twice."""
    sums = np.cumsum(weights)
    return np.minimum(np.searchsorted(sums, random.random(number) * sums[-1], side="right"), len(sums) - 1)


SIZE_OF_COUNTRIES, SPOKEN = popularity(COUNTRIES, 0.6), popularity(LANGUAGES - 1, 0.6)


@dataclass(frozen=True)
class People:
    """Organisations as they are. One row each; every column a weight from 0 to 1 unless said otherwise."""

    country: Array  # its number
    sectors: Array
    sectors_liked: Array
    strengths: Array  # topics
    needs: Array
    fine_strengths: Array  # matters
    fine_needs: Array
    fluency: Array
    countries_liked: Array
    types: Array
    first: Array  # day
    last: Array
    days: Array  # wished, or possible at a host
    cares: Array  # shares of ASPECTS

    def __len__(self) -> int:
        return len(self.country)


@dataclass(frozen=True)
class Population:
    """visitors × hosts: who may meet, what each would make of the other, and how well both would do."""

    visitors: People
    hosts: People
    admissible: Array
    worth: Array  # 0 to 1: both say yes and are glad of it


class Nature:
    """What is the same for everybody in one world."""

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random
        centres = random.normal(0, 1, (len(SECTIONS), 6))
        places = centres[SECTION_OF] + random.normal(0, 0.5, (SECTORS, 6))
        distance = ((places[:, None, :] - places[None, :, :]) ** 2).sum(axis=2)
        self.kinship = np.exp(-distance / 3)  # sectors that feel near, mostly those of one section
        self.topics_of = random.gamma(0.25, 1, (SECTORS, TOPICS)) + 0.02  # which topics a sector deals with
        self.popular_sectors = random.permutation(popularity(SECTORS, 0.8))
        self.popular_topics = random.permutation(popularity(TOPICS, 0.7))

    def people(self, number: int, scenario: Scenario, *, visiting: bool) -> People:
        rows = [self._one(visiting=visiting) for _ in range(number)]
        columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
        cares = np.array([scenario.cares_for(aspect) for aspect in ASPECTS])
        shares = self.random.dirichlet(cares / cares.sum() * len(ASPECTS) * scenario.alike / 4, size=number)
        return People(**columns, cares=shares)

    def _one(self, *, visiting: bool) -> dict[str, Array | int]:
        random = self.random
        sectors = np.zeros(SECTORS)
        main = int(drawn(random, self.popular_sectors, 1)[0])
        sectors[main] = 1
        for _ in range(random.integers(0, 3)):
            sectors[self._near(main) if random.random() < 0.7 else random.integers(SECTORS)] = random.uniform(0.4, 0.9)
        liked = sectors * (random.random() < 0.7)
        for _ in range(random.integers(0, 4) if liked.any() else random.integers(1, 4)):
            liked[self._near(main) if random.random() < 0.4 else random.integers(SECTORS)] = random.uniform(0.4, 1)
        about = self.topics_of[sectors > 0].mean(axis=0) * self.popular_topics
        strengths = self._some(about, int(random.integers(3, 9)))
        needs = self._some(np.sqrt(about * self.popular_topics), int(random.integers(2, 6)))
        length = int(random.integers(10, 60) if visiting else random.integers(30, 150))
        first = int(random.integers(0, 150))
        return {
            "country": int(drawn(random, SIZE_OF_COUNTRIES, 1)[0]),
            "sectors": sectors,
            "sectors_liked": liked,
            "strengths": strengths,
            "needs": needs,
            "fine_strengths": self._fine(strengths),
            "fine_needs": self._fine(needs),
            "fluency": self._fluency(),
            "countries_liked": random.beta(0.5, 1.5, COUNTRIES),
            "types": random.beta(0.7, 0.9, TYPES),
            "first": first,
            "last": first + length,
            "days": int(random.integers(2, 9)),
        }

    def _near(self, sector: int) -> int:
        weights = self.kinship[sector].copy()
        weights[sector] = 0
        return int(drawn(self.random, weights, 1)[0])

    def _some(self, weights: Array, number: int) -> Array:
        found = np.zeros(len(weights))
        chosen = np.argsort(self.random.exponential(size=len(weights)) / weights)[:number]  # each once
        found[chosen] = self.random.uniform(0.3, 1, number)
        return found

    def _fine(self, topics: Array) -> Array:
        """Of each topic one or two of its matters."""
        found = np.zeros((TOPICS, MATTERS))
        chosen = np.flatnonzero(topics)
        first = self.random.integers(MATTERS, size=len(chosen))
        second = (first + self.random.integers(MATTERS, size=len(chosen))) % MATTERS  # the same one now and then
        found[chosen, first] = found[chosen, second] = topics[chosen]
        return found.ravel()

    def _fluency(self) -> Array:
        found = np.zeros(LANGUAGES)
        found[0] = self.random.uniform(0.5, 1) if self.random.random() < 0.8 else 0.2  # English
        found[1 + drawn(self.random, SPOKEN, 1)] = 1
        if self.random.random() < 0.4:
            found[self.random.integers(1, 6)] = self.random.uniform(0.3, 0.9)
        return found


def make(scenario: Scenario, seed: int, visitors: int = 60, hosts: int = 200) -> Population:
    """The world of one seed; the same seed, the same world."""
    random = np.random.default_rng([seed, *scenario.name.encode()])
    nature = Nature(random)
    come, receive = (nature.people(n, scenario, visiting=v) for n, v in ((visitors, True), (hosts, False)))
    admissible = _admissible(come, receive)
    there = _glad(nature, come, receive, scenario, admissible)
    back = _glad(nature, receive, come, scenario, admissible.T).T
    worth = there if scenario.one_sided else there * back
    return Population(come, receive, admissible, worth)


def days_common(one: People, other: People) -> Array:
    """Days on which both are free; none or fewer where they are apart."""
    first = np.maximum(one.first[:, None], other.first[None, :])
    return np.minimum(one.last[:, None], other.last[None, :]) - first + 1


def _admissible(come: People, receive: People) -> Array:
    abroad = come.country[:, None] != receive.country[None, :]
    long_enough = days_common(come, receive) >= come.days[:, None] * 7 / 5
    return abroad & long_enough


def _glad(nature: Nature, one: People, other: People, scenario: Scenario, admissible: Array) -> Array:
    """How likely the one (rows) is to say yes to the other and to be glad of it."""
    per_need = one.needs / one.needs.sum(axis=1, keepdims=True)
    per_fine = one.fine_needs / one.fine_needs.sum(axis=1, keepdims=True)
    liked = one.sectors_liked / np.maximum(one.sectors_liked.sum(axis=1, keepdims=True), 1e-9)
    found = {
        "topics": 1 - np.exp(-3 * per_need @ other.strengths.T),
        "matters": 1 - np.exp(-5 * per_fine @ other.fine_strengths.T),
        "sectors": liked @ nature.kinship @ (other.sectors / other.sectors.sum(axis=1, keepdims=True)).T,
        "types": np.sqrt(one.types[:, None, :] * other.types[None, :, :]).max(axis=2),
        "languages": np.minimum(one.fluency[:, None, :], other.fluency[None, :, :]).max(axis=2),
        "countries": one.countries_liked[:, other.country],
        "period": 1 - np.exp(-np.maximum(days_common(one, other), 0) / 15),
    }
    total = np.zeros(admissible.shape)
    for number, aspect in enumerate(ASPECTS):
        seen = found[aspect][admissible]
        total += one.cares[:, number, None] * (found[aspect] - seen.mean()) / (seen.std() + 1e-9)
    spread = total[admissible].std()
    total += nature.random.normal(0, scenario.chemistry * spread, total.shape)
    return 1 / (1 + np.exp(-1.5 * (total / spread - 0.8)))
