"""A part is ready for validation once what it prints of its parties is entered."""

import pytest

from cxc.access.scoped import Actor
from cxc.workflow import RequirementsUnmet, StatefulModel, available_transitions, perform
from exchanges.models import FinancialAgreement, OwnPart, SharedPart
from profiles.models import CoordinatingOrganisation, Organisation, Participation
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

REQUIREMENTS = {"hosting_parties_complete", "visiting_parties_complete"}


def missing(thing: StatefulModel, transition: str, by: Actor) -> list[tuple[str, str]]:
    offer = next(one for one in available_transitions(thing, by) if one.transition.name == transition)
    return [(need.sentence, need.help.url or need.help.who) for need in offer.unmet if need.name in REQUIREMENTS]


def test_the_shared_part_waits_for_what_is_printed_of_host_and_hop() -> None:
    parties = usual_parties()
    made = lifecycle.in_preparation(parties)
    shared = SharedPart.objects.get(visit=made.visit)
    assert missing(shared, "submit", parties.vop_coordinator) == []
    Organisation.objects.filter(pk=parties.host.pk).update(street="")
    CoordinatingOrganisation.objects.filter(partnership=parties.hop).delete()
    shared = SharedPart.objects.get(visit=made.visit)
    sentence = (
        f"Enter what the document prints of the parties. {parties.host}: the street and number;"
        f" {parties.hop}: the coordinating organisation."
    )
    assert [said for said, _help in missing(shared, "submit", parties.vop_coordinator)] == [sentence]


@pytest.mark.parametrize("model", [OwnPart, FinancialAgreement])
def test_own_part_and_agreement_wait_for_what_is_printed_of_visitor_and_vop(
    model: type[OwnPart] | type[FinancialAgreement],
) -> None:
    parties = usual_parties()
    made = lifecycle.in_preparation(parties)
    Participation.objects.filter(partnership=parties.vop).update(grant_agreement_number="")
    part = model.objects.get(exchange=made)
    sentence = f"Enter what the document prints of the parties. {parties.vop}: the grant agreement number."
    place = f"/partnerships/{parties.vop.pk}/contract-details/#id_legal_name"
    assert missing(part, "submit", parties.vop_coordinator) == [(sentence, place)]


def test_nothing_is_validated_without_it() -> None:
    parties = usual_parties()
    made = lifecycle.in_preparation(parties)
    agreement = lifecycle.submitted_agreement(parties, made)
    CoordinatingOrganisation.objects.filter(partnership=parties.vop).delete()
    with pytest.raises(RequirementsUnmet, match="the coordinating organisation"):
        perform(FinancialAgreement.objects.get(pk=agreement.pk), "validate", by=parties.so)
