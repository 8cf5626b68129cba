"""The participants of the demo world: three Partnerships, their hosts and visitors, and their people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from cxc.access.scoped import Actor
from cxc.demo import scheme
from cxc.demo.names import website_of
from cxc.demo.people import Offices, person
from cxc.demo.scenarios.organisations import DemoOrganisation, Key, organisations
from cxc.demo.scenarios.pdf_renderer import PdfRenderer
from profiles.enums import OrganisationKind, OrganisationRole, PartnershipRole, ProfileKind
from profiles.models import (
    ClusterOrganisation,
    Country,
    ExchangeType,
    Generation,
    Organisation,
    Partnership,
    Sector,
    Topic,
)
from profiles.queries.principals import actor_of
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
class Participant:
    """An organisation with its owner, who also signs for it, the team that looks after it, and what it writes."""

    organisation: Organisation
    owner: Actor
    team: Team
    text: DemoOrganisation

    @property
    def country(self) -> str:
        return self.organisation.country_id


@dataclass
class Participants:
    """All participants, and what new organisations are made from."""

    today: date
    offices: Offices
    generation: Generation
    clusters: dict[str, list[ClusterOrganisation]]
    pdf_renderer: PdfRenderer
    loom: Team
    rail: Team
    food: Team
    types: dict[str, ExchangeType] = field(default_factory=lambda: {one.pk: one for one in ExchangeType.objects.all()})
    sectors: dict[str, Sector] = field(default_factory=lambda: {one.pk: one for one in Sector.objects.all()})
    topics: dict[str, Topic] = field(default_factory=lambda: {one.pk: one for one in Topic.objects.all()})
    remaining: dict[Key, Iterator[DemoOrganisation]] = field(default_factory=organisations)

    def new_participant(
        self, team: Team, country: str, kind: ProfileKind = ProfileKind.VISITING, *, email: str = ""
    ) -> Participant:
        """The next organisation of that team's, whose owner signs in with `email` (or a made-up address)."""
        text = next(self.remaining[team.partnership.acronym, country, kind])
        organisation = self._organisation(text)
        user = person(
            email or f"{text.short_name.lower()}@demo.example", f"{text.owner} {text.short_name}", "Managing director"
        )
        members.add(organisation, user, role=OrganisationRole.OWNER, is_signatory=True)
        return Participant(organisation, actor_of(user), team, text)

    def _organisation(self, text: DemoOrganisation) -> Organisation:
        organisation = Organisation(
            legal_name=text.name,
            kind=OrganisationKind.SME,
            country_id=text.country,
            street=text.street,
            postal_code=text.postal_code,
            city=text.city,
            website=website_of(text.short_name),
            registration_number=f"MADE-UP-{text.short_name.upper()}",
            sector=self.sectors[text.sector],
            staff_count=text.staff,
            cluster=self.clusters[text.country][0],
            mission=text.mission,
            # Two of three agree.
            named_in_public=len(text.name) % 3 > 0,
        )
        organisation.record_public_name_consent(None)
        organisation.save()
        return organisation


def create_participants(
    today: date,
    offices: Offices,
    generation: Generation,
    clusters: dict[str, list[ClusterOrganisation]],
    pdf_renderer: PdfRenderer,
) -> Participants:
    """The three Partnerships of the Demo generation with their coordinators."""
    loom, rail, food = (
        _team(generation, clusters, acronym, theme, countries, sectors) for acronym, theme, countries, sectors in _TEAMS
    )
    return Participants(today, offices, generation, clusters, pdf_renderer, loom, rail, food)


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
