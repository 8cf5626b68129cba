"""The same score by the ORM over normalised tables: one query for the admissible hosts with what they name, by
subqueries; conditions that need both sides and the last sums in Python, which was faster than in annotations.

The vectors of the texts, which the portal keeps as bits, have a table of their own here, a byte a number.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar

import numpy as np
from django.apps.registry import Apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, Least

from benchmarks.speed import plain
from benchmarks.speed.bulk_insert import after_loading, run
from benchmarks.speed.plain import Facts
from cxc import clock
from matching.enums import OPEN_STATES, MatchState
from matching.fit.text_space import Array, from_planes
from matching.models import HiddenProfile, Match, Priorities, RankingText, Vocabulary
from profiles.enums import Modality, ProfileKind
from profiles.models import Profile, Topic

LINKS = {
    "types": "exchangetype_id",
    "own_sectors": "sector_id",
    "wanted_sectors": "sector_id",
    "offers": "topic_id",
    "seeks": "topic_id",
    "wanted_countries": "country_id",
}
PLAIN = (
    *("pk", "organisation_id", "organisation__country_id", "available_from", "available_to", "working_days"),
    *("cross_sector", "physical", "virtual", "languages"),
)
_apart = Apps()  # the portal must not take these for models of its own


class ProfileText(models.Model):
    """The vector of a profile's texts, a byte a number, and its squared length."""

    profile = models.BigIntegerField(primary_key=True)
    vector = models.BinaryField()
    square = models.IntegerField()

    class Meta:
        apps = _apart
        app_label = "bench"
        db_table = "bench_profiletext"

    objects: ClassVar = models.Manager()

    def __str__(self) -> str:
        return str(self.profile)


def load_texts() -> None:
    """Fill the table from what the portal knows of the texts."""
    run("DROP TABLE IF EXISTS bench_profiletext")
    run("CREATE TABLE bench_profiletext (profile bigint PRIMARY KEY, vector bytea NOT NULL, square integer NOT NULL)")
    rows = RankingText.objects.filter(vocabulary__is_current=True).values_list(
        "profile", "square", "ones", "twos", "fours", "eights"
    )
    ProfileText.objects.bulk_create(
        (
            ProfileText(profile=profile, square=square, vector=_vector(planes).tobytes())
            for profile, square, *planes in rows.iterator(2000)
        ),
        batch_size=2000,
    )
    after_loading("bench_profiletext")


def _vector(planes: Iterable[str]) -> Array:
    """The vector that these bit strings store."""
    return from_planes(*(np.packbits([bit == "1" for bit in plane]) for plane in planes))


