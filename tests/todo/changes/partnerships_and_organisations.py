"""Changes of Partnerships and organisations."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from exchanges.enums import ExchangeState
from exchanges.models import Exchange
from matching.models import Match
from profiles.models import (
    CoordinatingOrganisation,
    Country,
    EligibilityException,
    Generation,
    Organisation,
    Participation,
)
from profiles.services import organisations, partnerships
from tests.factories import people
from tests.factories.parties import Parties
from tests.scenarios import lifecycle
from tests.todo.changes.reference_data import holiday
from tests.todo.changes.steps import After, Change


def grant_number(parties: Parties, number: str) -> None:
    kept = CoordinatingOrganisation.objects.get(partnership=parties.vop)
    names = ("legal_name", "registration_number", "street", "postal_code", "city", "country")
    grants = {Participation.objects.get(partnership=parties.vop).pk: number}
    fields = {name: getattr(kept, name) for name in names}
    partnerships.enter_contract_details(parties.vop, by=parties.so, organisation=fields, grants=grants)


def of_vop(parties: Parties) -> QuerySet[Participation]:
    return Participation.objects.filter(partnership=parties.vop)


def number_entered(parties: Parties) -> None:
    """The organisation's, through the service."""
    row = Organisation.objects.get(pk=parties.visitor.pk)
    organisations.edit(row, by=parties.vo, version_read=row.row_version, registration_number="R1")


def without_number(parties: Parties) -> object:
    return Organisation.objects.filter(pk=parties.visitor.pk).update(registration_number="")


def host() -> Organisation:
    """Of the exchange that can be set ready to start."""
    exchange = Exchange.objects.exclude(sector=None).get(state=ExchangeState.PREPARATION, own_part__state="signed")
    return Organisation.objects.get(pk=exchange.visit.host_profile.organisation_id)


def host_without_cluster(_parties: Parties) -> object:
    return Organisation.objects.filter(pk=host().pk).update(cluster=None)


def exception_for_the_host(_parties: Parties) -> EligibilityException:
    return EligibilityException.objects.create(
        organisation=host(),
        generation=Generation.objects.get(),
        approved_by="Somebody",
        approved_on=date(2026, 9, 1),
        file=lifecycle.scan(),
    )


def host_identity(parties: Parties) -> None:
    """The host of a profile without exchange moves to another country, through the service."""
    host = Match.objects.filter(state="proposed").earliest("pk").host_profile.organisation
    organisations.change_identity(
        host, by=parties.so, reason="Moved.", version_read=host.row_version, country=Country.objects.get(pk="DE")
    )


PARTNERSHIPS_AND_ORGANISATIONS: Mapping[str, Change] = {
    "participation ends earlier": lambda parties: of_vop(parties).update(last_day=date(2026, 9, 1)),
    "participation taken away": lambda parties: of_vop(parties).delete(),
    "participation in another generation": lambda parties: of_vop(parties).update(
        generation=people.generation("other")
    ),
    "participation of another Partnership": lambda parties: of_vop(parties).update(
        partnership=people.partnership("PT", in_generation=people.generation("other"))
    ),
    "grant number taken away": lambda parties: grant_number(parties, ""),
    "grant number entered": After(
        lambda parties: of_vop(parties).update(grant_agreement_number=""), lambda parties: grant_number(parties, "1")
    ),
    "coordinating organisation gone": lambda parties: CoordinatingOrganisation.objects.filter(
        partnership=parties.vop
    ).delete(),
    "seat of the Partnership": After(
        holiday, lambda parties: type(parties.vop).objects.filter(pk=parties.vop.pk).update(seat="PT")
    ),
    "address gone": without_number,
    "address corrected": After(without_number, number_entered),
    "organisation without cluster": host_without_cluster,
    "exception recorded": After(host_without_cluster, exception_for_the_host),
    "exception taken away": After(
        lambda parties: (host_without_cluster(parties), exception_for_the_host(parties)),
        lambda _: EligibilityException.objects.all().delete(),
    ),
    "exception of another host": After(
        lambda parties: (host_without_cluster(parties), exception_for_the_host(parties)),
        lambda parties: EligibilityException.objects.update(organisation=people.organisation("DE")),
    ),
    "identity of an organisation": host_identity,
}
