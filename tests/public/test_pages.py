"""The pages for everybody: numbers from the database, one title each, readable signed in and out."""

import re
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cxc.core.models import SchemeSettings
from profiles.models import LumpSumCeiling, Partnership
from public.queries.figures import figures
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.html import source_of
from tests.scenarios import completion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

PAGES = [
    "/",
    "/how-it-works/",
    "/take-part/",
    "/hosts/",
    "/proof/",
    "/partnerships/",
    "/statistics/",
    "/faq/",
    "/help/",
    "/accessibility/",
    "/stories/",
    "/privacy/",
]


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def page_text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return source_of(answer)


@pytest.mark.parametrize("scheme", ["empty", "open"])
def test_everybody_reads_every_page_signed_in_or_not(client: Client, scheme: str) -> None:
    parties = usual_parties() if scheme == "open" else None
    for address in PAGES:
        assert page_text(client, address).count("<h1") == 1
        for actor in (
            (parties.vo, parties.vop_coordinator, parties.so) if parties else (people.observer(), people.stranger())
        ):
            assert page_text(client_for(actor), address).count("<h1") == 1


def test_titles_and_descriptions_are_each_page_s_own(client: Client) -> None:
    usual_parties()
    pages = [page_text(client, address) for address in PAGES]
    titles = [re.search(r"<title>(.*?)</title>", page, re.S)[1] for page in pages]  # type: ignore[index]
    descriptions = [re.search(r'name="description" content="(.*?)"', page, re.S)[1] for page in pages]  # type: ignore[index]
    assert len(set(titles)) == len(set(descriptions)) == len(PAGES)
    assert [text for text in descriptions if not 50 <= len(text) <= 250] == []


def test_a_changed_setting_changes_what_the_pages_say(client: Client) -> None:
    generation = people.generation()
    generation.min_working_days, generation.max_stay_months = 4, 2
    generation.save()
    partnership = people.partnership(in_generation=generation)
    partnership.payout_steps.filter(from_days=3).update(from_days=4, percent=60)
    scheme = SchemeSettings.current()
    scheme.payment_working_days, scheme.iban_erase_days, scheme.far_days = 44, 55, 66
    scheme.save()
    page = page_text(client, "/how-it-works/")
    for words in (
        "4 working days;",
        "2 months,",
        "within 44 working days",
        "from 4 working days: 60 %",
        "within 66 days",
    ):
        assert words in page, words
    assert "erased after 55 days" in page_text(client, "/privacy/")
    assert "Spend 4 working days or more" in page_text(client, "/")


def test_the_ceilings_are_those_in_force_today_of_the_countries_that_participate(client: Client) -> None:
    people.generation()
    LumpSumCeiling.objects.filter(country="BE").update(amount=Decimal(1234))
    page = page_text(client, "/how-it-works/")
    assert re.search(r"Belgium</th><td[^>]*>1,?234<", page)
    assert "Norway</th>" not in page


def test_the_front_page_counts_what_the_statistics_count_and_keeps_it_for_a_while() -> None:
    parties = usual_parties()
    completion.closed(parties)
    found = figures()
    assert (found["confirmed"], found["physical"], found["virtual"], found["host_countries"]) == (1, 1, 0, 1)
    assert found["partnerships"] == Partnership.objects.count()
    with CaptureQueriesContext(connection) as asked:
        assert figures() == found
    assert len(asked) == 1  # hosts are counted anew


def test_the_front_page_says_until_when_profiles_are_taken(client: Client) -> None:
    assert "No Partnership takes profiles at the moment" in page_text(client, "/")
    generation = people.generation()
    people.partnership(in_generation=generation)
    page = page_text(client, "/")
    assert "You can apply until 31" in page


def test_no_name_of_a_person_or_an_organisation_is_public(client: Client) -> None:
    parties = usual_parties()
    completion.closed(parties)
    for address in PAGES:
        page = page_text(client, address)
        for name in (
            parties.visitor.legal_name,
            parties.host.legal_name,
            people.user_of(parties.vo).email,
            people.user_of(parties.so).email,
        ):
            assert name not in page


def test_public_pages_are_for_search_engines_and_the_rest_is_not(client: Client) -> None:
    for address in PAGES:
        page = page_text(client, f"{address}?page=1" if address == "/partnerships/" else address)
        assert f'<link rel="canonical" href="http://127.0.0.1:8000{address}">' in page
        assert "noindex" not in page
    assert "noindex" in client.get("/account/password/reset/").content.decode()
    assert "noindex" in client.get("/nothing/here/").content.decode()


def test_the_map_of_the_site_names_public_pages_only_and_each_opens(client: Client) -> None:
    partnership = people.partnership()
    answer = client.get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml"
    found = re.findall(r"<loc>http://127\.0\.0\.1:8000(.*?)</loc>", answer.content.decode())
    assert set(found) == {*PAGES, partnership.get_absolute_url(), "/account/signup/"}
    assert {client.get(path).status_code for path in found} == {200}


def test_robots_are_shown_the_map(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in answer.content.decode()
