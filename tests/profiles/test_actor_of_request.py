"""For whom one acts in a request."""

import pytest

from cxc.access.scoped import Actor
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/me/", "/todo/"])
def test_a_page_of_the_signed_in_gets_the_actor_itself(address: str) -> None:
    parties = usual_parties()
    answer = client_for(parties.vo).get(address)
    actor = answer.wsgi_request.actor  # type: ignore[attr-defined]
    assert (type(actor), actor) == (Actor, parties.vo)
