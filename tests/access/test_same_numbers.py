"""An organisation and a Partnership may have the same number: that makes nobody the other's side."""

from dataclasses import replace

import pytest

from cxc import clock
from exchanges.enums import EvidenceKind
from exchanges.queries.documents import evidence_seen_by
from tests.factories.parties import usual_parties
from tests.scenarios import completion, lifecycle
from tests.scenarios.completion import AFTER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_a_partnership_with_the_number_of_the_host_does_not_read_its_letter() -> None:
    parties = usual_parties()
    exchange = lifecycle.ongoing(parties)
    with clock.at(AFTER):
        letter = completion.submitted_evidence(exchange, parties.ho, EvidenceKind.HOST_LETTER)
    namesake = replace(parties.hop_coordinator, principal_id=parties.host.pk)
    assert list(evidence_seen_by(parties.ho, exchange)) == [letter]
    assert list(evidence_seen_by(namesake, exchange)) == []
