"""What stands in an address may be anything: no page breaks over it."""

from urllib.parse import quote, urlencode

import pytest
from django.test import Client

from cxc.access.personal import principal_key
from cxc.web.listing import ListFilter
from cxc.workflow.models import StateEvent
from exchanges.filters import ExchangeFilter, PaymentFilter, VisitFilter
from exchanges.views.form_page import version_read
from matching.filters.matches import MatchFilter
from matching.models import SavedSearch
from profiles.filters.partnerships import PartnershipFilter
from profiles.filters.profiles import ProfileFilter
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

# A NUL, which PostgreSQL holds in no text; more figures than Python reads as a number; a figure of another script.
BAD = ("a\x00", "9" * 5000, "\u0663", "-1", "2026-99-99")
LISTS: dict[str, type[ListFilter] | type[PartnershipFilter]] = {
    "/profiles/": ProfileFilter,
    "/matches/": MatchFilter,
    "/exchanges/": ExchangeFilter,
    "/visits/": VisitFilter,
    "/payments/": PaymentFilter,
    "/partnerships/": PartnershipFilter,
}


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("bad", BAD)
def test_lists(address: str, bad: str) -> None:
    client = client_for(usual_parties().so)
    names = [*LISTS[address].base_filters, "sort", "page", "format"]
    assert client.get(f"{address}?{urlencode(dict.fromkeys(names, bad))}").status_code in {200, 400}


@pytest.mark.parametrize("bad", BAD)
def test_pages_with_an_address_of_their_own_words(bad: str) -> None:
    parties = usual_parties()
    profile = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    so, coordinator, holder = client_for(parties.so), client_for(parties.vop_coordinator), client_for(parties.vo)
    said = quote(bad)
    for client, address in (
        (so, f"/dashboard/?partnership={said}"),
        (so, f"/dashboard/?generation={said}"),
        (so, f"/dashboard/late/?partnership={said}&generation={said}"),
        (coordinator, f"/dashboard/late/?what={said}&side={said}&sort={said}&page={said}"),
        (coordinator, f"/dashboard/?partnership={said}&generation={said}"),
        (coordinator, f"/profiles/review/?page={said}&state={said}&q={said}"),
        (coordinator, f"/visits/new/?match={said}"),
        (holder, f"/help/?about={said}&from={said}"),
        (holder, f"/help/questions/?state={said}&page={said}"),
        (holder, f"/best-matches/{profile.pk}/?who={said}&page={said}"),
        (holder, f"/acting/?principal={said}&next={said}"),
        (Client(), f"/statistics/?partnership={said}&generation={said}&from={said}"),
        (Client(), f"/help/mine/{said}/"),
        (Client(), f"/invitations/{said}/"),
    ):
        assert client.get(address).status_code in {200, 302, 400, 404}, address


@pytest.mark.parametrize(
    "typed", ["nosuch", "todo", "//elsewhere.example/", "https://elsewhere.example/", "[", "a\x00"]
)
def test_a_typed_next_address_leads_only_to_a_path_of_the_portal(typed: str) -> None:
    parties = usual_parties()
    profile = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    holder = client_for(parties.vo)
    acting = holder.get(f"/acting/?{urlencode({'principal': principal_key(parties.vo), 'next': typed})}")
    discarded = holder.post("/form-drafts/discard/", {"address": typed})
    refused = holder.post("/catalogue/searches/save/", {"name": "", "query": "", "next": typed})
    assert (acting.status_code, discarded["Location"], refused["Location"]) == (200, "/todo/", "/todo/")
    page = holder.get(f"/transitions/profiles.profile/{profile.pk}/unpublish/", headers={"Referer": typed})
    assert page.status_code in {200, 404, 409}


def test_a_next_address_within_the_portal_is_kept_whole() -> None:
    sent = {"name": "", "query": "", "next": "http://testserver/catalogue/?kind=host"}
    answer = client_for(usual_parties().vo).post("/catalogue/searches/save/", sent)
    assert answer["Location"] == "/catalogue/?kind=host"


@pytest.mark.parametrize("body", ["[" * 100_000, '{"fields": ' * 50_000, "9" * 5000, "null", '{"fields": [["a"]]}'])
def test_json_that_is_no_form_is_refused(body: str) -> None:
    sent = client_for(usual_parties().vo).post("/form-drafts/", body, content_type="application/json")
    assert sent.status_code == 400


def test_a_mark_of_letters_that_no_cookie_holds_is_left_out() -> None:
    parties = usual_parties()
    sent = client_for(parties.vo).post("/me/", {"full_name": "Ana Fictional", "form_draft": "/me/ 漢字"})
    assert (sent.status_code, [name for name in sent.cookies if name.startswith("draft-taken-")]) == (302, [])


def test_a_version_of_more_figures_than_a_number_has_is_no_version() -> None:
    assert [version_read({"version_read": text}) for text in ("9" * 5000, "\u0663", "-1", "7")] == [0, 0, 0, 7]


def test_words_that_come_past_a_form() -> None:
    parties = usual_parties()
    draft = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    client = client_for(parties.vo)
    assert (
        client.post(f"/transitions/profiles.profile/{draft.pk}/archive_draft/", {"reason": "Done\x00"}).status_code
        == 302
    )
    sent = client.post("/catalogue/searches/save/", {"name": "Ports\x00", "query": "kind=host"})
    assert (sent.status_code, SavedSearch.objects.get().name) == (302, "Ports")
    assert StateEvent.of(draft).latest("pk").reason == "Done"