class Orm:
    """Asks the database everything each time but what is the same for all: levels, sections, the scale."""

    def __init__(self) -> None:
        vocabulary = Vocabulary.objects.get(is_current=True)
        self.scale = vocabulary.text_scale
        self.levels = {
            topic.pk: 1 + int(vocabulary.rare_topics[topic.bit]) + int(vocabulary.rarest_topics[topic.bit])
            for topic in Topic.objects.all()
        }
        self.sections, self.members = plain.sections()

    def best(self, visitor: int, number: int = 10) -> list[tuple[int, float]]:
        """The best hosts of a visitor: number and score."""
        mine = Profile.objects.select_related("organisation", "generation", "partnership").get(pk=visitor)
        own = self._with_links(Profile.objects.filter(pk=visitor))[0]
        priorities = {row.profile_id: row for row in Priorities.objects.filter(profile=visitor)}
        me = self.facts(own, priorities)
        if not self._may_look(mine, me):
            return []
        found = self._with_links(self._admissible(mine, me))
        priorities = {row.profile_id: row for row in Priorities.objects.filter(profile__in=[row[0] for row in found])}
        met = self.met(visitor)
        scored = []
        for row in found:
            other = self.facts(row, priorities)
            if self.is_admissible(me, other, met.get(other.number, set())):
                scored.append((other.number, plain.score(me, other, self.levels, plain.product(me, other), self.scale)))
        return sorted(scored, key=lambda one: (-one[1], one[0]))[:number]

    @staticmethod
    def _may_look(mine: Profile, me: Facts) -> bool:
        participation = mine.participation
        return (
            mine.eligibility_confirmed_at is not None
            and participation is not None
            and participation.is_open(clock.today())
            and mine.generation.takes_part(me.country)
        )

    @staticmethod
    def met(visitor: int) -> dict[int, set[str]]:
        found: dict[int, set[str]] = {}
        matches = Match.objects.filter(visiting_profile=visitor, state__in=OPEN_STATES)
        for host, modality in matches.values_list("host_profile_id", "modality"):
            found.setdefault(host, set()).add(modality)
        return found

    @staticmethod
    def is_admissible(me: Facts, other: Facts, met: set[str]) -> bool:
        physical = me.physical and other.physical and Modality.PHYSICAL not in met
        virtual = me.virtual and other.virtual and Modality.VIRTUAL not in met
        first, last = max(me.first, other.first), min(me.last, other.last)
        return (
            (physical or virtual)
            and plain.weekdays(first, last) >= me.working_days
            and not (me.musts and plain.has_unmet_must(me, other))
            and not (other.musts and plain.has_unmet_must(other, me))
        )

    @staticmethod
    def _admissible(mine: Profile, me: Facts) -> QuerySet[Profile]:
        """Who may be shown, but for what is asked of both sides in Python."""
        today = clock.today()
        held = Match.objects.filter(
            Q(place_until__isnull=True) | Q(place_until__gte=today),
            host_profile=OuterRef("pk"),
            state=MatchState.CONFIRMED,
        )
        number = held.order_by().values("host_profile").annotate(number=Count("pk")).values("number")
        common = ExpressionWrapper(
            Least(F("available_to"), Value(me.last)) - Greatest(F("available_from"), Value(me.first)),
            output_field=models.DurationField(),
        )
        ways = Q(physical=True) if me.physical else Q(pk=None)
        ways |= Q(virtual=True) if me.virtual else Q(pk=None)
        return (
            Profile.objects.published()
            .filter(
                ways,
                kind=ProfileKind.HOST,
                generation=mine.generation_id,
                organisation__country__in=mine.generation.countries.all(),
                eligibility_confirmed_at__isnull=False,
                partnership__participations__generation=mine.generation_id,
                partnership__participations__last_day__gte=today,
                available_from__lte=me.last,
                available_to__gte=me.first,
            )
            .exclude(organisation__country=me.country)
            .exclude(organisation=me.organisation)
            .exclude(pk__in=HiddenProfile.objects.filter(profile=mine.pk).values("other"))
            .annotate(common=common, held=Coalesce(Subquery(number), 0))
            .filter(common__gte=timedelta(days=me.working_days - 1), held__lt=F("places"))
            .order_by()
        )

    @staticmethod
    def _with_links(profiles: QuerySet[Profile]) -> list[tuple[Any, ...]]:
        text = ProfileText.objects.filter(profile=OuterRef("pk"))
        links = {
            f"{name}_codes": ArraySubquery(
                getattr(Profile, name).through.objects.filter(profile=OuterRef("pk")).values(column)
            )
            for name, column in LINKS.items()
        }
        asked = profiles.annotate(
            **links, vector=Subquery(text.values("vector")), square=Subquery(text.values("square"))
        )
        return list(asked.values_list(*PLAIN, *links, "vector", "square"))

    def facts(self, row: tuple[Any, ...], priorities: dict[int, Priorities]) -> Facts:
        number, organisation, country, first, last, days, cross, physical, virtual, spoken, *links, vector, square = row
        types, own, wanted, offers, seeks, countries = (frozenset(codes) for codes in links)
        return Facts(
            number=number,
            organisation=organisation,
            country=country,
            first=first,
            last=last,
            working_days=days or 1,
            cross_sector=cross,
            physical=physical,
            virtual=virtual,
            types=types,
            languages=frozenset(spoken),
            countries=countries,
            own=own,
            near=plain.near(own, self.sections, self.members),
            wish=wanted or own,
            offers=offers,
            seeks=seeks,
            asked=sum(self.levels[code] for code in seeks),
            vector=memoryview(bytes(vector or b"")).cast("b"),
            square=square or 0,
            **plain.chosen(priorities.get(number)),
        )
