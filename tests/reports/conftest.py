"""A small scheme to count in."""

from dataclasses import dataclass

import pytest

from cxc.workflow import create, perform
from exchanges.models import Exchange
from matching.models import Match
from profiles.enums import Modality
from tests.factories import people
from tests.factories.cache import cached
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle


@dataclass
class Small:
    """Two visitors on one physical visit and a third alone on a virtual one, all in preparation."""

    grouped: list[Exchange]
    single: Exchange
    draft: Exchange


@cached
def _second_exchange(first: Exchange, parties: Parties) -> Exchange:
    """One more visitor of the same Partnership on the visit of `first`, as a draft."""
    visitor = people.organisation("IT")
    vo = people.member(visitor)
    profile = lifecycle.published(visitor, parties.vop, vo, parties.vop_coordinator)
    match = create(
        Match(visiting_profile=profile, host_profile=first.visit.host_profile, modality=first.modality),
        "propose",
        by=vo,
    )
    perform(match, "host_yes", by=parties.ho)
    return lifecycle.exchange(match, first.visit, parties.vop_coordinator)


@pytest.fixture
def small(db: None, now: None) -> Small:
    parties = usual_parties()
    first = lifecycle.in_preparation(parties)
    second = perform(_second_exchange(first, parties), "prepare", by=parties.vop_coordinator)
    other = usual_parties("PT", "FR")
    single = lifecycle.in_preparation(other, Modality.VIRTUAL)
    return Small([first, second], single, _second_exchange(first, parties))
