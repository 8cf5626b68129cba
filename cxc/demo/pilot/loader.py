"""Enters the pilot through the services for what is recorded afterwards."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle

from cxc.access.scoped import Actor, Side
from cxc.demo.names import city_of, postal_code_of, website_of, with_trade
from cxc.demo.pilot.partnerships import BY_ACRONYM
from cxc.demo.pilot.plan import PHYSICAL, RETURNING, VIRTUAL, PlannedVisit
from exchanges.models import Exchange, Visit
from exchanges.services.recorded_afterwards import record_exchange, record_match, record_profile, record_visit
from profiles.enums import Modality, OrganisationKind, ProfileKind
from profiles.models import ClusterOrganisation, ExchangeType, Generation, Organisation, Partnership, Profile, Sector

SOURCE = "Totals from the Support Office, 8 November 2021; organisations, host countries and dates made up"
LAST_DAY = date(2021, 12, 31)
DAY = timedelta(days=1)

# Who proposed, in no order that anybody kept.
_INITIATORS = (Side.VO, Side.VO, Side.VOP, Side.HO, Side.VO, Side.VOP, Side.HOP, Side.SO)
_KINDS = (
    OrganisationKind.SME,
    OrganisationKind.SME,
    OrganisationKind.SME,
    OrganisationKind.CLUSTER,
    OrganisationKind.SME,
    OrganisationKind.SUPPORT,
)


@dataclass
class Pilot:
    """What the loading of the pilot goes by and keeps in mind."""

    by: Actor
    generation: Generation
    partnerships: dict[str, Partnership]
    clusters: dict[str, list[ClusterOrganisation]]
    names: Iterator[str]
    # The world is the same each time it is loaded.
    chance: random.Random = field(default_factory=lambda: random.Random(20211108))
    types: dict[str, ExchangeType] = field(default_factory=dict)
    sectors: dict[str, Sector] = field(default_factory=dict)
    hosts: dict[tuple[str, str], Profile] = field(default_factory=dict)
    # Visiting profiles by Partnership whose virtual exchange is over and that may come in person.
    returning: dict[str, list[Profile]] = field(default_factory=lambda: defaultdict(list))


def load_pilot(
    by: Actor,
    generation: Generation,
    partnerships: dict[str, Partnership],
    clusters: dict[str, list[ClusterOrganisation]],
    names: Iterator[str],
) -> None:
    """Enter all 31 visits in the order in which they took place."""
    pilot = Pilot(by, generation, partnerships, clusters, names)
    pilot.types = {found.pk: found for found in ExchangeType.objects.all()}
    pilot.sectors = {found.pk: found for found in Sector.objects.all()}
    initiators = cycle(_INITIATORS)
    for modality, visits in ((Modality.VIRTUAL, VIRTUAL), (Modality.PHYSICAL, PHYSICAL)):
        for plan in sorted(visits, key=lambda visit: (visit.first_day, visit.hop)):
            _take_place(pilot, plan, modality, initiators)


def _take_place(pilot: Pilot, plan: PlannedVisit, modality: Modality, initiators: Iterator[Side]) -> None:
    host = _host(pilot, plan)
    visit = record_visit(
        host,
        modality,
        by=pilot.by,
        source=SOURCE,
        created=plan.first_day - 40 * DAY,
        first_day=plan.first_day,
        last_day=plan.until,
    )
    for index, vop in enumerate(plan.vops()):
        profile = _visitor(pilot, plan, vop, modality, index)
        end = plan.until if index < plan.longer else plan.last_day
        _exchange(pilot, plan, visit, profile, end, next(initiators))
        if modality == Modality.VIRTUAL:
            pilot.returning[vop].append(profile)


def _exchange(
    pilot: Pilot, plan: PlannedVisit, visit: Visit, profile: Profile, end: date, initiated_by: Side
) -> Exchange:
    proposed = plan.first_day - pilot.chance.randint(45, 60) * DAY
    match = record_match(
        profile,
        visit.host_profile,
        visit.modality,
        by=pilot.by,
        source=SOURCE,
        proposed=proposed,
        confirmed=proposed + pilot.chance.randint(1, 14) * DAY,
        initiated_by=initiated_by,
    )
    closed = end + pilot.chance.randint(1, 9) * DAY
    paid_on = closed + pilot.chance.randint(2, 9) * DAY
    return record_exchange(
        match,
        visit,
        by=pilot.by,
        source=SOURCE,
        type=pilot.types[plan.type],
        sector=pilot.sectors[BY_ACRONYM[plan.hop].sectors[0]],
        start=plan.first_day,
        end=end,
        closed=closed,
        paid_on=paid_on if visit.modality == Modality.PHYSICAL else None,
        reference="not in the portal",
    )


def _host(pilot: Pilot, plan: PlannedVisit) -> Profile:
    """One host a Partnership and country; it takes visitors both ways."""
    key = plan.hop, plan.country
    if key not in pilot.hosts:
        pilot.hosts[key] = _profile(pilot, ProfileKind.HOST, plan.hop, plan.country, 0, plan.first_day)
    return pilot.hosts[key]


def _visitor(pilot: Pilot, plan: PlannedVisit, vop: str, modality: Modality, index: int) -> Profile:
    """Somebody new; but a few of those who met online come in person too."""
    if modality == Modality.PHYSICAL and index < RETURNING:
        waiting = [profile for profile in pilot.returning[vop] if profile.organisation.country_id != plan.country]
        if waiting:
            pilot.returning[vop].remove(waiting[0])
            return waiting[0]
    elsewhere = [code for code in BY_ACRONYM[vop].countries if code != plan.country]
    return _profile(pilot, ProfileKind.VISITING, vop, elsewhere[index % len(elsewhere)], index, plan.first_day)


def _profile(pilot: Pilot, kind: ProfileKind, acronym: str, country: str, index: int, before: date) -> Profile:
    """A published profile of a new organisation, archived when the pilot was over."""
    sector = BY_ACRONYM[acronym].sectors[index % len(BY_ACRONYM[acronym].sectors)]
    profile = Profile(
        kind=kind,
        organisation=_organisation(pilot, acronym, country, sector, index),
        generation=pilot.generation,
        partnership=pilot.partnerships[acronym],
        physical=True,
        virtual=True,
        languages=["en"],
        available_from=before - 60 * DAY,
        available_to=LAST_DAY,
        motivation="Made up: to learn how others work.",
        description="Made up: an organisation of the pilot whose name is not known here.",
        eligibility_declared=True,
    )
    return record_profile(
        profile,
        by=pilot.by,
        source=SOURCE,
        created=before - 90 * DAY,
        submitted=before - 85 * DAY,
        published=before - 80 * DAY,
        archived=LAST_DAY + DAY,
        links={"types": list(pilot.types.values())[:3], "own_sectors": [pilot.sectors[sector]]},
    )


def _organisation(pilot: Pilot, acronym: str, country: str, sector: str, index: int) -> Organisation:
    name = with_trade(next(pilot.names), sector)
    return Organisation.objects.create(
        legal_name=name,
        kind=_KINDS[index % len(_KINDS)],
        country_id=country,
        street=f"{index + 1} Example Street",
        postal_code=postal_code_of(country),
        city=city_of(country),
        website=website_of(name),
        registration_number=f"MADE-UP-{pilot.chance.randint(10000, 99999)}",
        sector=pilot.sectors[sector],
        staff_count=pilot.chance.randint(3, 240),
        cluster=_cluster(pilot, acronym, country),
        mission="Made up for the demo.",
    )


def _cluster(pilot: Pilot, acronym: str, country: str) -> ClusterOrganisation:
    """A cluster of the Partnership in that country, else any there."""
    own = [cluster for cluster in pilot.clusters[acronym] if cluster.country_id == country]
    return (own or pilot.clusters[country])[0]
