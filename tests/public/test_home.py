"""The front page: an exchange with its days and sums, open visits without names, quotes of the demo world only."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from cxc import clock
from cxc.core.models import HolidayChange, SchemeSettings
from cxc.workflow import perform
from exchanges.models import Visit
from profiles.enums import ProfileKind
from profiles.models import Country, Generation, LumpSumCeiling, Profile
from public.models import SuccessStory
from public.queries.example_exchange import Example, Payout, example_exchange, usual_pair
from public.queries.open_visits import MAX_SHOWN, open_visits_ahead
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.html import source_of
from tests.queries import assert_constant_queries
from tests.scenarios import lifecycle, open_visits
from tests.scenarios.lifecycle import FIRST, LAST

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def generation() -> Generation:
    found = people.generation()
    people.partnership(in_generation=found)
    return found


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


def home(client: Client, **query: str) -> str:
    answer = client.get("/", query)
    assert answer.status_code == 200
    return source_of(answer)


def example(generation: Generation, visitor: str = "ES", host: str = "BE") -> Example:
    found = example_exchange(generation, Country.objects.get(pk=visitor), Country.objects.get(pk=host))
    assert found is not None
    return found


def test_the_days_follow_the_rules_of_an_exchange(generation: Generation) -> None:
    found = example(generation)
    assert found.first_day.isoweekday() == 1
    assert (found.last_day - found.first_day).days == generation.min_working_days - 1
    assert (found.first_day - found.papers_day).days == SchemeSettings.current().ctq_days_before_start
    assert (found.report_day - found.last_day).days == SchemeSettings.current().far_days
    assert found.report_day < found.answer_day < found.payment_day


def test_a_day_off_in_the_host_s_country_moves_the_stay_by_whole_weeks(generation: Generation) -> None:
    before = example(generation)
    HolidayChange.objects.create(country_code="BE", day=before.last_day, is_holiday=True)
    assert (example(generation).first_day - before.first_day).days in {7, 14}  # 11 November is one more


def test_a_long_least_stay_goes_over_the_weekend(generation: Generation) -> None:
    generation.min_working_days = 7
    found = example(generation)
    assert ((found.last_day - found.first_day).days, found.working_days) == (8, 7)


def test_the_sums_are_the_shares_of_the_host_s_ceiling(generation: Generation) -> None:
    assert example(generation).payouts == (
        Payout(3, Decimal("415.00"), Decimal("415.00")),
        Payout(5, Decimal("830.00"), Decimal("830.00")),
    )
    people.partnership(in_generation=generation).payout_steps.filter(from_days=3).update(percent=60)
    assert example(generation).payouts[0] == Payout(3, Decimal("415.00"), Decimal("498.00"))


def test_a_partnership_that_has_ended_before_the_stay_says_nothing_of_the_sums(generation: Generation) -> None:
    ended = people.partnership(in_generation=generation)
    ended.payout_steps.filter(from_days=3).update(percent=60)
    assert example(generation).payouts[0].most == Decimal("498.00")
    ended.participations.update(last_day=example(generation).last_day - timedelta(days=1))
    assert example(generation).payouts[0].most == Decimal("415.00")


def test_without_a_ceiling_there_is_no_sum(generation: Generation, client: Client) -> None:
    LumpSumCeiling.objects.filter(country="BE").delete()
    assert example(generation).payouts == ()
    assert "How much may be paid for a visit to Belgium is not set yet" in home(client, **{"from": "ES", "to": "BE"})


def test_no_example_reaches_over_the_last_day_of_every_partnership(generation: Generation, client: Client) -> None:
    found = example(generation)
    generation.participations.update(last_day=found.last_day)
    assert example(generation) == found
    generation.participations.update(last_day=found.last_day - timedelta(days=1))
    assert example_exchange(generation, Country.objects.get(pk="ES"), Country.objects.get(pk="BE")) is None
    assert "There is no time left for a new exchange" in home(client)


def test_whoever_chose_nothing_reads_of_the_country_with_most_hosts(parties: Parties) -> None:
    open_visits.published_host(parties)
    among = list(Country.objects.filter(pk__in=["BG", "FR", parties.host.country_id]))
    visitor, host = usual_pair(among) or ("", "")
    assert (str(visitor), str(host)) == ("Bulgaria", str(parties.host.country))
    assert usual_pair([Country.objects.get(pk="ES")]) is None


@pytest.mark.usefixtures("generation")
def test_the_page_shows_the_countries_that_are_chosen(client: Client) -> None:
    page = home(client, **{"from": "PT", "to": "DE"})
    assert "A firm in Portugal wants to visit a host in Germany" in page
    assert "EUR 830.00" in page


@pytest.mark.usefixtures("generation")
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"from": "PT", "to": "PT"}, "Choose another country than your own"),
        ({"from": "PT", "to": "NO"}, "NO is not one of the available choices"),
        ({"from": "a\x00", "to": "9" * 500}, "is not one of the available choices"),
    ],
)
def test_what_cannot_be_an_exchange_is_said(client: Client, query: dict[str, str], sentence: str) -> None:
    page = home(client, **query)
    assert sentence in page
    assert "wants to visit a host in" not in page


def test_open_visits_are_shown_without_names_places_and_texts(parties: Parties, client: Client) -> None:
    open_visits.open_visit(parties, city="Lokeren")
    page = home(client)
    assert open_visits.OPENING["outline"] not in page
    for hidden in (parties.host.legal_name, "Looms", "Lokeren"):
        assert hidden not in page
    assert "10 of 10 free" in page


@pytest.mark.parametrize(
    "change",
    [
        {"last_day_to_ask": date(2020, 1, 1)},
        {"first_day": date(2020, 1, 1), "last_day_to_ask": date(2019, 1, 1)},
    ],
)
def test_visits_nobody_can_ask_for_are_left_out(parties: Parties, change: dict[str, Any]) -> None:
    visit = open_visits.open_visit(parties)
    assert open_visits_ahead() == [visit]
    Visit.objects.filter(pk=visit.pk).update(**change)
    assert open_visits_ahead() == []


@pytest.mark.parametrize(
    "change",
    [
        {"eligibility_confirmed_at": None},
        {"physical": False, "virtual": True},
        {"available_from": date(2020, 1, 1), "available_to": date(2020, 2, 1)},
    ],
)
def test_visits_at_a_host_who_can_take_nobody_are_left_out(parties: Parties, change: dict[str, Any]) -> None:
    visit = open_visits.open_visit(parties)
    Profile.objects.filter(pk=visit.host_profile_id).update(**change)
    assert open_visits_ahead() == []


def test_visits_of_a_host_whose_participation_is_over_are_left_out(parties: Parties) -> None:
    open_visits.open_visit(parties)
    parties.hop.participations.update(last_day=date(2025, 1, 1))
    assert open_visits_ahead() == []


def test_an_open_visit_is_found_behind_many_full_ones(parties: Parties) -> None:
    full, match = open_visits.full_visit(parties)
    perform(match, "host_yes", by=parties.ho)
    for number in range(24):
        open_visits.open_visit(parties, full.host_profile, title=f"Looms {number}")
    Profile.objects.filter(pk=full.host_profile_id).update(places=1)
    other = people.organisation("FR")
    host = lifecycle.published(other, parties.hop, people.member(other), parties.hop_coordinator, kind=ProfileKind.HOST)
    week = timedelta(days=7)
    later = open_visits.open_visit(parties, host, first_day=FIRST + week, last_day=LAST + week)
    assert open_visits_ahead() == [later]


def test_the_queries_do_not_grow_with_what_is_shown(parties: Parties, client: Client) -> None:
    host = open_visits.published_host(parties)

    def add(number: int) -> None:
        for each in range(number):
            open_visits.open_visit(parties, host, title=f"Looms {each}")
            words = {"title": "A loom", "text": "Woven.", "country_id": "PT", "sector_id": "13"}
            SuccessStory.objects.create(**words, is_approved=True, approved_at=clock.now())

    add(MAX_SHOWN)  # from here on reading stops before the last visit, which takes one more statement
    assert_constant_queries(client, "/", add)


@pytest.mark.parametrize("is_on", [True, False])
def test_quotes_stand_there_in_the_demo_world_only_and_say_so(client: Client, settings: Any, is_on: bool) -> None:
    settings.DEMO_WORLD = is_on
    page = home(client)
    assert ("<blockquote>" in page) is is_on
    assert ("nobody said this" in page) is is_on
