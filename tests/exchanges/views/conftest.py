"""The usual parties at the portal's door."""

import pytest

from cxc.access.scoped import NOBODY, Actor
from profiles.enums import OrganisationRole, PartnershipRole
from tests.factories import people
from tests.factories.parties import Parties, usual_parties


@pytest.fixture
def parties(now: None) -> Parties:
    return usual_parties()


@pytest.fixture
def who(parties: Parties) -> dict[str, Actor]:
    """Every role of the screens' tests, by its short name."""
    return {
        "vo": parties.vo,
        "vo editor": people.member(parties.visitor, OrganisationRole.EDITOR),
        "vo reader": people.member(parties.visitor, OrganisationRole.READER),
        "ho": parties.ho,
        "ho editor": people.member(parties.host, OrganisationRole.EDITOR),
        "ho reader": people.member(parties.host, OrganisationRole.READER),
        "vop": parties.vop_coordinator,
        "vop reader": people.coordinator(parties.vop, PartnershipRole.READER),
        "hop": parties.hop_coordinator,
        "so": parties.so,
        "observer": people.observer(),
        "stranger": people.stranger(),
        "other vo": people.member(people.organisation("FR")),
        "other vop": people.coordinator(people.partnership("FR")),
        "nobody": NOBODY,
    }
