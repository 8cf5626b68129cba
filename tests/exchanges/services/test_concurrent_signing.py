"""Two people of one party sign at the same moment, on real connections: one signature, unless two sign jointly."""

import time
from dataclasses import replace

import pytest

from cxc.access.confirmed_identity import Confirmation
from cxc.access.scoped import Actor
from exchanges.models import DocumentVersion, Signature
from exchanges.services.signatures import sign_on_screen
from profiles.services.members import set_joint_signatures
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle
from tests.scenarios.parallel import in_parallel

pytestmark = pytest.mark.usefixtures("committed_db", "now")


def sign(version: DocumentVersion, actor: Actor) -> None:
    confirmation = Confirmation("password", time.time())
    found = DocumentVersion.objects.get(pk=version.pk)
    sign_on_screen(found, confirmation=confirmation, by=replace(actor, signatory=True))


@pytest.mark.parametrize(("are_joint", "count"), [(False, 1), (True, 2)])
def test_two_people_of_one_party_at_once(are_joint: bool, count: int) -> None:
    parties = usual_parties()
    colleague = people.member(parties.visitor, signs=True)
    set_joint_signatures(parties.visitor, by=parties.vo, are_joint=are_joint)
    exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    version = DocumentVersion.objects.get(exchange=exchange, kind="ctq")
    answers = in_parallel(lambda: sign(version, parties.vo), lambda: sign(version, colleague))
    assert Signature.objects.filter(version=version).count() == answers.count("done") == count
    assert are_joint or any("has already signed for" in answer for answer in answers)
