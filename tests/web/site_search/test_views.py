"""The search's page and the options of its dialog."""

import logging
import re
from typing import Any

import pytest
from django.test import Client

from cxc.web.site_search import text
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.queries import count_queries
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

OPTIONS = "/search/options/"
MOST_QUERIES = 24


def test_the_page_works_without_scripts_and_is_linked_in_the_header() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    page = client_for(parties.vo).get("/search/", {"q": exchange.reference}).content.decode()
    assert f'<a href="{exchange.get_absolute_url()}">' in page
    assert f'value="{exchange.reference}"' in page
    assert '<form class="site-search" action="/search/">' in client_for(parties.vo).get("/todo/").content.decode()


def test_the_dialog_gets_options_with_ids_of_their_own() -> None:
    parties = usual_parties()
    lifecycle.in_preparation(parties)
    page = client_for(parties.so).post(OPTIONS, {"q": "organisation"}).content.decode()
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) > 5
    assert page.count('role="option"') == page.count('aria-selected="false"') == page.count('tabindex="-1"')
    assert re.findall(r'data-status="\s*(\d+) results', page)


def test_what_was_typed_is_shown_as_text() -> None:
    page = client_for(usual_parties().vo).get("/search/", {"q": '<b>"&'}).content.decode()
    assert "<b>" not in page
    assert 'value="&lt;b&gt;&quot;&amp;"' in page


def test_who_is_not_signed_in_signs_in_first(client: Client) -> None:
    assert client.get("/search/").headers["Location"] == "/account/login/?next=/search/"
    assert client.post(OPTIONS, {"q": "ab"}, headers={"HX-Request": "true"}).status_code == 401
    assert "search-dialog" not in client.get("/").content.decode()


@pytest.mark.parametrize("typed", ["", "a", "xqzvkw", "\x00", "x" * 5_000])
def test_a_text_that_finds_nothing_gets_a_sentence(typed: str) -> None:
    client = client_for(usual_parties().vo)
    answer = client.get("/search/", {"q": typed})
    assert answer.status_code == client.post(OPTIONS, {"q": typed}).status_code == 200
    said = {"": "", "a": "Type at least two letters.", "\x00": ""}.get(typed, "Nothing found.")
    assert said in answer.content.decode()


def test_the_number_of_queries_does_not_grow_with_what_is_found() -> None:
    parties = usual_parties()
    people.organisation("ES", legal_name="Kettle Works")
    client = client_for(parties.so)
    one = count_queries(client, "/search/?q=kettle")
    for number in range(30):
        people.organisation("ES", legal_name=f"Kettle Works {number}")
    assert count_queries(client, "/search/?q=kettle") == one


def test_no_role_takes_many_queries() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    actors = (parties.vo, parties.ho, parties.vop_coordinator, parties.so, people.observer(), people.stranger())
    texts = ("organisation", exchange.reference, "open visits")
    most = max(count_queries(client_for(actor), f"/search/?q={typed}") for actor in actors for typed in texts)
    assert most <= MOST_QUERIES


def test_little_is_asked_for_a_printed_reference_and_for_a_name_that_nobody_has() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    for actor in (parties.vo, parties.ho, parties.vop_coordinator, parties.so):
        client = client_for(actor)
        besides = count_queries(client, "/search/?q=")
        assert count_queries(client, f"/search/?q={exchange.reference}") == besides + 2
        assert count_queries(client, "/search/?q=xqzvkw") <= besides + 5  # exact and similar names, in a transaction


def test_nothing_that_is_typed_is_logged(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor when the search fails; and the address of the next page's request does not carry it."""
    client = client_for(usual_parties().vo)
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        assert client.get("/search/", {"q": "Sauerkraut"}).headers["Referrer-Policy"] == "strict-origin"
        client.post(OPTIONS, {"q": "Sauerkraut"})
        monkeypatch.setattr(text, "folded", lambda _line: 1 / 0)
        answer: Any = client.get("/search/", {"q": "Sauerkraut"})
        assert answer.status_code == 500
        client.post(OPTIONS, {"q": "Sauerkraut"})
    assert "auerkraut" not in caplog.text
