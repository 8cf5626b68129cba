"""What exchanges add to the transitions of profiles: the checklist names one exchange, however many there were."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db.models.signals import post_init

from cxc.access.scoped import Actor
from cxc.workflow.availability import available_transitions
from exchanges.models import Exchange
from profiles.models import Profile
from tests.factories.parties import usual_parties, with_another_visitor
from tests.scenarios import completion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@contextmanager
def exchanges_read() -> Iterator[list[Exchange]]:
    """The exchanges that are made of rows within the block."""
    found: list[Exchange] = []

    def keep(instance: Exchange, **_more: object) -> None:
        found.append(instance)

    post_init.connect(keep, sender=Exchange)
    try:
        yield found
    finally:
        post_init.disconnect(keep, sender=Exchange)


def sentences(profile: Profile, actor: Actor) -> list[str]:
    offers = available_transitions(profile, actor)
    return [str(unmet.sentence) for offer in offers for unmet in offer.unmet]


def test_of_a_hosts_many_exchanges_the_first_alone_is_read() -> None:
    parties = usual_parties()
    first = completion.closed(parties)
    host = Profile.objects.get(pk=first.match.host_profile_id)
    with exchanges_read() as one:
        assert any(str(first) in sentence for sentence in sentences(host, parties.so))
    for _number in range(2):
        completion.closed(with_another_visitor(parties))
    with exchanges_read() as several:
        assert any(str(first) in sentence for sentence in sentences(host, parties.so))
    assert 0 < len(several) == len(one)
