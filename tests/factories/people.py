"""Organisations, Partnerships and their people."""

from datetime import date
from itertools import count

from cxc.access.scoped import Actor
from profiles.enums import OrganisationKind, OrganisationRole, PartnershipRole
from profiles.models import (
    ClusterOrganisation,
    CoordinatingOrganisation,
    Country,
    Generation,
    Membership,
    Organisation,
    Participation,
    Partnership,
    PartnershipMembership,
    PayoutStep,
    User,
)
from profiles.queries.principals import actor_of
from tests.factories.cache import cached

_number = count(100_001)  # of as many digits each: a search for one name finds no other


def person(name: str = "Person", **fields: object) -> User:
    """A person who can sign in with the password `demo`."""
    return User.objects.create_user(
        f"{name.lower().replace(' ', '.')}.{next(_number)}@test.example", "demo", full_name=name, **fields
    )


def user_of(actor: Actor) -> User:
    """The person who acts; there is one."""
    assert actor.user is not None
    return actor.user


@cached
def support_office() -> Actor:
    return actor_of(person("Support", is_support_office=True))


@cached
def observer() -> Actor:
    return actor_of(person("Observer", is_observer=True))


@cached
def stranger() -> Actor:
    return actor_of(person("Stranger"))


def generation(code: str = "gen", first: date = date(2025, 1, 1), last: date = date(2028, 12, 31)) -> Generation:
    made, is_new = Generation.objects.get_or_create(
        code=code,
        defaults={
            "name": f"Generation {code}",
            "first_day": first,
            "last_day": last,
            "visitor_kinds": ["cluster", "business_network", "support", "sme"],
            "host_kinds": list(OrganisationKind.values),
        },
    )
    if is_new:
        made.countries.set(Country.objects.filter(pk__in=["BE", "DE", "ES", "FR", "GR", "IT", "PT", "RO", "UA", "BG"]))
    return made


def cluster(country: str = "ES") -> ClusterOrganisation:
    return ClusterOrganisation.objects.get_or_create(name=f"Cluster {country}", country_id=country)[0]


@cached
def organisation(country: str = "ES", **fields: object) -> Organisation:
    defaults = {
        "legal_name": f"Organisation {next(_number)}",
        "kind": OrganisationKind.SME,
        "country_id": country,
        "street": "Street 1",
        "postal_code": "1000",
        "city": "City",
        "registration_number": f"R{next(_number)}",
        "sector_id": "13",
        "cluster": cluster(country),
    }
    return Organisation.objects.create(**(defaults | fields))


@cached
def partnership(seat: str = "ES", in_generation: Generation | None = None, **fields: object) -> Partnership:
    made = Partnership.objects.create(
        **({"acronym": f"P{next(_number)}", "full_name": "A Partnership", "seat_id": seat} | fields)
    )
    PayoutStep.objects.create(partnership=made, from_days=3, percent=50)
    PayoutStep.objects.create(partnership=made, from_days=5, percent=100)
    CoordinatingOrganisation.objects.create(
        partnership=made,
        legal_name=f"Coordinator {next(_number)}",
        registration_number=f"C{next(_number)}",
        street="Square 1",
        postal_code="2000",
        city="Seat",
        country_id=seat,
    )
    where = in_generation or generation()
    Participation.objects.create(
        partnership=made, generation=where, target=20, last_day=where.last_day, grant_agreement_number="101000000"
    )
    return made


@cached
def member(of: Organisation, role: str = OrganisationRole.OWNER, *, signs: bool = False) -> Actor:
    """A new member of the organisation, acting for it."""
    user = person(f"{role} of {of.pk}")
    Membership.objects.create(organisation=of, user=user, role=role, is_signatory=signs)
    return actor_of(user)


@cached
def coordinator(of: Partnership, role: str = PartnershipRole.COORDINATOR, *, signs: bool = False) -> Actor:
    """A new member of the Partnership, acting for it."""
    user = person(f"{role} of {of.pk}")
    PartnershipMembership.objects.create(partnership=of, user=user, role=role, is_signatory=signs)
    return actor_of(user)


def add_member(of: Organisation, who: Actor, role: str = OrganisationRole.READER) -> None:
    """Somebody becomes a member of one more organisation: a conflict of interest, for a coordinator."""
    assert who.user is not None
    Membership.objects.create(organisation=of, user=who.user, role=role)
