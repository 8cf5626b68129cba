"""What the organisations of a made-up world write into their profiles: part of the truth, some of it wrong."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from benchmarks.quality.population import (
    MATTERS,
    SECTION_OF,
    SECTORS,
    TOPICS,
    Array,
    People,
    Population,
    drawn,
    popularity,
)
from benchmarks.quality.scenarios import ASPECTS, Scenario

# Words that anybody writes, and those of trades and techniques, of which each subject has some: many are of several.
FILLING, TECHNICAL = 3000, 2500
OF_MATTER, OF_TOPIC, OF_SECTOR = 10, 12, 20


@dataclass(frozen=True)
class Profiles:
    """What is ticked (True) and written, one row a profile; priorities 0, 1 or 3 in the order of ASPECTS."""

    country: Array
    offers: Array
    seeks: Array
    own_sectors: Array
    wanted_sectors: Array
    cross_sector: Array
    languages: Array
    countries: Array
    types: Array
    first: Array
    last: Array
    priorities: Array
    texts: list[Counter[str]]


class ProfileWriter:
    """The words of one world, and how its people tick and write."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.random = random = np.random.default_rng([seed, 7, *scenario.name.encode()])
        self.scenario = scenario
        subjects = [(TOPICS * MATTERS, OF_MATTER), (TOPICS, OF_TOPIC), (SECTORS, OF_SECTOR)]
        self.words = [random.integers(0, TECHNICAL, (number, own)) for number, own in subjects]
        self.filling = popularity(FILLING)

    def profiles(self, people: People) -> Profiles:
        """One each."""
        s = self.scenario
        own = self._ticked(people.sectors)
        own[np.arange(len(people)), people.sectors.argmax(axis=1)] = True
        wanted = self._ticked(people.sectors_liked) & (self.random.random(len(people)) < 0.4 + s.complete / 2)[:, None]
        languages = self._ticked(people.fluency * (people.fluency > 0.35))
        languages[np.arange(len(people)), people.fluency.argmax(axis=1)] = True
        likes = self._ticked(people.countries_liked * (people.countries_liked > 0.75), spurious=0)
        says = self.random.random(len(people)) < 0.7 * s.complete
        sections = np.array([len(set(SECTION_OF[row > 0])) for row in people.sectors_liked])
        return Profiles(
            country=people.country,
            offers=self._ticked(people.strengths),
            seeks=self._ticked(people.needs),
            own_sectors=own,
            wanted_sectors=wanted,
            cross_sector=sections > 2,
            languages=languages,
            countries=likes & says[:, None],
            types=self._ticked(people.types * (people.types > 0.55)),
            first=people.first,
            last=people.last,
            priorities=self._priorities(people),
            texts=[self._text(people, number) for number in range(len(people))],
        )

    def _ticked(self, weights: Array, spurious: float | None = None) -> Array:
        """Each true one perhaps, the stronger the likelier; and a few at random."""
        s = self.scenario
        likely = np.where(weights > 0, s.complete + (1 - s.complete) * (weights - 0.6), 0)
        wrong = (s.spurious if spurious is None else spurious) * (weights > 0).sum(axis=1, keepdims=True)
        chance = np.maximum(likely, wrong / weights.shape[1])
        return np.asarray(self.random.random(weights.shape) < chance)

    def _priorities(self, people: People) -> Array:
        if not self.scenario.says_what:
            return np.ones(people.cares.shape, dtype=int)
        cares = np.array([self.scenario.cares_for(aspect) for aspect in ASPECTS])
        more = people.cares / (cares / cares.sum())
        return np.where(more > 1.5, 3, np.where(more < 0.3, 0, 1))

    def _text(self, people: People, number: int) -> Counter[str]:
        length = self.random.poisson(self.scenario.words)
        telling = self.random.binomial(length, self.scenario.telling)
        filling = drawn(self.random, self.filling, length - telling)
        fine = people.fine_strengths[number] + people.fine_needs[number]
        topics = people.strengths[number] + people.needs[number]
        subjects = (fine, topics, people.sectors[number] + 0.5 * people.sectors_liked[number])
        parts = self.random.multinomial(telling, (0.5, 0.25, 0.25))
        said = Counter(f"filling{word}" for word in filling.tolist())
        for words, weights, many in zip(self.words, subjects, parts, strict=True):
            about = drawn(self.random, weights, many)
            which = np.minimum(self.random.geometric(0.2, size=many) - 1, words.shape[1] - 1)
            said.update(f"technical{word}" for word in words[about, which].tolist())
        return said


def written_profiles(population: Population, scenario: Scenario, seed: int) -> tuple[Profiles, Profiles]:
    """The visitors' and the hosts' profiles."""
    speech = ProfileWriter(scenario, seed)
    return speech.profiles(population.visitors), speech.profiles(population.hosts)
