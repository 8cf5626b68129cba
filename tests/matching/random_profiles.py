"""Many random published profiles, written straight into the tables: what is tested with them is the ranking, not the
moves, and thousands through the transitions would take minutes. Few choices each, so that equal scores are frequent."""

from datetime import date, timedelta
from random import Random

from django.db import connection

from cxc import clock
from matching.enums import CAN_BE_MUST, Criterion, Importance
from matching.fit import ranking_index
from matching.models import HiddenProfile, Match, Priorities
from profiles.enums import OrganisationKind
from profiles.models import Country, ExchangeType, LastInterest, Organisation, Partnership, Profile, Sector, Topic
from tests.factories import people

WORDS = (
    *("hydrogen", "textile", "recycling", "timber", "sensor", "clinic", "market", "export", "vaccine", "bridge"),
    *("harbour", "museum", "robot", "salmon", "orchard", "granite", "ceramic", "battery", "turbine", "compost"),
)
COUNTRIES = ("BE", "ES", "FR", "DE", "PL", "SE")
FIRST = date(2026, 8, 24)


def create(random: Random, number: int, partnership: Partnership) -> list[Profile]:
    """So many, half visiting and half hosting on average, with priorities, hidden ones and open matches."""
    choices = _Choices()
    made = [_profile(random, choices, partnership) for _ in range(number)]
    _hide(random, made)
    _match(random, made)
    _show_interest(random, made)
    ranking_index.update([profile.pk for profile in made])
    return made


class _Choices:
    def __init__(self) -> None:
        self.types = list(ExchangeType.objects.all())
        self.sectors = list(Sector.objects.filter(pk__in=["13", "14", "15", "62", "63", "01"]))
        self.topics = list(Topic.objects.all()[:8])
        self.countries = list(Country.objects.filter(pk__in=COUNTRIES))


def _some(random: Random, things: list, most: int) -> list:
    return random.sample(things, random.randint(0, most))


def _profile(random: Random, choices: _Choices, partnership: Partnership) -> Profile:
    organisation = Organisation.objects.create(
        legal_name=f"Crowd {random.random()}",
        kind=OrganisationKind.CLUSTER,
        country=random.choice(choices.countries),
        city="Somewhere",
    )
    first = FIRST + timedelta(days=random.randint(0, 60))
    modality = random.choice([(True, False), (False, True), (True, True)])
    profile = Profile(
        kind=random.choice(["visiting", "host"]),
        organisation=organisation,
        generation=people.generation(),
        partnership=partnership,
        physical=modality[0],
        virtual=modality[1],
        cross_sector=random.random() < 0.5,
        languages=_some(random, ["en", "fr", "de", "es"], 2) or ["en"],
        available_from=first,
        available_to=first + timedelta(days=random.choice([3, 10, 60, 120])),
        working_days=random.choice([1, 3, 5, 8]),
        places=random.randint(1, 2),
        description=" ".join(random.choices(WORDS, k=random.randint(0, 9))),
        eligibility_confirmed_at=clock.now() if random.random() < 0.95 else None,
    )
    profile.pk = _insert(profile, "published")
    profile = Profile.objects.get(pk=profile.pk)
    profile.types.set(_some(random, choices.types, 3))
    profile.own_sectors.set(_some(random, choices.sectors, 2))
    profile.wanted_sectors.set(_some(random, choices.sectors, 3))
    profile.offers.set(_some(random, choices.topics, 4))
    profile.seeks.set(_some(random, choices.topics, 3))
    profile.wanted_countries.set(_some(random, choices.countries, 2))
    if random.random() < 0.6:
        Priorities.objects.create(profile=profile, **{c: _importance(random, c) for c in Criterion})
    return profile


def _importance(random: Random, criterion: Criterion) -> Importance:
    if criterion in CAN_BE_MUST and random.random() < 0.06:
        return Importance.MUST
    return random.choice([Importance.IGNORE, Importance.NICE, Importance.NICE, Importance.IMPORTANT])


def _insert(thing: Profile | Match, state: str) -> int:
    """Write the state without a transition."""
    fields = [field for field in thing._meta.concrete_fields if not field.primary_key]
    values = [field.get_db_prep_save(getattr(thing, field.attname), connection) for field in fields]
    values[[field.column for field in fields].index("state")] = state
    names = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {thing._meta.db_table} ({names}) VALUES ({places}) RETURNING id", values)
        return cursor.fetchone()[0]


def _show_interest(random: Random, made: list[Profile]) -> None:
    """Some are not asked, some are to answer on one of these days, some have not answered in time."""
    for profile in made:
        days = random.choice([*[None] * 12, 10, 60, 70, 80, 89, 90, 91, 92, 100])
        if days is not None:
            LastInterest.objects.create(profile=profile, shown_at=clock.now() - timedelta(days=days))


def _hide(random: Random, made: list[Profile]) -> None:
    for _ in range(len(made) // 4):
        one, other = random.sample(made, 2)
        HiddenProfile.objects.get_or_create(profile=one, other=other)


def _match(random: Random, made: list[Profile]) -> None:
    """Some are in a match already, whose place is held for now, or was until a day that may have passed."""
    visitors, hosts = ([p for p in made if p.is_visiting == which] for which in (True, False))
    today = clock.today()
    for visitor, host in zip(random.sample(visitors, len(visitors) // 2), random.choices(hosts, k=99), strict=False):
        match = Match(
            visiting_profile=visitor,
            host_profile=host,
            modality=random.choice(["physical", "virtual"]),
            visiting_organisation_id=visitor.organisation_id,
            generation_id=visitor.generation_id,
            initiated_by="vo",
            visitor_answer="yes",
            host_answer="yes",
            place_until=random.choice([None, today - timedelta(days=1), today, today + timedelta(days=9)]),
        )
        _insert(match, random.choice(["proposed", "confirmed"]))
