"""The pages of open visits: list, page, asking, who asks, offering; how many questions to the database."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cxc.access.scoped import Actor
from cxc.todo import items_for
from cxc.workflow import perform
from exchanges.models import Visit, WaitingListEntry
from matching.models import HiddenProfile, Match
from profiles.models import Profile
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties
from tests.queries import assert_constant_queries, count_queries
from tests.scenarios import lifecycle, open_visits

pytestmark = [pytest.mark.reconciles, pytest.mark.django_db]


def page(actor: Actor, name: str, *args: int, **query: Any) -> str:
    response = client_for(actor).get(reverse(name, args=args), query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def listed(actor: Actor, **query: Any) -> list[tuple[int, str]]:
    """Id and reason why not, in the order of the page."""
    response = client_for(actor).get(reverse("open_visits"), query)
    assert response.status_code == 200, response.status_code
    return [(row.visit.pk, row.problem) for row in response.context["page"]]


def another_host(parties: Parties, country: str = "BE", host: dict[str, Any] | None = None, **fields: Any) -> Visit:
    """One more open visit, at a host of its own under the same Partnership."""
    other = people.organisation(country)
    owner = people.member(other)
    visitor_parties = Parties(
        parties.visitor,
        other,
        parties.vop,
        parties.hop,
        parties.vo,
        owner,
        parties.vop_coordinator,
        parties.hop_coordinator,
        parties.so,
    )
    return open_visits.open_visit(
        visitor_parties, open_visits.published_host(visitor_parties, **(host or {})), **fields
    )


def test_the_list_is_ordered_by_fit_and_the_rest_says_why_not(parties: Parties) -> None:
    profile = open_visits.published_visitor(parties)
    at_home = another_host(parties, "ES", title="At home")
    fits, fits_better = another_host(parties, host={"languages": ["fr"]}), another_host(parties)
    rows = listed(parties.vo)
    assert [pk for pk, _why in rows] == [fits_better.pk, fits.pk, at_home.pk]
    assert [bool(why) for _pk, why in rows] == [False, False, True]
    assert "an exchange crosses a border" in rows[2][1]
    open_visits.proposed_on(fits, profile, parties.vo)
    assert [pk for pk, _why in listed(parties.vo)] == [fits.pk, fits_better.pk, at_home.pk]


def test_each_filter_and_what_can_not_be_read(parties: Parties) -> None:
    open_visits.published_visitor(parties)
    belgian, german = another_host(parties), another_host(parties, "DE", modality="virtual")
    both = {belgian.pk, german.pk}
    assert {pk for pk, _why in listed(parties.vo)} == both
    assert [pk for pk, _why in listed(parties.vo, country="DE")] == [german.pk]
    assert [pk for pk, _why in listed(parties.vo, modality="physical")] == [belgian.pk]
    assert listed(parties.vo, **{"from": "2026-09-29"}) == []
    assert {pk for pk, _why in listed(parties.vo, **{"from": "2026-09-28", "to": "2026-09-30"})} == both
    client = client_for(parties.vo)
    bad = [{"country": "XX"}, {"from": "soon"}, {"from": "2026-09-29", "to": "2026-09-01"}, {"modality": "odd"}]
    for query in bad:
        assert client.get(reverse("open_visits"), query).status_code == 400, query
    for query in ({"for": "none"}, {"for": "9" * 30}, {"page": "x"}):
        assert client.get(reverse("open_visits"), query).status_code == 200, query


def test_who_sees_the_list(parties: Parties) -> None:
    visit = open_visits.open_visit(parties)
    for actor in (parties.ho, parties.hop_coordinator, parties.vop_coordinator, parties.so, people.observer()):
        assert listed(actor) == [(visit.pk, "")]
    address = reverse("open_visits")
    assert "Submit a profile of your organisation first." in client_for(parties.vo).get(address).content.decode()
    assert client_for(people.stranger()).get(address).status_code == 404
    open_visits.published_visitor(parties)
    assert listed(parties.vo) == [(visit.pk, "")]
    perform(Visit.objects.get(pk=visit.pk), "close_to_visitors", by=parties.ho)
    assert listed(parties.vo) == []
    assert client_for(parties.vo).get(reverse("open_visit", args=[visit.pk])).status_code == 404
    assert client_for(parties.ho).get(reverse("open_visit", args=[visit.pk])).status_code == 200


def test_a_partnership_looks_for_one_of_its_visitors(parties: Parties) -> None:
    visit, profile = open_visits.open_visit(parties), open_visits.published_visitor(parties)
    text = page(parties.vop_coordinator, "open_visits", **{"for": profile.pk})
    assert "as they fit" in text
    answer = client_for(parties.vop_coordinator).post(reverse("visit_ask", args=[visit.pk]), {"visitor": profile.pk})
    match = Match.objects.get()
    assert (answer["Location"], match.initiated_by) == (match.get_absolute_url(), "vop")


def test_from_the_list_to_the_confirmed_exchange(parties: Parties) -> None:
    visit, profile = open_visits.open_visit(parties, places=1), open_visits.published_visitor(parties)
    assert "Ask to join" in page(parties.vo, "open_visit", visit.pk)
    client_for(parties.vo).post(
        reverse("visit_ask", args=[visit.pk]), {"visitor": profile.pk, "message": "We weave too."}
    )
    match = Match.objects.get()
    assert match.message.endswith("We weave too.")
    host_reads = page(parties.ho, "match", match.pk)
    assert "For the visit “Looms”, 28 Sep 2026 to 30 Sep 2026" in host_reads
    assert reverse("visit_join_requests", args=[visit.pk]) in host_reads
    perform(match, "host_yes", by=parties.ho)
    coordinator_reads = page(parties.vop_coordinator, "match", match.pk)
    assert coordinator_reads.index("Add to the visit “Looms”") < coordinator_reads.index("Join a visit of this host")
    join = reverse("visit_join", args=[match.pk])
    assert client_for(parties.vop_coordinator).get(join).context["form"].initial == {"visit": visit}
    client_for(parties.vop_coordinator).post(join, {"visit": visit.pk})
    assert visit.exchanges.get().match == match


def test_waiting_leaving_and_the_one_click_that_offers(parties: Parties) -> None:
    visit, match = open_visits.full_visit(parties)
    profile = open_visits.published_visitor(parties)
    assert "Ask for a place on the waiting list" in page(parties.vo, "open_visit", visit.pk)
    answer = client_for(parties.vo).post(reverse("visit_ask", args=[visit.pk]), {"visitor": profile.pk}, follow=True)
    assert "you are number 1 on the waiting list" in answer.content.decode()
    submission = WaitingListEntry.objects.get()
    assert "Leave the waiting list" in page(parties.vo, "open_visit", visit.pk)
    assert reverse("visit_offer", args=[submission.pk]) not in page(
        parties.hop_coordinator, "visit_join_requests", visit.pk
    )
    perform(match, "host_no", by=parties.ho, reason="No.")
    assert "Offer the free place to the next" in page(parties.hop_coordinator, "todo")
    assert "offer it" not in page(parties.ho, "visit_join_requests", visit.pk)
    assert f"Offer the place to {parties.visitor}" in page(parties.hop_coordinator, "visit_join_requests", visit.pk)
    answer = client_for(parties.hop_coordinator).post(reverse("visit_offer", args=[submission.pk]))
    assert answer["Location"] == reverse("visit_join_requests", args=[visit.pk])
    assert Match.objects.get(visiting_profile=profile).initiated_by == "hop"
    again = client_for(parties.hop_coordinator).post(reverse("visit_offer", args=[submission.pk]))
    assert again.status_code == 409


def test_out_of_turn_the_form_asks_for_the_reason(parties: Parties) -> None:
    visit, match = open_visits.full_visit(parties)
    open_visits.waiting_on(visit, open_visits.published_visitor(parties), parties.vo)
    second = open_visits.waiting_on(visit, *open_visits.another_published_visitor(parties))
    perform(match, "host_no", by=parties.ho, reason="No.")
    address = reverse("visit_offer", args=[second.pk])
    refused = client_for(parties.hop_coordinator).post(address)
    assert (refused.status_code, str(parties.visitor) in refused.content.decode()) == (400, True)
    assert client_for(parties.hop_coordinator).post(address, {"reason": "Speaks Dutch."}).status_code == 302


def test_who_asks_is_ordered_by_fit_and_what_has_ended_is_shown(parties: Parties) -> None:
    visit = open_visits.open_visit(parties, places=3)
    plain, owner = open_visits.another_published_visitor(parties, languages=["fr"])
    ended, ended_owner = open_visits.another_published_visitor(parties)
    best = open_visits.published_visitor(parties)
    for profile, by in ((plain, owner), (ended, ended_owner), (best, parties.vo)):
        open_visits.proposed_on(visit, profile, by)
    perform(Match.objects.get(visiting_profile=ended), "withdraw", by=ended_owner, reason="Ill.")
    response = client_for(parties.ho).get(reverse("visit_join_requests", args=[visit.pk]))
    assert [row.profile for row in response.context["requests"]] == [best, plain]
    assert [match.visiting_profile for match in response.context["ended_matches"]] == [ended]


def test_a_host_publishes_opens_changes_and_closes(parties: Parties) -> None:
    host = open_visits.published_host(parties)
    form = {
        "host": host.pk,
        "modality": "physical",
        "title": "Three days of looms",
        "outline": "Two factories.",
        "first_day": lifecycle.FIRST,
        "last_day": lifecycle.LAST,
        "last_day_to_ask": "2026-09-20",
        "has_waiting_list": "on",
    }
    client = client_for(parties.ho)
    assert client.get(reverse("visit_publish")).context["form"].initial == {"host": host}
    early = client.post(reverse("visit_publish"), form | {"last_day_to_ask": "2026-09-01"})
    assert (early.status_code, Visit.objects.exists()) == (400, False)
    assert client.post(reverse("visit_publish"), form).status_code == 302
    visit = Visit.objects.get()
    assert (visit.state, visit.time_zone, visit.city, visit.effective_places) == ("open", "Europe/Brussels", "City", 10)
    opening = reverse("visit_opening", args=[visit.pk])
    assert client.get(opening).context["form"].initial["outline"] == "Two factories."
    client.post(opening, {"outline": "Three factories.", "last_day_to_ask": "2026-09-21"})
    visit.refresh_from_db()
    assert (visit.outline, visit.has_waiting_list) == ("Three factories.", False)
    assert "Close to visitors" in page(parties.ho, "visit", visit.pk)
    client.post(reverse("transition", args=["exchanges.visit", visit.pk, "close_to_visitors"]))
    assert "Open to visitors" in page(parties.ho, "visit", visit.pk)


def test_things_that_vanished_while_on_somebodys_screen(parties: Parties) -> None:
    visit, profile = open_visits.open_visit(parties), open_visits.published_visitor(parties)
    address = reverse("visit_ask", args=[visit.pk])
    perform(Visit.objects.get(pk=visit.pk).host_profile, "unpublish", by=parties.ho, reason="Not now.")
    assert client_for(parties.vo).post(address, {"visitor": profile.pk}).status_code == 404
    refused = client_for(parties.vop_coordinator).post(address, {"visitor": profile.pk})
    assert refused.status_code == 404
    perform(Visit.objects.get(pk=visit.pk), "delete_visit", by=parties.hop_coordinator)
    assert client_for(parties.ho).get(reverse("open_visit", args=[visit.pk])).status_code == 404
    assert client_for(parties.ho).get(reverse("visit_join_requests", args=[visit.pk])).status_code == 404


def test_the_list_asks_the_same_number_of_questions(parties: Parties) -> None:
    open_visits.published_visitor(parties)

    def add(number: int) -> None:
        for _ in range(number if number == 1 else 3):
            another_host(parties)

    assert assert_constant_queries(client_for(parties.vo), reverse("open_visits"), add) <= 20


def test_so_does_who_asks_and_the_to_do_page(parties: Parties) -> None:
    guests = [open_visits.another_published_visitor(parties) for _ in range(6)]
    visit = open_visits.open_visit(parties, places=1)
    client, numbers = client_for(parties.hop_coordinator), []
    pages = (reverse("visit_join_requests", args=[visit.pk]), reverse("todo"), reverse("open_visit", args=[visit.pk]))
    _asks_and_waits(visit, parties, guests[:1], guests[1:2])
    numbers.append([count_queries(client, address) for address in pages])
    _asks_and_waits(visit, parties, guests[2:4], guests[4:])
    _asks_and_waits(
        open_visits.open_visit(parties, visit.host_profile, "virtual", places=1), parties, guests[:1], guests[1:2]
    )
    numbers.append([count_queries(client, address) for address in pages])
    # The second visit brings another kind of thing to the to-do page, which is looked up once.
    assert [many - one for one, many in zip(*numbers, strict=True)] in ([0, 0, 0], [0, 1, 0])
    assert [item.name for item in items_for(parties.hop_coordinator)].count("offer_place") == 2


Guests = list[tuple[Profile, Actor]]


def _asks_and_waits(visit: Visit, parties: Parties, asking: Guests, waiting: Guests) -> None:
    """Some ask, and some come while it is full; then there are places for all."""
    for profile, owner in asking:
        open_visits.proposed_on(visit, profile, owner)
    visit = Visit.objects.get(pk=visit.pk)
    perform(visit, "change_dates", by=parties.hop_coordinator, fields={"places": 1})
    for profile, owner in waiting:
        open_visits.waiting_on(visit, profile, owner)
    perform(visit, "change_dates", by=parties.hop_coordinator, fields={"places": 9})


ROLES = {
    "open_visits": {"vo": 200, "ho": 200, "vop": 200, "hop": 200, "so": 200, "observer": 200},
    "open_visit": {"vo": 200, "ho": 200, "vop": 200, "hop": 200, "so": 200, "observer": 200},
    "visit_ask": {"vo": 200, "ho": 403, "vop": 200, "hop": 403, "so": 200, "observer": 403},
    "visit_publish": {"vo": 403, "ho": 200, "vop": 403, "hop": 200, "so": 200, "observer": 403},
    "visit_opening": {"vo": 404, "ho": 200, "vop": 404, "hop": 200, "so": 200, "observer": 403},
    "visit_join_requests": {"vo": 404, "ho": 200, "vop": 404, "hop": 200, "so": 200, "observer": 200},
    "visit_offer": {"vo": 403, "ho": 403, "vop": 403, "hop": 200, "so": 200, "observer": 403},
}
LESSER = {
    "vo reader": {"open_visits": 200, "open_visit": 200},
    "ho reader": {"open_visits": 200, "open_visit": 200, "visit_join_requests": 200},
    "other vo": {"visit_publish": 403, "open_visits": 200},
    "other vop": {"open_visits": 200, "open_visit": 200, "visit_ask": 403, "visit_publish": 403},
    "stranger": {"visit_publish": 403},
}


def test_every_page_asked_for_by_every_role(parties: Parties, who: dict[str, Actor]) -> None:
    visit, _match = open_visits.full_visit(parties)
    submission = open_visits.waiting_on(visit, open_visits.published_visitor(parties), parties.vo)
    keys: dict[str, list[int]] = {"open_visits": [], "visit_publish": [], "visit_offer": [submission.pk]}
    addresses = {name: reverse(name, args=keys.get(name, [visit.pk])) for name in ROLES}
    for role in ROLES["open_visits"]:
        assert {name: client_for(who[role]).get(at).status_code for name, at in addresses.items()} == {
            name: wanted[role] for name, wanted in ROLES.items()
        }, role
    for role, wanted in LESSER.items():
        client = client_for(who[role])
        got = {name: client.get(at).status_code for name, at in addresses.items()}
        assert got == dict.fromkeys(ROLES, 403 if role.endswith("reader") else 404) | _reader(role) | wanted, role
    assert {Client().get(at).status_code for at in addresses.values()} == {302}


def _reader(role: str) -> dict[str, int]:
    """What is somebody else's is not found; the reader of the visitor has no side of the visit."""
    return dict.fromkeys(("visit_opening", "visit_join_requests"), 404) if role == "vo reader" else {}


def test_a_host_that_is_not_for_me_stands_below_with_that_reason(parties: Parties) -> None:
    profile, visit = open_visits.published_visitor(parties), open_visits.open_visit(parties)
    HiddenProfile.objects.create(profile=profile, other=visit.host_profile)
    assert [(pk, "not for me" in why) for pk, why in listed(parties.vo)] == [(visit.pk, True)]
    assert "Ask to join" not in page(parties.vo, "open_visit", visit.pk)
