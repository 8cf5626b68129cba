"""The usual parties at the portal's door."""

import pytest

from cxc.access.scoped import NOBODY, Actor
from profiles.enums import OrganisationRole, PartnershipRole
from tests.factories import people
from tests.factories.parties import Parties, usual_parties


@pytest.fixture
def c(now: None) -> Parties:
    return usual_parties()


@pytest.fixture
def who(c: Parties) -> dict[str, Actor]:
    """Every role of the screens' tests, by its short name."""
    return {
        "vo": c.vo,
        "vo editor": people.member(c.visitor, OrganisationRole.EDITOR),
        "vo reader": people.member(c.visitor, OrganisationRole.READER),
        "ho": c.ho,
        "ho editor": people.member(c.host, OrganisationRole.EDITOR),
        "ho reader": people.member(c.host, OrganisationRole.READER),
        "vop": c.vop_coordinator,
        "vop reader": people.coordinator(c.vop, PartnershipRole.READER),
        "hop": c.hop_coordinator,
        "so": c.so,
        "observer": people.observer(),
        "stranger": people.stranger(),
        "other vo": people.member(people.organisation("FR")),
        "other vop": people.coordinator(people.partnership("FR")),
        "nobody": NOBODY,
    }
