"""What of an open visit shows that a holder is still interested in its profile."""

from datetime import timedelta

import pytest

from cxc import clock
from cxc.workflow import perform
from exchanges.services.visits import create_visit
from profiles.models import LastInterest, Profile
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle, open_visits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LATER = timedelta(days=5)


def shown_after(profile: Profile) -> timedelta:
    return LastInterest.objects.get(profile=profile).shown_at - lifecycle.NOW


def test_who_waits_for_a_place_is_interested() -> None:
    parties = usual_parties()
    visit, _match = open_visits.full_visit(parties)
    visitor = open_visits.published_visitor(parties)
    with clock.at(lifecycle.NOW + LATER):
        open_visits.waiting_on(visit, visitor, parties.vo)
    assert shown_after(visitor) == LATER
    assert shown_after(visit.host_profile) == timedelta(0)


def test_a_host_that_opens_a_visit_is_interested() -> None:
    parties = usual_parties()
    host = open_visits.published_host(parties)
    with clock.at(lifecycle.NOW + LATER):
        visit = create_visit(
            host, "physical", by=parties.hop_coordinator, first_day=lifecycle.FIRST, last_day=lifecycle.LAST
        )
        assert shown_after(host) == timedelta(0)
        perform(visit, "open_to_visitors", by=parties.ho, **open_visits.OPENING)
    assert shown_after(host) == LATER
