"""The three generations, and Partnerships in them."""

import csv
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import prefetch_related_objects

from cxc.access.scoped import Actor
from cxc.demo.names import city_of, postal_code_of
from cxc.demo.pilot.partnerships import PARTNERSHIPS
from profiles.enums import OrganisationKind
from profiles.models import (
    ClusterOrganisation,
    CoordinatingOrganisation,
    Country,
    Generation,
    Participation,
    Partnership,
    PayoutStep,
    Sector,
)
from profiles.services.cluster_register import import_clusters

DATA = Path(settings.BASE_DIR) / "profiles" / "data"

PILOT, SECOND, DEMO = "pilot", "second", "demo"
VISITORS = [
    OrganisationKind.CLUSTER.value,
    OrganisationKind.BUSINESS_NETWORK.value,
    OrganisationKind.SUPPORT.value,
    OrganisationKind.SME.value,
]
# From the second generation on others may host too.
HOSTS = [
    *VISITORS,
    OrganisationKind.LARGE_COMPANY.value,
    OrganisationKind.TRAINING_PROVIDER.value,
    OrganisationKind.PUBLIC_AUTHORITY.value,
]
# The second generation's Partnerships that public sources name; seats and targets are made up, one target is not.
_SECOND = {
    "AgriFoodX5.0": ("ES", 40),
    "CLOTH": ("PT", 100),
    "EPIX": ("FR", 40),
    "GreenTech": ("AT", 40),
    "HempCluB": ("IT", 40),
    "Hi-Tech-TEX": ("DE", 40),
    "Medic Nest": ("RO", 40),
    "Photonics4Industry": ("SI", 40),
}


def load_generations(today: date) -> dict[str, Generation]:
    """Pilot and Second as they were; Demo began last year and is open for another."""
    return {
        PILOT: _generation(PILOT, "Pilot 2019-2021", date(2019, 1, 1), date(2021, 12, 31), VISITORS, date(2021, 8, 31)),
        SECOND: _generation(SECOND, "Second 2022-2024", date(2022, 1, 1), date(2024, 12, 31), HOSTS),
        DEMO: _generation(DEMO, "Demo", today - timedelta(days=365), today + timedelta(days=365), HOSTS),
    }


def _generation(
    code: str, name: str, first: date, last: date, host_kinds: list[str], last_virtual: date | None = None
) -> Generation:
    made = Generation.objects.create(
        code=code,
        name=name,
        first_day=first,
        last_day=last,
        last_virtual_day=last_virtual,
        visitor_kinds=VISITORS,
        host_kinds=host_kinds,
    )
    made.countries.set(_reference_countries())
    prefetch_related_objects([made], "countries")  # asked of each of two hundred profiles
    return made


def _reference_countries() -> list[Country]:
    with (DATA / "countries.csv").open(newline="", encoding="utf-8") as file:
        codes = [row["iso2"] for row in csv.DictReader(file) if row["in_cosme_2018"] == "yes"]
    return list(Country.objects.filter(pk__in=codes))


def load_clusters(by: Actor) -> dict[str, list[ClusterOrganisation]]:
    """The register; clusters by the acronym of their Partnership, and by country code."""
    content = (DATA / "clusters.csv").read_bytes()
    import_clusters(content, by=by)
    found: dict[str, list[ClusterOrganisation]] = defaultdict(list)
    register = {(cluster.name, cluster.country_id): cluster for cluster in ClusterOrganisation.objects.all()}
    for row in csv.DictReader(content.decode().splitlines()):
        cluster = register[row["name"], row["country"]]
        found[row["country"]].append(cluster)
        if row["partnership"]:
            found[row["partnership"]].append(cluster)
    return found


def load_pilot_partnerships(
    generation: Generation, clusters: dict[str, list[ClusterOrganisation]]
) -> dict[str, Partnership]:
    """The thirteen, each open to the pilot's last day."""
    found = {}
    for plan in PARTNERSHIPS:
        made = partnership(plan.acronym, plan.full_name, plan.seat, note=plan.full_note)
        made.clusters.set(clusters[plan.acronym] or [clusters[code][0] for code in plan.countries])
        made.countries.set(Country.objects.filter(pk__in=plan.countries))
        made.sectors.set(Sector.objects.filter(pk__in=plan.sectors))
        take_part(made, generation, plan.target)
        prefetch_related_objects([made], "payout_steps", "participations")  # asked of each of its exchanges
        found[plan.acronym] = made
    return found


def load_second_partnerships(generation: Generation, clusters: dict[str, list[ClusterOrganisation]]) -> None:
    """Partnerships of the second generation; what they did is not recorded here."""
    for acronym, (seat, target) in _SECOND.items():
        note = "seat made up" if acronym == "CLOTH" else "seat and target made up"
        made = partnership(acronym, acronym, seat, note=note)
        made.clusters.set(clusters[acronym])
        take_part(made, generation, target)


def partnership(acronym: str, full_name: str, seat: str, *, note: str = "", summary: str = "") -> Partnership:
    """A Partnership with the usual pay-out rule: 3 to 4 working days 50 %, 5 or more 100 % of the ceiling."""
    made = Partnership.objects.create(
        acronym=acronym, full_name=full_name, seat_id=seat, address="1 Example Square", note=note, summary=summary
    )
    CoordinatingOrganisation.objects.create(
        partnership=made,
        legal_name=f"{acronym} Coordination Association",
        registration_number=f"MADE-UP-{acronym.upper()}"[:60],
        street="1 Example Square",
        postal_code=postal_code_of(seat),
        city=city_of(seat),
        country_id=seat,
    )
    PayoutStep.objects.create(partnership=made, from_days=3, percent=50)
    PayoutStep.objects.create(partnership=made, from_days=5, percent=100)
    return made


def take_part(of: Partnership, generation: Generation, target: int, last_day: date | None = None) -> Participation:
    return Participation.objects.create(
        partnership=of,
        generation=generation,
        target=target,
        last_day=last_day or generation.last_day,
        grant_agreement_number=f"MADE-UP-{generation.code.upper()}-{of.pk:03d}",
    )
