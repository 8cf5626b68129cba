"""Who lives in the demo world: three Partnerships, their hosts and visitors, and their people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from cxc.demo import scheme
from cxc.demo.living.press import Press
from cxc.demo.names import city_of, website_of, with_trade
from cxc.demo.people import Offices, person
from cxc.ground.access import Actor
from profiles.acting import actor_of
from profiles.enums import OrganisationKind, OrganisationRole, PartnershipRole
from profiles.models import ClusterOrganisation, Country, ExchangeType, Generation, Organisation, Partnership, Sector
from profiles.services import members

# Acronym, theme, countries (the first is the seat) and sectors.
_TEAMS = (
    ("LOOMBRIDGE", "Textile and machine clusters", ("ES", "IT", "PT"), ("13", "71")),
    ("RAILHEART", "Rail and mobility clusters", ("DE", "DK", "FR"), ("30", "29")),
    ("FOODORBIT", "Food and bioeconomy clusters", ("AT", "LT", "LV"), ("10", "72")),
)
TARGET = 30
COORDINATOR, VISITOR, HOST = "coordinator@demo.example", "visitor@demo.example", "host@demo.example"


@dataclass(frozen=True)
class Team:
    """A Partnership with its coordinator."""

    partnership: Partnership
    coordinator: Actor
    countries: tuple[str, ...]
    sectors: tuple[str, ...]


@dataclass(frozen=True)
class Body:
    """An organisation with its owner, who also signs for it, and the team that looks after it."""

    organisation: Organisation
    owner: Actor
    team: Team

    @property
    def country(self) -> str:
        return self.organisation.country_id


@dataclass
class Cast:
    """Everybody, and what new organisations are made from."""

    today: date
    offices: Offices
    generation: Generation
    clusters: dict[str, list[ClusterOrganisation]]
    names: Iterator[str]
    press: Press
    loom: Team
    rail: Team
    food: Team
    types: dict[str, ExchangeType] = field(default_factory=lambda: {one.pk: one for one in ExchangeType.objects.all()})
    sectors: dict[str, Sector] = field(default_factory=lambda: {one.pk: one for one in Sector.objects.all()})

    def body(self, team: Team, country: str, *, email: str = "", name: str = "") -> Body:
        """A new organisation of that team's, whose owner signs in with `email` (or a made-up address)."""
        short = name or next(self.names)
        sector = team.sectors[0]
        organisation = Organisation.objects.create(
            legal_name=with_trade(short, sector),
            kind=OrganisationKind.SME,
            country_id=country,
            city=city_of(country),
            address="7 Example Street",
            website=website_of(with_trade(short, sector)),
            registration_number=f"MADE-UP-{short.upper()}",
            sector=self.sectors[sector],
            staff_count=12 + len(short),
            cluster=self.clusters[country][0],
            mission="Made up for the demo.",
        )
        user = person(email or f"{short.lower()}@demo.example", f"Sam {short}", "Managing director")
        members.add(organisation, user, role=OrganisationRole.OWNER, is_signatory=True)
        return Body(organisation, actor_of(user), team)


def assemble(
    today: date,
    offices: Offices,
    generation: Generation,
    clusters: dict[str, list[ClusterOrganisation]],
    names: Iterator[str],
    press: Press,
) -> Cast:
    """The three Partnerships of the Demo generation with their coordinators."""
    loom, rail, food = (
        _team(generation, clusters, acronym, theme, countries, sectors) for acronym, theme, countries, sectors in _TEAMS
    )
    return Cast(today, offices, generation, clusters, names, press, loom, rail, food)


def _team(
    generation: Generation,
    clusters: dict[str, list[ClusterOrganisation]],
    acronym: str,
    theme: str,
    countries: tuple[str, ...],
    sectors: tuple[str, ...],
) -> Team:
    made = scheme.partnership(
        acronym,
        f"{acronym}: {theme} across borders (made up for the demo)",
        countries[0],
        note="made up",
        summary=f"{theme} that visit and host each other. Made up for the demo.",
    )
    made.clusters.set([clusters[country][0] for country in countries])
    made.countries.set(Country.objects.filter(pk__in=countries))
    made.sectors.set(Sector.objects.filter(pk__in=sectors))
    scheme.take_part(made, generation, TARGET)
    email = COORDINATOR if acronym == "LOOMBRIDGE" else f"{acronym.lower()}@demo.example"
    user = person(email, f"Kim {acronym.capitalize()}", "Coordinator")
    members.add(made, user, role=PartnershipRole.COORDINATOR, is_signatory=True)
    return Team(made, actor_of(user), countries, sectors)
