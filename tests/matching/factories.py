"""Short ways to matches in a state, through the services."""

from datetime import date

import pytest

from cxc import clock
from cxc.access.scoped import Actor, Side
from cxc.workflow import RequirementsUnmet, perform
from matching.models import Match
from matching.services.proposals import enter_yes_given_outside, propose
from profiles.enums import Modality, ProfileKind
from profiles.models import Profile
from tests.factories import people
from tests.factories.parties import Parties
from tests.scenarios import lifecycle


def visiting(parties: Parties, **fields: object) -> Profile:
    return lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator, **fields)


def hosting(parties: Parties, **fields: object) -> Profile:
    return lifecycle.published(
        parties.host, parties.hop, parties.ho, parties.hop_coordinator, kind=ProfileKind.HOST, **fields
    )


def another_host(parties: Parties, country: str = "BE", **fields: object) -> tuple[Profile, Actor]:
    """One more host profile under the same Partnership, and its owner."""
    organisation = people.organisation(country)
    owner = people.member(organisation)
    return lifecycle.published(
        organisation, parties.hop, owner, parties.hop_coordinator, kind=ProfileKind.HOST, **fields
    ), owner


def another_visitor(parties: Parties, country: str = "ES", **fields: object) -> tuple[Profile, Actor]:
    """One more visiting profile under the same Partnership, and its owner."""
    organisation = people.organisation(country)
    owner = people.member(organisation)
    return lifecycle.published(organisation, parties.vop, owner, parties.vop_coordinator, **fields), owner


def proposed_by(parties: Parties, by: Actor, modality: str = Modality.PHYSICAL) -> Match:
    return propose(visiting=visiting(parties), host=hosting(parties), modality=modality, by=by)


def confirmed_between(visitor: Profile, vo: Actor, host: Profile, ho: Actor, modality: str = "physical") -> Match:
    return perform(propose(visiting=visitor, host=host, modality=modality, by=vo), "host_yes", by=ho)


def yes_outside(match: Match, side: Side, by: Actor, on: date | None = None, how: str = "by telephone") -> Match:
    return enter_yes_given_outside(match, side=side, on=on or clock.today(), how=how, by=by)


def unmet_names(refusal: pytest.ExceptionInfo[RequirementsUnmet]) -> list[str]:
    """The names of the requirements that were not met."""
    return [gap.name for gap in refusal.value.unmet]
