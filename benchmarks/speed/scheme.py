"""A generated scheme of realistic skew: some countries, sectors, topics and words are had by many, most by few."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import numpy as np

from benchmarks.speed.bulk_insert import after_loading, copy, one, settle_sequences, usual
from cxc import clock
from matching.enums import CAN_BE_MUST, Criterion, Importance
from matching.fit import ranking_index, vocabulary
from matching.models import HiddenProfile, Match, Priorities, VocabularyWord
from profiles.enums import OrganisationKind, ProfileKind, ProfileState
from profiles.models import (
    Country,
    ExchangeType,
    Generation,
    Organisation,
    Participation,
    Partnership,
    Profile,
    Sector,
    Topic,
)

VISITORS = int(os.environ.get("MATCHING_VISITORS", "200"))  # who ask
COUNTRIES, PARTNERSHIPS = 37, 20
VOCABULARY, OF_SECTOR, TEXT = 20_000, 150, 85  # words there are, words of each trade, words of a description
BATCH_SIZE = 10_000
DAYS = 720  # over which periods are spread
SPOKEN = ("en", "de", "fr", "es", "it", "pl", "nl", "pt", "ro", "sv", "el", "cs", "hu", "bg", "fi", "da")
LINKS = ("types", "own_sectors", "wanted_sectors", "offers", "seeks", "wanted_countries")
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "al", "en", "or")]


def skewed(number: int, skew: float) -> np.ndarray:
    """Running sums of Zipf's shares."""
    shares = 1 / np.arange(1, number + 1) ** skew
    return np.asarray(np.cumsum(shares / shares.sum()))


