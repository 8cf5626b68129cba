"""The catalogue's buttons and pages, with scripts off: they come back to the same view."""

from urllib.parse import quote

import pytest
from django.test import Client

from cxc.access.scoped import Actor
from matching.catalogue.search import ROWS
from matching.models import Bookmark, HiddenProfile, SavedSearch
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.matching import factories
from tests.queries import count_queries
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

# Beside these: the person, and twice for whom they may act.
MOST_QUERIES = 8
PAGE_QUERIES = 3


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


def sign_in(client: Client, actor: Actor) -> Client:
    client.force_login(people.user_of(actor))
    return client


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_bookmark_and_not_for_me_come_back_to_the_view(client: Client, parties: Parties) -> None:
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    sign_in(client, parties.vo)
    view = "/catalogue/?kind=host&country=BE"
    page = text(client, view)
    assert ("☆ Bookmark" in page, "Not for me<" in page, f'value="{view.replace("&", "&amp;")}"' in page) == (True,) * 3
    answer = client.post(f"/catalogue/{host.pk}/bookmark/", {"on": "1", "next": view})
    assert (answer["Location"], Bookmark.objects.get().profile) == (view, host)
    assert "★ Bookmarked" in text(client, view)
    client.post(f"/catalogue/{host.pk}/bookmark/", {"next": view})
    assert not Bookmark.objects.exists()
    told = {"on": "1", "for": visitor.pk, "next": view}
    assert client.post(f"/catalogue/{host.pk}/not-for-me/", told)["Location"] == view
    assert f"/catalogue/{host.pk}/?" not in text(client, view)
    assert f"/catalogue/{host.pk}/" in text(client, "/catalogue/not-for-me/")
    client.post(f"/catalogue/{host.pk}/not-for-me/", {"for": visitor.pk})
    assert not HiddenProfile.objects.exists()
    assert f"/catalogue/{host.pk}/?" in text(client, view)


def test_the_hidden_side_learns_nothing(client: Client, parties: Parties) -> None:
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    sign_in(client, parties.ho)
    pages = ["/catalogue/", f"/catalogue/{visitor.pk}/", "/catalogue/not-for-me/"]
    before = [text(client, page).count(str(parties.visitor)) for page in pages]
    HiddenProfile.objects.create(profile=visitor, other=host)
    assert [text(client, page).count(str(parties.visitor)) for page in pages] == before


@pytest.mark.parametrize("wrong", ["", "0", "x", "9" * 30, "hosts"])
def test_nobody_hides_for_somebody_else(client: Client, parties: Parties, wrong: str) -> None:
    factories.visiting(parties)
    host = factories.hosting(parties)
    told = {"on": "1", "for": host.pk if wrong == "hosts" else wrong}
    assert sign_in(client, parties.vo).post(f"/catalogue/{host.pk}/not-for-me/", told).status_code == 404


def test_a_profile_that_went_meanwhile_is_not_found(client: Client, parties: Parties) -> None:
    visitor = factories.visiting(parties)
    draft = lifecycle.draft(parties.host, parties.hop, parties.ho, "host")
    sign_in(client, parties.vo)
    told = {"on": "1", "for": visitor.pk}
    assert [client.post(f"/catalogue/{draft.pk}/{way}/", told).status_code for way in ("bookmark", "not-for-me")] == [
        404,
        404,
    ]


def test_back_from_a_card_to_the_same_view(client: Client, parties: Parties) -> None:
    hosts = [factories.another_host(parties)[0] for _ in range(ROWS + 1)]
    query = "kind=host&country=BE&order=name"
    page = text(sign_in(client, parties.so), f"/catalogue/?{query}&page=99")
    here = quote(f"{query}&page=2", safe="")
    (last,) = [host for host in hosts if f"/catalogue/{host.pk}/?list={here}" in page]
    assert "2 of 2" in page
    back = "/catalogue/?kind=host&amp;country=BE&amp;order=name&amp;page=2"
    assert f'href="{back}"' in text(client, f"/catalogue/{last.pk}/?list={here}")
    assert f'href="?{query.replace("&", "&amp;")}&amp;page=1"' in page
    assert text(client, f"/catalogue/{last.pk}/?list=%00%22%3E%26%26")


def test_an_empty_list_offers_the_nearest_names(client: Client, parties: Parties) -> None:
    host = factories.hosting(parties)
    host.organisation.legal_name = "Zeppelin Hangars & Sons"
    host.organisation.save()
    sign_in(client, parties.so)
    page = text(client, "/catalogue/?q=zepelin+xqxqxq")
    assert "Did you mean" in page
    assert "q=Zeppelin%20Hangars%20%26%20Sons" in page
    corrected = text(client, "/catalogue/?q=Zeplin")
    assert ("Nothing has “zeplin”" in corrected, f"/catalogue/{host.pk}/" in corrected) == (True, True)


def test_saved_searches_on_the_screen(client: Client, parties: Parties) -> None:
    factories.visiting(parties)
    sign_in(client, parties.vo)
    view = "/catalogue/?kind=host&country=BE"
    told = {"name": "Belgium", "query": "kind=host&country=BE", "weekly": "on", "next": view}
    assert client.post("/catalogue/searches/save/", told)["Location"] == view
    search = SavedSearch.objects.get()
    page = text(client, "/catalogue/searches/")
    assert 'href="/catalogue/?kind=host&amp;country=BE"' in page
    client.post(f"/catalogue/searches/{search.pk}/", {"name": "Flanders"})
    search.refresh_from_db()
    assert (search.name, search.weekly) == ("Flanders", False)
    assert "Enter a name" in client.post("/catalogue/searches/save/", told | {"name": ""}, follow=True).content.decode()
    sign_in(client, parties.ho)
    assert client.post(f"/catalogue/searches/{search.pk}/", {"delete": "1"}).status_code == 404
    sign_in(client, parties.vo).post(f"/catalogue/searches/{search.pk}/", {"delete": "1"})
    assert not SavedSearch.objects.exists()


def test_one_click_from_the_mail_stops_it(parties: Parties) -> None:
    """Nobody signed in; a mail program's POST carries no token of the session."""
    factories.visiting(parties)
    search = SavedSearch(person=people.user_of(parties.vo), acting_for="x", list_name="catalogue", position=1)
    search.name, search.weekly = "Hosts", True
    search.save()
    client = Client(enforce_csrf_checks=True)
    address = f"/catalogue/searches/stop/{search.unsubscribe_key}/"
    assert "Stop this mail" in text(client, address)
    search.refresh_from_db()
    assert search.weekly is True, "looking stops nothing: mail programs look at links by themselves"
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    search.refresh_from_db()
    assert search.weekly is False
    assert "This mail is stopped" in text(client, address)
    assert client.post("/catalogue/searches/stop/guess/").status_code == 404


def test_few_questions_whatever_the_rows(client: Client, parties: Parties) -> None:
    visitor = factories.visiting(parties)
    views = ["/catalogue/?q=what&country=BE&sector=13&bookmarked=&places=1", "/catalogue/?order=name"]
    readers = [parties.vo, parties.vop_coordinator, parties.so]
    counts = []
    for more in (1, 2):
        for _ in range(more):
            host, _owner = factories.another_host(parties)
        counts.append([count_queries(sign_in(client, reader), view) for reader in readers for view in views])
    assert counts[0] == counts[1]
    assert max(counts[1]) <= MOST_QUERIES + PAGE_QUERIES, counts
    assert (visitor.kind, host.kind) == ("visiting", "host")
