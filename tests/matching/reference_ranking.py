"""The ranking once more, as plainly as one can write it: sets, dates and loops over the profiles themselves.

It shares the formula (`matching.fit.criteria`) with what it is compared to, and nothing else.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from math import isqrt, log
from zoneinfo import ZoneInfo

from cxc import clock
from matching.enums import OPEN_STATES, Criterion, Importance, MatchState
from matching.fit import criteria
from matching.fit.criteria import Pair, SideCounts
from matching.fit.words import stems_of
from matching.models import HiddenProfile, Match, Priorities, Vocabulary
from matching.queries.used_up import used_up_profile
from profiles.models import LastInterest, Profile, Sector, Topic

Priority = Mapping[Criterion, Importance]
RELATIONS = ("generation__countries", "partnership__participations")
LINKS = ("types", "own_sectors", "wanted_sectors", "offers", "seeks", "wanted_countries")


@dataclass(frozen=True)
class Weights:
    """How often each topic counts, the vector of each word, and the likeness of texts that counts as full."""

    topics: Mapping[str, int]
    words: Mapping[str, tuple[int, ...]]
    scale: float

    @classmethod
    def current(cls) -> "Weights":
        vocabulary = Vocabulary.objects.get(is_current=True)
        return cls(
            topics={t.pk: _level(t.bit, vocabulary.rare_topics, vocabulary.rarest_topics) for t in Topic.objects.all()},
            words={
                word: struct.unpack(">256h", vector) for word, vector in vocabulary.words.values_list("word", "vector")
            },
            scale=vocabulary.text_scale,
        )


def _level(bit: int, rare: str, rarest: str) -> int:
    return 1 + int(rare[bit]) + int(rarest[bit])


@dataclass(frozen=True)
class ProfileFacts:
    """What is read of one profile."""

    profile: Profile
    types: frozenset[str]
    own_sectors: frozenset[str]
    near_sectors: frozenset[str]
    wished_sectors: frozenset[str]
    offers: frozenset[str]
    seeks: frozenset[str]
    wanted_countries: frozenset[str]
    languages: frozenset[str]
    vector: tuple[int, ...]
    priorities: Priority

    @property
    def country(self) -> str:
        return self.profile.organisation.country_id

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def first(self) -> date:
        """The first day that is not past."""
        assert self.profile.available_from is not None
        return max(self.profile.available_from, clock.today())

    @property
    def last(self) -> date:
        assert self.profile.available_to is not None
        return self.profile.available_to


def facts_of(profiles: Iterable[Profile], words: Weights) -> dict[int, ProfileFacts]:
    """Of each profile, by its number; its links prefetched."""
    profiles = list(profiles)
    sections = {sector.pk: sector.section for sector in Sector.objects.all()}
    priorities = {row.profile_id: row for row in Priorities.objects.all()}
    return {profile.pk: _facts(profile, sections, priorities.get(profile.pk), words) for profile in profiles}


def _facts(
    profile: Profile,
    sections: Mapping[str, str],
    row: Priorities | None,
    words: Weights,
) -> ProfileFacts:
    links = {name: frozenset(one.pk for one in getattr(profile, name).all()) for name in LINKS}
    own = links["own_sectors"]
    chosen = {criterion: Importance(getattr(row, criterion)) for criterion in Criterion} if row else criteria.PRIORITIES
    near = {sector for sector, section in sections.items() if section in {sections[one] for one in own}}
    return ProfileFacts(
        profile=profile,
        types=links["types"],
        own_sectors=own,
        near_sectors=frozenset(near),
        wished_sectors=links["wanted_sectors"] or own,
        offers=links["offers"],
        seeks=links["seeks"],
        wanted_countries=links["wanted_countries"],
        languages=frozenset(profile.languages),
        vector=_vector(profile, words),
        priorities=chosen,
    )


def _vector(profile: Profile, words: Weights) -> tuple[int, ...]:
    """The vector of a profile's texts, in Python's own whole numbers."""
    stems = stems_of(f"{profile.title} {profile.motivation} {profile.description}")
    total = [0] * 256
    for word, times in stems.items():
        counts = round(16 * (1 + log(min(times, 64))))
        for n, number in enumerate(words.words.get(word, ())):
            total[n] += counts * number
    largest = max(map(abs, total))
    total = [number >> max(0, largest.bit_length() - 24) for number in total]
    length = isqrt(sum(number * number for number in total))
    # 7 steps reach 2.5 standard deviations, each of which is a sixteenth of the length: 44.8 steps a length.
    return tuple(max(-7, min(7, (896 * number + 10 * length) // (20 * length))) if length else 0 for number in total)


def _product(one: Sequence[int], other: Sequence[int]) -> int:
    return sum(a * b for a, b in zip(one, other, strict=True))


def pair_of(mine: ProfileFacts, other: ProfileFacts, words: Weights) -> Pair:
    """What the two have in common."""
    first, last = max(mine.first, other.first), min(mine.last, other.last)
    return Pair(
        own=_side(mine, other, words),
        theirs=_side(other, mine, words),
        types_common=len(mine.types & other.types),
        languages_common=len(mine.languages & other.languages),
        days_common=(last - first).days + 1,
        text_product=_product(mine.vector, other.vector),
    )


def _side(one: ProfileFacts, other: ProfileFacts, words: Weights) -> SideCounts:
    return SideCounts(
        topics_asked=_weight(one.seeks, words.topics),
        topics_met=_weight(one.seeks & other.offers, words.topics),
        sectors_asked=len(one.wished_sectors),
        sectors_same=len(one.wished_sectors & other.own_sectors),
        sectors_near=len(one.wished_sectors & other.near_sectors),
        cross_sector=one.profile.cross_sector,
        types=len(one.types),
        languages=len(one.languages),
        country_asked=bool(one.wanted_countries),
        country_met=other.country in one.wanted_countries,
        days=one.days,
        text_square=_product(one.vector, one.vector),
        factors={criterion: criteria.FACTORS[importance] for criterion, importance in one.priorities.items()},
        musts=frozenset(c for c, importance in one.priorities.items() if importance == Importance.MUST),
    )


def _weight(items: Iterable[str], levels: Mapping[str, int]) -> int:
    return sum(levels[item] for item in items)


def score(pair: Pair, scale: float) -> tuple[float, float | None, float | None]:
    """Together, own and theirs, each 0 to 1."""
    own, theirs = (criteria.directed_score(criteria.shares(pair, side, scale)) for side in pair.sides())
    return criteria.pair_score(own, theirs), own, theirs


class ReferenceRanking:
    """Everything the ranking reads, read once."""

    def __init__(self) -> None:
        self.words = Weights.current()
        self.everybody = facts_of(
            Profile.objects.with_display_relations().prefetch_related(
                "generation__countries", "partnership__participations", *LINKS
            ),
            self.words,
        )
        self.hidden = set(HiddenProfile.objects.values_list("profile_id", "other_id"))
        self.matches = list(Match.objects.filter(state__in=OPEN_STATES))
        self.dormant = {
            row.profile_id
            for row in LastInterest.objects.all()
            if row.shown_at.astimezone(UTC).date() + timedelta(days=91) < clock.today()
        }
        self.used_up = set(Profile.objects.filter(used_up_profile()).values_list("pk", flat=True))

    def ranked(self, mine: int) -> list[tuple[int, float, float | None, float | None, tuple[bool, bool]]]:
        """Number, scores and modalities of everybody admissible, the best first, equal ones by their number."""
        me = self.everybody[mine]
        found = []
        for other in self.everybody.values():
            pair = pair_of(me, other, self.words)
            if self.is_admissible(me, other, pair):
                both = self.modalities(*self._visitor_and_host(me, other))
                found.append((other.profile.pk, *score(pair, self.words.scale), both))
        return sorted(found, key=lambda row: (-row[1], row[0]))

    def is_admissible(self, mine: ProfileFacts, other: ProfileFacts, pair: Pair) -> bool:
        """Whether the other may be shown to the one who looks."""
        a, b = mine.profile, other.profile
        visitor, host = self._visitor_and_host(mine, other)
        return (
            a.is_visiting != b.is_visiting
            and a.state == b.state == "published"
            and a.generation_id == b.generation_id
            and a.organisation_id != b.organisation_id
            and mine.country != other.country
            and a.generation.takes_part(mine.country, other.country)
            and all(profile.eligibility_confirmed_at is not None for profile in (a, b))
            and all(_participation_open(profile) for profile in (a, b))
            and all(one.last >= clock.today() for one in (mine, other))
            and any(self.modalities(visitor, host))
            and _weekdays(max(mine.first, other.first), min(mine.last, other.last)) >= (visitor.working_days or 1)
            and self._places_held(host) < host.places
            and b.pk not in self.dormant
            and (a.pk, b.pk) not in self.hidden
            and not criteria.unmet_musts(pair, pair.own)
            and not criteria.unmet_musts(pair, pair.theirs)
        )

    def modalities(self, visitor: Profile, host: Profile) -> tuple[bool, bool]:
        """Whether a physical, and whether a virtual exchange can be proposed."""
        met = {
            match.modality
            for match in self.matches
            if (match.visiting_profile_id, match.host_profile_id) == (visitor.pk, host.pk)
        }
        physical = visitor.physical and host.physical and "physical" not in met and visitor.pk not in self.used_up
        return physical, visitor.virtual and host.virtual and "virtual" not in met

    def _places_held(self, host: Profile) -> int:
        today = clock.now().astimezone(ZoneInfo(host.organisation.country.time_zone)).date()
        held = [m for m in self.matches if m.host_profile_id == host.pk and m.state == MatchState.CONFIRMED]
        return sum(match.place_until is None or match.place_until >= today for match in held)

    @staticmethod
    def _visitor_and_host(one: ProfileFacts, other: ProfileFacts) -> tuple[Profile, Profile]:
        return (one.profile, other.profile) if one.profile.is_visiting else (other.profile, one.profile)


def _participation_open(profile: Profile) -> bool:
    participation = profile.participation
    return participation is not None and participation.is_open(clock.today())


def _weekdays(first: date, last: date) -> int:
    return sum((first + timedelta(days=n)).weekday() < 5 for n in range((last - first).days + 1))