@dataclass
class Scheme:
    """The generated scheme in the database; it grows by `grow_to`."""

    random: np.random.Generator = field(default_factory=lambda: np.random.default_rng(2026))
    hosts: int = 0
    visitors: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._more_topics()
        self.choices = {
            "types": _shuffled(self.random, list(ExchangeType.objects.values_list("pk", flat=True)), 0.3),
            "sectors": _shuffled(self.random, list(Sector.objects.values_list("pk", flat=True)), 0.8),
            "topics": _shuffled(self.random, list(Topic.objects.values_list("pk", flat=True)), 0.7),
            "countries": _shuffled(self.random, list(Country.objects.values_list("pk", flat=True)[:COUNTRIES]), 0.6),
            "languages": (np.array(SPOKEN), skewed(len(SPOKEN), 1.0)),
        }
        self.words = np.array([_word(number) for number in range(VOCABULARY)], dtype=object)
        self.common = skewed(VOCABULARY, 1.0)
        self.trades = {
            code: self.random.integers(0, VOCABULARY, OF_SECTOR) for code in self.choices["sectors"][0].tolist()
        }
        self._generation()
        self._grow(VISITORS, ProfileKind.VISITING)
        self.visitors = list(
            Profile.objects.filter(kind=ProfileKind.VISITING).order_by("pk").values_list("pk", flat=True)
        )

    def grow_to(self, hosts: int) -> None:
        """So many published hosts, a few of them hidden from or proposed to by visitors."""
        while self.hosts < hosts:
            more = min(BATCH_SIZE, hosts - self.hosts)
            self._grow(more, ProfileKind.HOST)
            self.hosts += more
        self._meet()
        after_loading("profiles_organisation", "profiles_profile", *(_through(name)._meta.db_table for name in LINKS))

    def _more_topics(self) -> None:
        known = Topic.objects.count()
        bits = sorted(set(range(Topic.CAPACITY)) - set(Topic.objects.values_list("bit", flat=True)))
        Topic.objects.bulk_create(
            Topic(code=f"made-up-{n}", name=f"Made-up topic {n}", group="Made up", bit=bit)
            for n, bit in enumerate(bits[: Topic.CAPACITY - known])
        )

    def _generation(self) -> None:
        today = clock.today()
        self.generation = Generation.objects.create(
            code="bench",
            name="Bench",
            first_day=today - timedelta(days=30),
            last_day=today + timedelta(days=DAYS + 200),
            visitor_kinds=list(OrganisationKind.values),
            host_kinds=list(OrganisationKind.values),
        )
        self.generation.countries.set(self.choices["countries"][0].tolist())
        self.partnerships = []
        for number in range(PARTNERSHIPS):
            seat = self.choices["countries"][0][number]
            made = Partnership.objects.create(acronym=f"BENCH-{number}", full_name=f"Bench {number}", seat_id=seat)
            last = self.generation.last_day
            Participation.objects.create(partnership=made, generation=self.generation, target=9, last_day=last)
            self.partnerships.append(made.pk)

    def _grow(self, number: int, kind: ProfileKind) -> None:
        first_organisation = (one("SELECT coalesce(max(id), 0) FROM profiles_organisation") or 0) + 1
        first_profile = (one("SELECT coalesce(max(id), 0) FROM profiles_profile") or 0) + 1
        self._organisations(first_organisation, number)
        made = [self._profile(kind) for _ in range(number)]
        self._profiles(first_profile, first_organisation, made)
        for name in LINKS:
            self._link(name, first_profile, [links[name] for _, links in made])
        self._priorities(first_profile, number)
        settle_sequences("profiles_organisation", "profiles_profile")

    def _organisations(self, first: int, number: int) -> None:
        columns = usual(Organisation(kind=OrganisationKind.SME, city="Somewhere", country_id="BE"))
        columns |= {"legal_name": "", "country_id": ""}
        countries = self._some("countries", number)
        lines = (
            [first + n, *(columns | {"legal_name": f"Organisation {first + n}", "country_id": countries[n]}).values()]
            for n in range(number)
        )
        copy("profiles_organisation", ["id", *columns], lines)

    def _profiles(self, first: int, organisation: int, made: list[tuple[dict[str, Any], Any]]) -> None:
        columns = usual(Profile(generation=self.generation)) | {"state": ProfileState.PUBLISHED.value}
        columns |= {"eligibility_confirmed_at": clock.now(), "published_at": clock.now()}
        lines = (
            [first + n, *(columns | said | {"organisation_id": organisation + n}).values()]
            for n, (said, _links) in enumerate(made)
        )
        copy("profiles_profile", ["id", *columns], lines)

    def _profile(self, kind: ProfileKind) -> tuple[dict[str, Any], dict[str, list[str]]]:
        """Its columns, and its links."""
        random = self.random
        visiting = kind == ProfileKind.VISITING
        physical, virtual = ((True, False), (True, True), (False, True))[int(random.choice(3, p=(0.6, 0.25, 0.15)))]
        start = clock.today() + timedelta(days=int(random.integers(0, DAYS)))
        length = int(random.integers(10, 40) if visiting else random.integers(15, 75))
        own = self._few("sectors", 1, 3)
        said = {
            "kind": kind.value,
            "partnership_id": self.partnerships[int(random.integers(PARTNERSHIPS))],
            "title": f"A {kind.value} profile",
            "physical": physical,
            "virtual": virtual,
            "cross_sector": bool(random.random() < 0.5),
            "languages": self._few("languages", 1, 3),
            "available_from": start,
            "available_to": start + timedelta(days=length),
            "working_days": int(random.integers(3, 8)),
            "places": int(random.integers(1, 6)),
            "description": self._text(own[0]),
        }
        if random.random() < 0.03:
            said["eligibility_confirmed_at"] = None
        links = {
            "types": self._few("types", 1, 3),
            "own_sectors": own,
            "wanted_sectors": self._few("sectors", 0, 4),
            "offers": self._few("topics", 1, 9),
            "seeks": self._few("topics", 0, 6),
            "wanted_countries": self._few("countries", 1, 8) if random.random() < 0.3 else [],
        }
        return said, links

    def _text(self, sector: str) -> str:
        own = self.trades[sector][self.random.integers(0, OF_SECTOR, TEXT // 4)]
        usual = np.searchsorted(self.common, self.random.random(TEXT - len(own)))
        return " ".join(self.words[np.minimum(np.concatenate([usual, own]), VOCABULARY - 1)])

    def _some(self, of: str, number: int) -> list[str]:
        things, sums = self.choices[of]
        return list(things[np.minimum(np.searchsorted(sums, self.random.random(number)), len(things) - 1)])

    def _few(self, of: str, least: int, most: int) -> list[str]:
        return list(dict.fromkeys(self._some(of, int(self.random.integers(least, most + 1)))))

    def _link(self, name: str, first: int, links: list[list[str]]) -> None:
        through = _through(name)
        column = next(f.column for f in through._meta.concrete_fields if f.column not in {"id", "profile_id"})
        copy(
            through._meta.db_table,
            ["profile_id", column],
            ((first + n, code) for n, codes in enumerate(links) for code in codes),
        )

    def _priorities(self, first: int, number: int) -> None:
        """A fifth says what matters; one in forty of these has a must."""
        chosen = np.flatnonzero(self.random.random(number) < 0.2)
        copy(
            Priorities._meta.db_table,
            ["profile_id", *(str(criterion) for criterion in Criterion)],
            ([first + n, *(self._importance(criterion) for criterion in Criterion)] for n in chosen),
        )

    def _importance(self, criterion: Criterion) -> str:
        if criterion in CAN_BE_MUST and self.random.random() < 0.005:
            return Importance.MUST.value
        usual = (Importance.NICE, Importance.NICE, Importance.IMPORTANT, Importance.IGNORE)
        return usual[int(self.random.integers(4))].value

    def _meet(self) -> None:
        """Some visitors have proposed to a host, and hidden another; once, among the first hosts."""
        if Match.objects.exists():
            return
        hosts = list(Profile.objects.filter(kind=ProfileKind.HOST).order_by("pk").values_list("pk", flat=True)[:1000])
        visitors = Profile.objects.filter(pk__in=self.visitors[::4])
        columns = usual(Match(modality="physical", initiated_by="vo", visitor_answer="yes")) | {"state": "proposed"}
        lines = []
        for visitor in visitors:
            proposed, hidden = self.random.choice(hosts, 2, replace=False).tolist()
            HiddenProfile.objects.get_or_create(profile=visitor, other_id=hidden)
            ids = {"visiting_profile_id": visitor.pk, "host_profile_id": proposed}
            ids |= {"visiting_organisation_id": visitor.organisation_id, "generation_id": visitor.generation_id}
            lines.append((columns | ids).values())
        copy(Match._meta.db_table, list(columns), (list(line) for line in lines))


def build() -> Iterator[tuple[str, float]]:
    """Make the ranking's rows, then its vocabulary; each with the seconds that it took. As on the first day: the words
    of the size before are forgotten first."""
    VocabularyWord.objects.all().delete()
    for name, make in (("rows_s", ranking_index.rebuild), ("vocabulary_s", vocabulary.refit)):
        began = time.perf_counter()
        make()
        yield name, time.perf_counter() - began
    after_loading("matching_rankingrow", "matching_rankingtext")


def _through(name: str) -> Any:
    return getattr(Profile, name).through


def _shuffled(random: np.random.Generator, codes: list[str], skew: float) -> tuple[np.ndarray, np.ndarray]:
    return random.permutation(np.array(codes, dtype=object)), skewed(len(codes), skew)


def _word(number: int) -> str:
    base = len(SYLLABLES)
    parts = [SYLLABLES[number % base], SYLLABLES[(number // base) % base], SYLLABLES[(number * 7) % base]]
    return "".join(parts)
