"""A visit begun from a confirmed match: days that fit, the match on it, taken back, and the way back."""

from datetime import date

import pytest
from django.urls import reverse

from cxc.workflow import NotAllowed, RequirementsUnmet, perform
from cxc.workflow.models import StateEvent
from exchanges.models import Visit, VisitProposal
from exchanges.services.proposed_days import proposed_days
from exchanges.services.visits import create_visit
from matching.models import Match
from profiles.models import Participation, Profile
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

TUESDAY, THURSDAY = date(2026, 9, 22), date(2026, 9, 24)  # 15 and 17 days after the world's morning
DATES_AND_PLACES = {"first_day": "2026-09-22", "last_day": "2026-09-24", "time_zone": "Europe/Brussels"}


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.fixture
def match(parties: Parties) -> Match:
    return lifecycle.confirmed(parties)


def _held(profile: Profile, **fields: object) -> None:
    Profile.objects.filter(pk=profile.pk).update(**fields)


def _days(match: Match) -> tuple[date, date] | None:
    return proposed_days(Match.objects.get(pk=match.pk))


def test_the_first_days_ahead_that_reach_the_support_office_in_time_are_proposed(match: Match) -> None:
    assert _days(match) == (TUESDAY, THURSDAY)
    _held(match.visiting_profile, working_days=5)
    assert _days(match) == (TUESDAY, date(2026, 9, 28)), "as many working days as the visitor asks"
    _held(match.visiting_profile, working_days=3, available_from=date(2026, 10, 31))
    assert _days(match) == (date(2026, 11, 2), date(2026, 11, 4)), "within its period, which begins on a Saturday"


def test_where_the_time_ends_soon_tomorrow_is_better_than_no_day(match: Match) -> None:
    tomorrow = (date(2026, 9, 8), date(2026, 9, 10))
    _held(match.host_profile, available_to=date(2026, 9, 11))
    assert _days(match) == tomorrow
    _held(match.host_profile, available_to=date(2026, 9, 9))
    assert _days(match) is None
    _held(match.host_profile, available_to=match.host_profile.available_to)
    Participation.objects.filter(partnership=match.visiting_profile.partnership).update(last_day=date(2026, 9, 23))
    assert _days(match) == tomorrow, "the participation of the visitor's Partnership ends"


def test_the_form_shows_the_days_and_takes_them_as_they_are(parties: Parties, match: Match) -> None:
    address = f"{reverse('visit_create')}?match={match.pk}"
    shown = client_for(parties.hop_coordinator).get(address).content.decode()
    assert ('value="22/09/2026"' in shown, 'value="24/09/2026"' in shown) == (True, True)


def test_a_partnerships_visit_carries_the_match_with_its_exchange(parties: Parties, match: Match) -> None:
    address = f"{reverse('visit_create')}?match={match.pk}"
    client_for(parties.vop_coordinator).post(address, DATES_AND_PLACES | {"visitors": [match.pk]})
    visit = Visit.objects.get()
    assert [exchange.match_id for exchange in visit.exchanges.all()] == [match.pk]


def test_a_hosts_visit_carries_the_match_to_its_partnerships(parties: Parties, match: Match) -> None:
    response = client_for(parties.ho).post(f"{reverse('visit_create')}?match={match.pk}", DATES_AND_PLACES)
    visit = Visit.objects.get()
    assert response.headers["Location"] == visit.get_absolute_url()
    assert VisitProposal.objects.get().match == match
    assert (
        f"Add to the visit “{visit}”"
        in client_for(parties.hop_coordinator).get(match.get_absolute_url()).content.decode()
    )


def _hosts_visit(parties: Parties, match: Match) -> Visit:
    return create_visit(match.host_profile, match.modality, by=parties.ho, first_day=TUESDAY, last_day=THURSDAY)


def test_the_host_takes_back_a_visit_it_made_while_nobody_joined(parties: Parties, match: Match) -> None:
    visit = _hosts_visit(parties, match)
    assert "Delete the visit" in client_for(parties.ho).get(visit.get_absolute_url()).content.decode()
    perform(visit, "delete_visit", by=parties.ho)
    assert not Visit.objects.exists()
    assert StateEvent.objects.filter(transition="delete_visit").get().side == "ho"


def test_the_host_takes_back_no_visit_that_somebody_joined_or_a_partnership_made(
    parties: Parties, match: Match
) -> None:
    joined, of_a_partnership = _hosts_visit(parties, match), lifecycle.visit(match, parties.hop_coordinator)
    lifecycle.exchange(match, joined, parties.hop_coordinator)
    for visit in (joined, of_a_partnership):
        assert "Delete the visit" not in client_for(parties.ho).get(visit.get_absolute_url()).content.decode()
    with pytest.raises(RequirementsUnmet, match="a host deletes only what it created"):
        perform(of_a_partnership, "delete_visit", by=parties.ho)
    with pytest.raises(NotAllowed):
        perform(of_a_partnership, "delete_visit", by=parties.vo)


def test_go_back_leads_where_one_came_from(parties: Parties, match: Match) -> None:
    address, client, to_match = reverse("visit_create"), client_for(parties.vop_coordinator), match.get_absolute_url()
    for referer, leads_to in (
        ("http://testserver/matches/?page=2", "/matches/?page=2"),
        ("http://elsewhere.example/", to_match),
        (f"http://testserver{address}", to_match),  # the form itself is no way back
        ("", to_match),
    ):
        page = client.get(f"{address}?match={match.pk}", HTTP_REFERER=referer).content.decode()
        assert f'<a class="btn btn-link" href="{leads_to}">Go back</a>' in page, referer


def test_go_back_from_a_confirm_page_opened_from_a_mail_leads_to_the_thing(parties: Parties, match: Match) -> None:
    page = (
        client_for(parties.so).get(reverse("transition", args=["matching.match", match.pk, "cancel"])).content.decode()
    )
    assert f'href="{match.get_absolute_url()}">Go back</a>' in page
