"""A generation full of published profiles, quickly: copies of one that went the services' way, told apart by chance."""

import random
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from matching.services.profile_indexes import update_indexes
from profiles.enums import ProfileKind
from profiles.models import Profile, Sector, Topic
from tests.factories.parties import Parties
from tests.scenarios import lifecycle

# A border lies between every visitor and every host.
COUNTRIES = {ProfileKind.VISITING: ["ES", "FR", "IT"], ProfileKind.HOST: ["BE", "DE", "PT"]}
# For each wish or offer, of what and how many.
LINKS: dict[str, tuple[type[models.Model], int]] = {
    "offers": (Topic, 6),
    "seeks": (Topic, 4),
    "own_sectors": (Sector, 2),
    "wanted_sectors": (Sector, 2),
}


def bulk_profiles(parties: Parties, visitors: int, hosts: int, seed: int = 1) -> tuple[list[int], list[int]]:
    """Ids of so many visiting and host profiles under the usual Partnerships; hosts have one to four places."""
    chance = random.Random(seed)
    with transaction.atomic(), connection.cursor() as cursor:
        visiting = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
        host = lifecycle.published(
            parties.host, parties.hop, parties.ho, parties.hop_coordinator, kind=ProfileKind.HOST
        )
        made = _many(visiting, visitors, chance), _many(host, hosts, chance)
        _tell_sizes(cursor)
    return made


def _tell_sizes(cursor: Any) -> None:
    """As the database does by itself, a minute after. Not of empty tables: their sizes outlast the test's end."""
    for model in apps.get_models(include_auto_created=True):
        if model._base_manager.exists():
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')


def _many(template: Profile, number: int, chance: random.Random) -> list[int]:
    countries = COUNTRIES[ProfileKind(template.kind)]
    organisations = _copies(
        template.organisation,
        list(range(number)),
        legal_name="legal_name || ' ' || made.given",
        registration_number="registration_number || '-' || made.given",
        country_id=f"(ARRAY{countries!r})[1 + made.given %% {len(countries)}]",
    )
    made = _copies(template, organisations, organisation_id="made.given", places="1 + made.given %% 4")
    for link, (model, most) in LINKS.items():
        _link(made, link, list(model._base_manager.values_list("pk", flat=True)), most, chance)
    update_indexes(made)
    return made


def _copies(template: models.Model, given: Sequence[int], **different: str) -> list[int]:
    """So many rows like the template's; `different`: columns by SQL, in which `made.given` is the number given."""
    table = template._meta.db_table
    columns = [field.column for field in template._meta.concrete_fields if not field.primary_key]
    values = ", ".join(different.get(column, f'{table}."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}, unnest(%s::bigint[]) AS made (given)"
            f" WHERE {table}.id = %s ORDER BY made.given RETURNING id",
            [list(given), template.pk],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _link(profiles: list[int], name: str, choices: list[object], most: int, chance: random.Random) -> None:
    """Each is linked with some by chance, the first of the choices oftener: tastes are alike."""
    through = getattr(Profile, name).through
    field = getattr(Profile, name).field
    mine, theirs = field.m2m_column_name(), field.m2m_reverse_name()
    weights = [1 / (1 + number) for number in range(len(choices))]
    rows = [
        through(**{mine: pk, theirs: chosen})
        for pk in profiles
        for chosen in set(chance.choices(choices, weights, k=most))
    ]
    through.objects.bulk_create(rows)  # state: links have none
